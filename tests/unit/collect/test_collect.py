"""Which stage runs, sees and keeps what; on the scripted sandbox, without an engine."""

from __future__ import annotations

import inspect
import json
from dataclasses import replace
from pathlib import Path

import pytest

from harness.collect import Ground, collect
from harness.collect.commands import argv_of
from harness.errors import InfraError, SubmissionError
from harness.journal import Journal
from harness.model import (
    AnswerKey,
    Assignment,
    Commands,
    DatasetRef,
    Ended,
    Evidence,
    ExtraStage,
    PublicHalf,
    Settings,
    Stage,
    StageResult,
    Submission,
    Track,
)
from harness.sandbox.fake import FakeSandbox, Scripted

FULL = Commands(
    train="python train.py --data {data} --model {model}",
    predict="python predict.py --input {input} --output {output} --model {model}",
    test="pytest",
)
PREDICTIONS = Scripted(files={"predictions.csv": b"id,prediction\na,0.5\n"})
WELL = {
    "train": Scripted(files={"model/m.bin": b"weights", "work/cache/x": b"1", "elsewhere": b"no"}),
    "predict": PREDICTIONS,
    "predict-one": PREDICTIONS,
    "predict-shuffled": PREDICTIONS,
    "static": Scripted(files={"static.json": b"{}"}),
    "sabotage": Scripted(files={"tree/a.py": b"raise"}),
    "test": Scripted(files={"junit.xml": b"<testsuites/>"}),
    "test-sabotaged": Scripted(ended=Ended.FAILED),
}


class Heard:
    def __init__(self) -> None:
        self.results: list[StageResult] = []

    def started(self, stage: str) -> None:
        pass

    def ended(self, result: StageResult) -> None:
        self.results.append(result)


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    return standing(tmp_path)


def standing(tmp_path: Path, *, track: Track = Track.REPO, commands: Commands = FULL) -> Ground:
    for name in ("submission", "public", "inputs/all", "inputs/one", "inputs/shuffled"):
        (tmp_path / name).mkdir(parents=True)
    submission = Submission(
        root=tmp_path / "submission",
        digest="0" * 64,
        track=track,
        settings=Settings(commands=commands, notebook="s.ipynb" if track is Track.NOTEBOOK else ""),
        files=1,
        size_bytes=1,
    )
    assignment = Assignment(
        slug="tiny", title="t", version=1, tracks=tuple(Track), dataset=DatasetRef(name="tiny", seed=1),
        anchors={}, rubric=(),
    )  # fmt: skip
    return Ground(submission, PublicHalf(tmp_path / "public", tmp_path / "inputs"), assignment)


def run(ground: Ground, sandbox: FakeSandbox, tmp_path: Path) -> Evidence:
    work = tmp_path / "run"
    work.mkdir(exist_ok=True)
    return collect(
        ground, sandbox, into=work / "evidence", watcher=Heard(), journal=Journal(work / "journal.jsonl")
    )


def test_collect_cannot_be_given_an_answer_key() -> None:
    """R2 by type: neither collect nor anything it takes has room for one."""
    annotations = [*inspect.get_annotations(collect).values(), *inspect.get_annotations(Ground).values()]
    assert not any(AnswerKey.__name__ in str(annotation) for annotation in annotations)


def test_a_good_repository_runs_every_stage_once(ground: Ground, tmp_path: Path) -> None:
    sandbox = FakeSandbox(WELL)
    evidence = run(ground, sandbox, tmp_path)
    assert sorted(sandbox.names) == sorted(WELL)
    assert evidence.result("test-sabotaged").ended is Ended.FAILED
    assert Evidence.read(tmp_path / "run").stages == evidence.stages


def asking(ground: Ground, *extras: ExtraStage) -> Ground:
    return replace(ground, assignment=ground.assignment.model_copy(update={"stages": extras}))


def test_notes_are_deidentified_where_the_assignment_asks_for_it(tmp_path: Path) -> None:
    commands = FULL.model_copy(update={"deid": "python deid.py --input {input} --output {output}"})
    ground = asking(standing(tmp_path, commands=commands), ExtraStage.DEID)
    kept = Scripted(files={"deidentified.csv": b"note_id,text\n", "copy-of-the-input.csv": b"no"})
    sandbox = FakeSandbox({**WELL, "train": Scripted(ended=Ended.FAILED), "deid": kept})
    evidence = run(ground, sandbox, tmp_path)
    assert evidence.result("deid").files == ("deidentified.csv",)  # a failed training does not stop it
    words = " ".join(stage(sandbox, "deid").argv)
    assert "--input /input --output /output/deidentified.csv" in words
    assert {m.target: m.source for m in stage(sandbox, "deid").mounts}["/input"] == tmp_path / "inputs/all"


