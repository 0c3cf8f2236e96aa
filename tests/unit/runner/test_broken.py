"""broken.py: tables with one thing wrong, and tables with nothing wrong."""

from __future__ import annotations

import csv
import io
import json
import random
from collections import Counter
from pathlib import Path

import broken
import pytest
import workspace

ROWS = 60


def table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def customers(count: int = ROWS) -> list[list[str]]:
    rows = [[f"C{n:03}", str(n), "", "yes" if n % 3 == 0 else "no"] for n in range(count)]
    return [["id", "tenure", "closed", "churned"], *rows]


def usage() -> list[list[str]]:
    return [["customer_id", "gb"], *[[f"C{n % ROWS:03}", str(n)] for n in range(2 * ROWS)]]


def inputs() -> dict[str, list[list[str]]]:
    rows = [[f"H{n:03}", str(n), ""] for n in range(9)]
    return {"customers.csv": [["id", "tenure", "closed"], *rows], "usage.csv": usage()[:9]}


def made(seed: int, named: tuple[str, ...] = ("tenure", "closed", "gb", "churned")) -> dict[str, object]:
    tables = {"customers.csv": customers(), "usage.csv": usage()}
    found = broken.variants(tables, inputs(), Counter(named), random.Random(seed))
    return {entry["name"]: (entry, changed) for entry, changed in found}


@pytest.mark.parametrize("seed", range(6))
def test_each_table_has_one_thing_wrong(seed):
    seen = made(seed)
    entry, changed = seen["missing-column"]
    (text,) = changed.values()
    assert entry["column"] not in table(text)[0]
    entry, changed = seen["empty-column"]
    (text,) = changed.values()
    at = table(text)[0].index(entry["column"])
    assert {row[at] for row in table(text)[1:]} == {""}
    assert table(seen["empty-table"][1]["customers.csv"]) == customers()[:1]
    assert ("cut-table" in seen) != ("swapped-labels" in seen)


def test_outcomes_are_swapped_and_a_cut_table_ends_within_a_line():
    found = {name: it for seed in range(20) for name, it in made(seed).items()}
    _, changed = found["swapped-labels"]
    swapped = [row[3] for row in table(changed["customers.csv"])[1:]]
    assert swapped == ["no" if row[3] == "yes" else "yes" for row in customers()[1:]]
    text = found["cut-table"][1]["customers.csv"]
    assert 0.2 < len(text) / len(broken.written(customers())) < 0.7
    assert not text.endswith("\n")


def test_keys_outcomes_and_what_is_known_only_afterwards_are_never_the_column():
    """Nor is one that the code does not name: it may well do without."""
    drawn = {it[0]["column"] for seed in range(30) for it in [made(seed)["missing-column"]]}
    assert {"tenure"} <= drawn <= {"tenure", "gb"}
    assert "missing-column" not in made(1, named=("closed", "churned", "id"))


@pytest.mark.parametrize("seed", range(6))
def test_what_is_as_good_has_the_same_rows_under_other_ids(seed):
    seen = made(seed)
    for name, more in (("as-good", 1), ("as-good-too", 0)):
        changed = seen[name][1]
        one, two = table(changed["customers.csv"]), table(changed["usage.csv"])
        assert one[0][:4] == customers()[0]
        assert len(one[0]) == 4 + more
        assert sorted(row[1:4] for row in one[1:]) == sorted(row[1:] for row in customers()[1:])
        assert sorted(row[0] for row in one[1:]) == sorted(row[0] for row in customers()[1:])
        new = {row[1]: row[0] for row in one[1:]}  # by tenure, which says who it was
        assert [row[0] for row in two[1:]] == [new[str(n % ROWS)] for n in range(2 * ROWS)]


def test_main_reads_folders_and_says_whether_the_tests_may_read_the_data(places, tmp_path: Path):
    (places.submission / "train.py").write_text("COLUMNS = ['tenure', 'gb']\n")
    for folder, tables in ((places.data, {"customers.csv": customers()}), (tmp_path / "in", inputs())):
        folder.mkdir(exist_ok=True)
        for name, rows in tables.items():
            (folder / name).write_text(broken.written(rows))
    (places.data / "odd.csv").write_text("a,b\n1\n")
    assert broken.main(["--seed", "3"], places, tmp_path / "in") == 0
    told = json.loads((places.output / "broken.json").read_text())
    assert told["tests_may_read"] is False
    assert {"missing-column", "empty-table", "empty-column", "as-good"} <= {
        v["name"] for v in told["variants"]
    }
    for variant in told["variants"]:
        folder = places.output / "variants" / variant["name"]
        assert sorted(path.name for path in folder.iterdir()) == variant["files"] == ["customers.csv"]


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("open('/data/customers.csv')", True),
        ("open(os.environ['TAKEHOME_DATA'])", True),
        ("Path('data') / 'customers.csv'", True),
        ("open('data/customers.csv')", True),
        ("make({'tenure': ['1']})", False),
    ],
)
def test_a_suite_that_may_read_the_data_says_so_by_a_string(places, text, reads):
    (places.submission / "test_a.py").write_text(f"def test_a():\n    {text}\n")
    assert broken.tests_may_read(broken.syntax.sources(places.submission)) is reads


def test_other_words_and_empty_folders_are_no_accident(places, tmp_path: Path):
    assert broken.main(["--seed"], places, tmp_path) == 2
    assert broken.main(["--seed", "1"], workspace.Places(**vars(places)), tmp_path) == 0
    assert json.loads((places.output / "broken.json").read_text())["variants"] == []
