"""Every grader of the registry passes the kit; the kit itself notices what it is for."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from graders import REGISTRY
from graders.kit.case import good_case, told
from graders.kit.check import KEY_SPOILS, check_blame, check_grader, opened, outcome
from harness.model import Evidence, Grader, NoParams, Score

PREDICTIONS = ("predict/predictions.csv",)
STATIC = ("static/static.json",)
DOCUMENTS = ("static/documents.json",)
PROBE, SERVER = "serve/probe.json", "serve/server.json"
READS = {
    "hidden_score": PREDICTIONS,
    "stressed_score": PREDICTIONS,
    "probes": (*PREDICTIONS, "predict-one/predictions.csv", "predict-shuffled/predictions.csv"),
    "calibration": PREDICTIONS,
    "reproducible": (*PREDICTIONS, "predict-retrained/predictions.csv"),
    "error_analysis": PREDICTIONS,
    "honest_evaluation": (*PREDICTIONS, "train/model/metrics.json"),
    "deid": ("deid/deidentified.csv",),
    "structure": STATIC,
    "defects": STATIC,
    "conventions": STATIC,
    "tests_run": (*STATIC, "test/junit.xml"),
    "mutation": ("test-mutants/trials.jsonl",),
    "data_mistakes": ("test-mutants/trials.jsonl",),
    "kinds_of_tests": ("test-mutants/trials.jsonl",),
    "claims": PREDICTIONS,
    "form": DOCUMENTS,
    "model_card": DOCUMENTS,
    "issues_named": DOCUMENTS,
    "readme_runs": ("static/howto.json", "readme/readme.json"),
    "service_up": (PROBE, SERVER),
    "skew": (*PREDICTIONS, PROBE),
    "bad_input": (PROBE,),
    "image_hygiene": ("build/image.json",),
    "stops_well": (PROBE, SERVER),
    "speed": (*PREDICTIONS, PROBE, "serve-load/load.json"),
    "observability": (PROBE,),
    "versions": (PROBE, "serve-versions/restarts.json"),
    "webhook": (PROBE, "serve-webhook/webhook.json"),
    "ml_smells": STATIC,
    "test_smells": STATIC,
    "repository": STATIC,
    "monitor": tuple(f"monitor-{n}/monitor.json" for n in range(1, 7)),
    "dependencies": (*STATIC, "environment/environment.json"),
}


@pytest.mark.parametrize("name", REGISTRY)
def test_every_grader_keeps_its_contract_on_spoilt_answers(name, tmp_path):
    grader = REGISTRY[name]
    check_grader(grader, good_case(tmp_path, told(grader)), tmp_path / "spoilt", reads=READS[name])


@pytest.mark.parametrize("name", REGISTRY)
def test_no_grader_blames_the_candidate_for_a_damaged_answer_key(name, tmp_path):
    grader = REGISTRY[name]
    check_blame(grader, good_case(tmp_path, told(grader)), tmp_path)


@pytest.mark.parametrize("name", REGISTRY)
def test_a_right_answer_earns_at_least_what_the_reference_does(name, tmp_path):
    grader = REGISTRY[name]
    score = outcome(grader, good_case(tmp_path, told(grader)))
    assert score.value is not None
    assert score.value >= 0.85
    assert not score.suspicious


def test_every_grader_is_registered_under_its_own_name():
    assert {name: grader.name for name, grader in REGISTRY.items()} == {name: name for name in REGISTRY}


def test_importing_the_registry_loads_no_data_library():
    code = "import sys, graders; print(sorted({'pandas', 'sklearn', 'scipy', 'pyarrow'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_made_up_key_can_be_spoilt_in_every_way(tmp_path):
    right = good_case(tmp_path, NoParams()).key.root
    for how, spoil in KEY_SPOILS.items():
        spoil(shutil.copytree(right, tmp_path / how))


def test_the_kit_finds_out_what_a_grader_reads(tmp_path):
    grader = REGISTRY["probes"]
    case = good_case(tmp_path, told(grader))
    assert set(opened(grader, case)) == set(READS["probes"])


def _grader(grade):
    return Grader(name="mine", needs=("predict",), params=NoParams, grade=grade)


def test_the_kit_catches_full_marks_for_a_spoilt_answer(tmp_path):
    generous = _grader(lambda evidence, key, params: Score.graded(1.0, "always"))
    with pytest.raises(AssertionError, match="full marks"):
        check_grader(generous, good_case(tmp_path, NoParams()), tmp_path / "spoilt", reads=PREDICTIONS)


def test_the_kit_catches_a_grader_that_blames_the_candidate_for_our_key(tmp_path):
    def grade(evidence: Evidence, key, params):
        return (
            Score.graded(1.0, "fine") if (key.root / "rows.parquet").exists() else Score.missing("your file")
        )

    with pytest.raises(AssertionError, match="changed the score"):
        check_blame(_grader(grade), good_case(tmp_path, NoParams()), tmp_path)


def test_the_kit_catches_an_answer_that_changes(tmp_path):
    values = iter(range(1, 100))
    restless = _grader(lambda evidence, key, params: Score.graded(1.0, f"answer {next(values)}"))
    with pytest.raises(AssertionError, match="second time"):
        check_grader(restless, good_case(tmp_path, NoParams()), tmp_path / "spoilt", reads=PREDICTIONS)


def test_the_kit_catches_a_lost_point_without_a_finding(tmp_path):
    silent = _grader(lambda evidence, key, params: Score.graded(0.5, "half"))
    with pytest.raises(AssertionError, match="no finding"):
        check_grader(silent, good_case(tmp_path, NoParams()), tmp_path / "spoilt", reads=PREDICTIONS)


def test_the_kit_catches_a_grader_that_edits_the_evidence(tmp_path):
    def grade(evidence: Evidence, key, params):
        (evidence.root / "note.txt").write_text("was here")
        return Score.graded(1.0, "fine")

    with pytest.raises(AssertionError, match="was changed"):
        check_grader(_grader(grade), good_case(tmp_path, NoParams()), tmp_path / "spoilt", reads=PREDICTIONS)