def test_who_declares_no_deid_command_is_told_so(tmp_path: Path) -> None:
    evidence = run(asking(standing(tmp_path), ExtraStage.DEID), FakeSandbox(WELL), tmp_path)
    assert evidence.result("deid").ended is Ended.SKIPPED
    assert "no deid command was found" in evidence.result("deid").reason


def test_only_what_a_stage_may_keep_leaves_it(ground: Ground, tmp_path: Path) -> None:
    evidence = run(ground, FakeSandbox(WELL), tmp_path)
    assert evidence.result("train").files == ("model/m.bin", "work/cache/x")


def test_prediction_sees_the_model_that_was_trained_here_and_unlabelled_rows_only(
    ground: Ground, tmp_path: Path
) -> None:
    sandbox = FakeSandbox(WELL)
    run(ground, sandbox, tmp_path)
    predict = {mount.target: mount.source for mount in stage(sandbox, "predict").mounts}
    assert predict["/model"] == tmp_path / "run/evidence/train/model"
    assert predict["/kept"] == tmp_path / "run/evidence/train/work"
    assert predict["/input"] == tmp_path / "inputs/all"
    assert set(predict) == {"/submission", "/data", "/input", "/model", "/kept"}
    assert "/input" not in {mount.target for mount in stage(sandbox, "train").mounts}


def test_the_suite_is_run_again_on_the_sabotaged_tree(ground: Ground, tmp_path: Path) -> None:
    sandbox = FakeSandbox(WELL)
    run(ground, sandbox, tmp_path)
    tree = {mount.target: mount.source for mount in stage(sandbox, "test-sabotaged").mounts}["/submission"]
    assert tree == tmp_path / "run/evidence/sabotage/tree"


@pytest.mark.parametrize(
    ("name", "skipped"),
    [
        ("train", {"predict", "predict-one", "predict-shuffled"}),
        ("predict", {"predict-one", "predict-shuffled"}),
        ("test", {"test-sabotaged"}),
        ("sabotage", {"test-sabotaged"}),
        ("static", set()),
    ],
)
def test_what_builds_on_a_failed_stage_is_skipped_with_its_reason(
    tmp_path: Path, ground: Ground, name: str, skipped: set[str]
) -> None:
    evidence = run(ground, FakeSandbox(WELL | {name: Scripted(ended=Ended.FAILED)}), tmp_path)
    found = {n for n, result in evidence.stages.items() if result.ended is Ended.SKIPPED}
    assert found == skipped
    assert all(f"{name} did not finish" in evidence.result(n).reason for n in skipped)


def test_a_missing_command_is_a_skipped_stage_that_says_what_to_declare(tmp_path: Path) -> None:
    evidence = run(standing(tmp_path, commands=Commands()), FakeSandbox(WELL), tmp_path)
    assert evidence.result("train").reason == "no train command was found"
    assert evidence.result("test").reason == "no tests were found"


def test_a_notebook_is_run_for_each_set_of_rows_and_has_no_training_or_tests(tmp_path: Path) -> None:
    sandbox = FakeSandbox(WELL)
    run(standing(tmp_path, track=Track.NOTEBOOK), sandbox, tmp_path)
    assert sorted(sandbox.names) == ["predict", "predict-one", "predict-shuffled", "static"]
    assert "s.ipynb" in stage(sandbox, "predict").argv


def test_a_fault_of_ours_ends_everything_and_is_nobodys_result(ground: Ground, tmp_path: Path) -> None:
    sandbox = FakeSandbox(WELL | {"predict": InfraError("the engine went away")})
    with pytest.raises(InfraError, match="went away"):
        run(ground, sandbox, tmp_path)
    assert sandbox.stopped
    assert not (tmp_path / "run" / "evidence.json").exists()


def test_a_fault_while_training_does_not_leave_the_tests_waiting(ground: Ground, tmp_path: Path) -> None:
    with pytest.raises(InfraError):
        run(ground, FakeSandbox(WELL | {"train": InfraError("gone")}), tmp_path)


def test_mistakes_are_tried_where_the_assignment_asks_and_the_tests_are_green(
    ground: Ground, tmp_path: Path
) -> None:
    asked = ground.assignment.model_copy(update={"stages": (ExtraStage.TRIALS,)})
    mutants = Scripted(files={"mutants.json": b"[]"})
    sandbox = FakeSandbox(WELL | {"mutants": mutants, "test-mutants": Scripted(files={"trials.jsonl": b""})})
    run(replace(ground, assignment=asked), sandbox, tmp_path)
    trial = stage(sandbox, "test-mutants")
    assert {m.target: m.source for m in trial.mounts}["/mutants"] == tmp_path / "run/evidence/mutants"
    assert "mutants" in sandbox.names


