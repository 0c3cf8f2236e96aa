"""E1: what a README earns by what comes of following it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from graders.communication.readme_runs import GRADER, ReadmeParams
from graders.kit.case import COMMANDS, Case, came, good_case, howto, planned, write
from harness.errors import InfraError
from harness.model import Ended, Evidence, Serve, Settings, StageResult, Track

TRAIN, PREDICT, TEST = (planned(c["text"], c["line"]) for c in howto()["commands"])
MODEL = ["/work/model/model.joblib"]
PREDICTED = "predictions/1.csv"


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return good_case(tmp_path, ReadmeParams())


def followed(case: Case, *steps: tuple[dict[str, Any], dict[str, Any]], **plan: Any) -> Case:
    """The case with another README, and with what came of each of its commands."""
    root = case.evidence.root
    write(
        root, "static", "howto.json", json.dumps(howto() | {"commands": [told for told, _ in steps]} | plan)
    )
    done = [came(number, **how) for number, (_, how) in enumerate(steps) if how]
    write(root, "readme", "readme.json", json.dumps({"commands": done}))
    return case


def graded(case: Case, **settings: Any):
    evidence = case.evidence
    if settings:
        submission = evidence.submission.model_copy(update=settings)
        evidence = evidence.model_copy(update={"submission": submission})
    return GRADER.grade(evidence, case.key, ReadmeParams())


def ended(case: Case, **stages: Ended) -> Evidence:
    others = {
        name: StageResult(stage=name, ended=how, reason="it did not work") for name, how in stages.items()
    }
    return case.evidence.model_copy(update={"stages": case.evidence.stages | others})


OK_TRAIN = (TRAIN, {"wrote": MODEL})
OK_PREDICT = (PREDICT, {"predictions": PREDICTED, "wrote": ["/work/predictions.csv"]})
OK_TEST = (TEST, {"tests": 6})
FAILS: dict[str, Any] = {"exit": 2, "tail": "No such file or directory: trian.py"}


def test_a_readme_that_does_what_it_says_earns_everything_and_each_command_is_shown(case):
    score = graded(followed(case, OK_TRAIN, OK_PREDICT, OK_TEST))
    assert score.value == 1.0
    assert [f.place.line for f in score.findings] == [5, 6, 7]


def test_one_wrong_path_of_three_costs_its_third_and_says_where(case):
    score = graded(followed(case, (TRAIN, FAILS), OK_PREDICT, OK_TEST))
    assert score.value == pytest.approx(2 / 3, abs=1e-6)
    (lost,) = [f for f in score.findings if f.rule == "readme-command"]
    assert (lost.place.file, lost.place.line) == ("README.md", 5)
    assert "exit code 2: No such file or directory" in lost.what


def test_a_readme_whose_commands_all_fail_earns_nothing(case):
    assert graded(followed(case, (TRAIN, FAILS), (PREDICT, FAILS), (TEST, FAILS))).value == 0.0


@pytest.mark.parametrize(
    "text", ["true", "echo id,prediction > predictions.csv", "cp old.csv predictions.csv"]
)
def test_commands_without_effect_earn_nothing(case, text):
    told = planned(text, kind="aside", parts=[])
    score = graded(followed(case, (told, {"predictions": PREDICTED, "wrote": MODEL}), (told, {})))
    assert score.value == 0.0


def test_code_on_the_command_line_is_not_the_projects(case):
    told = planned("python -c x", parts=[["python", "-c", "x"]])
    assert graded(followed(case, (told, {"predictions": PREDICTED, "wrote": MODEL, "tests": 9}))).value == 0.0


def test_predictions_that_are_not_those_of_the_declared_command_are_not_believed(case):
    rows = (case.evidence.root / "predict-public/predictions.csv").read_text().splitlines()[1:]
    rng = np.random.default_rng(0)
    lines = [
        f"{row.split(',')[0]},{value!r}"
        for row, value in zip(rows, rng.random(len(rows)).tolist(), strict=True)
    ]
    write(case.evidence.root, "readme", PREDICTED, "\n".join(["id,prediction", *lines, ""]))
    score = graded(followed(case, OK_TRAIN, OK_PREDICT, OK_TEST))
    assert score.value == pytest.approx(2 / 3, abs=1e-6)
    assert any("correlate" in f.what for f in score.findings)


def test_an_unseeded_model_that_says_nearly_the_same_loses_nothing(case):
    rows = (case.evidence.root / "predict-public/predictions.csv").read_text().splitlines()[1:]
    rng = np.random.default_rng(0)
    lines = [
        f"{r.split(',')[0]},{min(1, max(0, float(r.split(',')[1]) + rng.normal(0, 0.03)))!r}" for r in rows
    ]
    write(case.evidence.root, "readme", PREDICTED, "\n".join(["id,prediction", *lines, ""]))
    assert graded(followed(case, OK_TRAIN, OK_PREDICT, OK_TEST)).value == 1.0


@pytest.mark.parametrize("stage", ["predict-public", "train", "test"])
def test_what_no_stage_of_ours_confirms_is_not_believed(case, stage):
    followed(case, OK_TRAIN, OK_PREDICT, OK_TEST)
    score = GRADER.grade(ended(case, **{stage: Ended.FAILED}), case.key, ReadmeParams())
    assert score.value < 0.9


@pytest.mark.parametrize(
    ("told", "how"),
    [
        (planned("make test", parts=[["make", "test"]]), {"tests": 3}),
        (planned("uv run pytest -q", parts=[["pytest", "-q"]]), {"tests": 3}),
        (planned("python -m unittest", parts=[["python", "-m", "unittest"]]), {"tests": 3}),
        (planned("tox", parts=[["tox"]], kind="tool", why="tox.ini"), None),
    ],
)
def test_tests_may_be_run_in_any_way(case, told, how):
    assert graded(followed(case, OK_TRAIN, OK_PREDICT, (told, how or {}))).value == 1.0


def test_make_may_do_it_all(case):
    told = planned("make all", parts=[["make", "all"]])
    how = {"wrote": MODEL, "predictions": PREDICTED}
    assert graded(followed(case, (told, how), OK_TEST)).value == 1.0


def test_red_tests_are_half(case):
    score = graded(followed(case, OK_TRAIN, OK_PREDICT, (TEST, {"tests": 6, "failed": 1, "exit": 1})))
    assert score.value == pytest.approx(2.5 / 3, abs=1e-6)


def test_a_submission_without_tests_need_not_say_how_to_run_them(case):
    settings = Settings(commands=COMMANDS.model_copy(update={"test": ""}))
    assert graded(followed(case, OK_TRAIN, OK_PREDICT), settings=settings).value == 1.0


def test_a_command_to_fill_in_is_half(case):
    told = TRAIN | {"holes": ["<data>"]}
    assert graded(followed(case, (told, {"wrote": MODEL}), OK_PREDICT, OK_TEST)).value == pytest.approx(
        2.5 / 3, abs=1e-6
    )


def test_another_command_that_fails_costs_half_a_thing_and_padding_buys_nothing(case):
    plot = planned("python plot.py")
    steps = (OK_TRAIN, OK_PREDICT, OK_TEST)
    assert graded(followed(case, *steps, (plot, FAILS))).value == pytest.approx(3 / 3.5, abs=1e-6)
    assert graded(
        followed(case, *steps, (plot, FAILS), *[(planned("python ok.py"), {})] * 20)
    ).value == pytest.approx(3 / 3.5, abs=1e-6)


def test_a_program_that_our_image_has_not_costs_nothing(case):
    told = planned("dot -Tpng a.dot", parts=[["dot", "-Tpng"]])
    how = {"exit": 127, "tail": "bash: dot: command not found"}
    assert graded(followed(case, OK_TRAIN, OK_PREDICT, OK_TEST, (told, how))).value == 1.0


def test_a_command_in_a_sentence_that_fails_costs_nothing_beside_a_block_that_works(case):
    told = planned("python train.py --help-me", inline=True)
    assert graded(followed(case, OK_TRAIN, OK_PREDICT, OK_TEST, (told, FAILS))).value == 1.0


def test_a_service_is_named_by_its_file_and_port(case):
    docs = json.loads((case.evidence.root / "static/documents.json").read_text())
    write(
        case.evidence.root,
        "static",
        "documents.json",
        json.dumps(docs | {"paths": ["README.md", "Dockerfile"]}),
    )
    service = {"track": Track.SERVICE, "settings": Settings(commands=COMMANDS, serve=Serve())}
    build = planned("docker build -t c .", kind="docker")
    values = []
    for run in ("docker run -p 8080:8080 c", "docker run -p 80:5000 c", "docker push c"):
        steps = (OK_TRAIN, OK_PREDICT, OK_TEST, (build, {}), (planned(run, kind="docker"), {}))
        values.append(graded(followed(case, *steps), **service).measures["serve"])
    assert values == [1.0, 0.5, 0.5]
    server = (planned("python serve.py"), {"ended": "serving", "exit": None, "port": 8080, "health": 200})
    assert graded(followed(case, OK_TRAIN, OK_PREDICT, OK_TEST, server), **service).value == 1.0


@pytest.mark.parametrize(("names", "value"), [(["solution.ipynb"], 1.0), ([], 0.5)])
def test_a_notebook_is_to_be_named_and_to_run(case, names, value):
    notebook = {"track": Track.NOTEBOOK, "settings": Settings(notebook="solution.ipynb")}
    assert graded(followed(case, names=names), **notebook).value == value


def test_a_notebook_run_by_a_command_is_named(case):
    notebook = {"track": Track.NOTEBOOK, "settings": Settings(notebook="work/solution.ipynb")}
    text = "jupyter nbconvert --to notebook --execute work/solution.ipynb"
    assert graded(followed(case, (planned(text, kind="notebook"), {})), **notebook).value == 1.0


def test_without_a_readme_there_is_nothing_to_follow(case):
    score = graded(followed(case, path=""))
    assert (score.value, score.findings[0].place.file) == (0.0, "README.md")


def test_a_stage_that_was_not_asked_for_is_ours(case):
    stages = {name: result for name, result in case.evidence.stages.items() if name != "readme"}
    with pytest.raises(InfraError):
        GRADER.grade(case.evidence.model_copy(update={"stages": stages}), case.key, ReadmeParams())


def test_a_container_that_did_not_end_well_proves_nothing(case):
    followed(case, OK_TRAIN, OK_PREDICT, OK_TEST)
    assert GRADER.grade(ended(case, readme=Ended.FAILED), case.key, ReadmeParams()).value == 0.0
