"""smells.py: every rule finds what breaks it, and passes over what only looks like it. Cases are folders.

``smells/RULE/violates-N`` breaks that rule; ``smells/RULE/honest-N`` is a near twin that is right.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest
import static

HERE = Path(__file__).parent / "smells"
RULES = sorted(folder.name for folder in HERE.iterdir())
CASES = sorted(folder.relative_to(HERE).as_posix() for folder in HERE.glob("*/*"))
VIOLATES = [case for case in CASES if "/violates-" in case]
HONEST = [case for case in CASES if "/honest-" in case]
SUBMISSIONS = Path(__file__).parents[3] / "assignments"
# what is true of a careful submission too, and which the grader does not charge: see smell_rules.py
TOLD_ONLY = {"unpinned-pickle", "random-split-of-unique"}


def smells(top: Path) -> list[dict[str, object]]:
    found = static.analyse(top, cognitive=lambda _code: {}, lint=lambda _sources: [])
    assert not [f for f in found["files"] if f["parse_error"]], top
    return list(found["smells"])


@pytest.mark.parametrize("case", VIOLATES)
def test_a_rule_finds_what_breaks_it_with_its_line(case):
    found = [hit for hit in smells(HERE / case) if hit["rule"] == case.partition("/")[0]]
    assert found
    assert all(hit["path"].endswith(".py") and hit["line"] >= 1 and hit["message"] for hit in found)


@pytest.mark.parametrize("case", HONEST)
def test_a_rule_passes_over_its_honest_near_twin(case):
    rule = case.partition("/")[0]
    assert not [hit for hit in smells(HERE / case) if hit["rule"] == rule]


def test_every_rule_has_two_cases_of_each_kind():
    many = Counter(tuple(case.rpartition("-")[0].split("/")) for case in CASES)
    assert not [rule for rule in RULES if min(many[rule, "violates"], many[rule, "honest"]) < 2]
    assert len(RULES) >= 25


@pytest.mark.parametrize("name", ["reference", "careful", "careful-notebook", "unusual-stack", "baseline"])
def test_no_rule_that_costs_fires_on_careful_work(name):
    for top in SUBMISSIONS.glob(f"*/submissions/{name}"):
        assert not [hit for hit in smells(top) if hit["rule"] not in TOLD_ONLY], top


def test_a_notebook_is_named_by_its_cells_which_share_their_names(tmp_path):
    texts = [
        "from sklearn.preprocessing import StandardScaler\nscaler = StandardScaler()",
        "%matplotlib inline\nX = scaler.fit_transform(X)",
        "from sklearn.model_selection import train_test_split\ntrain_test_split(X, random_state=0)",
    ]
    cells = [{"cell_type": "code", "source": text, "outputs": [], "metadata": {}} for text in texts]
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": cells, "nbformat": 4}))
    (hit,) = [h for h in smells(tmp_path) if h["rule"] == "fit-before-split"]
    assert (hit["cell"], hit["line"]) == (2, 2)


def test_comments_and_pragmas_buy_nothing(tmp_path):
    code = (
        "import warnings\nwarnings.filterwarnings('ignore')  # noqa  # type: ignore  # pylint: disable=all\n"
    )
    (tmp_path / "a.py").write_text("# ruff: noqa\n" + code)
    assert [hit["rule"] for hit in smells(tmp_path)] == ["warnings-off"]


def test_what_nothing_calls_is_marked_as_unused(tmp_path):
    code = "import numpy as np\ndef gaps(df):\n    return df[df['a'] == np.nan]\n"
    (tmp_path / "a.py").write_text(code)
    assert [hit["used"] for hit in smells(tmp_path)] == [False]
    (tmp_path / "b.py").write_text("from a import gaps\nprint(gaps(None))\n")
    assert [hit["used"] for hit in smells(tmp_path)] == [True]


def test_tests_and_broken_files_have_no_smells_and_hide_none(tmp_path):
    shutil.copytree(HERE / "warnings-off" / "violates-1", tmp_path, dirs_exist_ok=True)
    (tmp_path / "test_a.py").write_text("import warnings\nwarnings.simplefilter('ignore')\n")
    (tmp_path / "broken.py").write_text("def f(:\n")
    found = static.analyse(tmp_path, cognitive=lambda _code: {}, lint=lambda _sources: [])
    assert [hit["path"] for hit in found["smells"]] == ["train.py"]


def test_an_expression_too_deep_to_read_hides_only_itself(tmp_path):
    deep = "import pandas as pd\nx = pd.concat([a], axis=1)" + ".b(1)" * 150 + "\n"
    code = deep + "y = " + "-" * 700 + "x == 1\nimport warnings\nwarnings.simplefilter('ignore')\n"
    (tmp_path / "a.py").write_text(code)
    assert "warnings-off" in [hit["rule"] for hit in smells(tmp_path)]


def test_a_long_table_of_generated_code_is_passed_over_in_time(tmp_path):
    text = "import pandas as pd\ndf = pd.read_csv('a')\n" + "df = df.fillna(0)\n" * 8_000
    (tmp_path / "a.py").write_text(text)
    assert smells(tmp_path) == []