def test_mistakes_are_not_tried_on_a_suite_that_is_red_already(ground: Ground, tmp_path: Path) -> None:
    asked = ground.assignment.model_copy(update={"stages": (ExtraStage.TRIALS,)})
    red = FakeSandbox(WELL | {"test": Scripted(ended=Ended.FAILED)})
    evidence = run(replace(ground, assignment=asked), red, tmp_path)
    assert evidence.result("test-mutants").ended is Ended.SKIPPED
    assert "test did not finish" in evidence.result("test-mutants").reason


def test_a_dockerfile_is_built_and_how_that_went_is_evidence(ground: Ground, tmp_path: Path) -> None:
    (ground.submission.root / "Dockerfile").write_text("FROM python:3.11-slim\n")
    evidence = run(ground, FakeSandbox(WELL | {"build": Scripted(Ended.FAILED, 1, tail="no")}), tmp_path)
    built = evidence.result("build")
    assert (built.ended, built.exit_code, built.tail) == (Ended.FAILED, 1, "no")
    assert json.loads(evidence.file("build", "build.json").read_text())["ended"] == "failed"


def test_without_a_dockerfile_nothing_is_built(ground: Ground, tmp_path: Path) -> None:
    assert "build" not in run(ground, FakeSandbox(WELL), tmp_path).stages


def test_a_dockerfile_that_leads_out_of_the_submission_is_none(ground: Ground, tmp_path: Path) -> None:
    (tmp_path / "outside").write_text("FROM python\n")
    (ground.submission.root / "Dockerfile").symlink_to(tmp_path / "outside")
    assert ground.dockerfile == ""


def test_a_project_is_importable_as_if_it_were_installed(tmp_path: Path, ground: Ground) -> None:
    (ground.submission.root / "pyproject.toml").write_text("[project]\nname='churn'\n")
    (ground.submission.root / "src").mkdir()
    assert ground.env(model="/model")["PYTHONPATH"] == "/work/src"


@pytest.mark.parametrize(
    ("command", "argv"),
    [
        ("python a.py --data {data}", ("python", "a.py", "--data", "/data")),
        ("python 'my script.py' {output}", ("python", "my script.py", "/output/predictions.csv")),
        ("python a.py && python b.py", ("sh", "-c", "python a.py && python b.py")),
        ("PYTHONPATH=src python a.py", ("sh", "-c", "PYTHONPATH=src python a.py")),
        ("python -c 'print({1: 2})'", ("python", "-c", "print({1: 2})")),
    ],
)
def test_a_command_becomes_an_argv_and_a_shell_only_where_one_was_meant(
    command: str, argv: tuple[str, ...]
) -> None:
    assert argv_of(command, model="/model") == argv


def test_quotes_that_do_not_close_are_the_candidates_and_said_so() -> None:
    with pytest.raises(SubmissionError, match="cannot be split"):
        argv_of("python 'a.py", model="/model")


def stage(sandbox: FakeSandbox, name: str) -> Stage:
    return next(stage for stage in sandbox.ran if stage.name == name)


def test_the_evidence_file_holds_no_path_of_this_machine(ground: Ground, tmp_path: Path) -> None:
    run(ground, FakeSandbox(WELL), tmp_path)
    text = (tmp_path / "run" / "evidence.json").read_text()
    assert str(tmp_path) not in text
    assert json.loads(text)["submission"]["digest"] == "0" * 64


def test_a_killed_collection_goes_on_at_the_first_unfinished_stage(ground: Ground, tmp_path: Path) -> None:
    whole = run(standing(tmp_path / "other"), FakeSandbox(WELL), tmp_path / "other")
    with pytest.raises(InfraError):
        run(ground, FakeSandbox(WELL | {"predict-one": InfraError("killed here")}), tmp_path)
    again = FakeSandbox(WELL)
    evidence = run(ground, again, tmp_path)
    assert "train" not in again.names
    assert "predict" not in again.names
    assert "predict-one" in again.names
    assert evidence.stages == whole.stages


def test_what_a_killed_stage_left_half_done_is_swept_before_it_runs_again(
    ground: Ground, tmp_path: Path
) -> None:
    half = tmp_path / "run" / "evidence" / "predict"
    half.mkdir(parents=True)
    (half / "predictions.csv").write_text("half")
    (tmp_path / "run" / "journal.jsonl").write_text('{"started": "predict"}\n{"ended": {"stage": "tra')
    evidence = run(ground, FakeSandbox(WELL), tmp_path)
    assert evidence.file("predict", "predictions.csv").read_bytes() == b"id,prediction\na,0.5\n"
