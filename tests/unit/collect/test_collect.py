"""Which stage runs, sees and keeps what; on the scripted sandbox, without an engine."""

from __future__ import annotations

import inspect
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.collect import Ground, collect
from harness.collect.commands import argv_of
from harness.errors import InfraError, SubmissionError
from harness.journal import Journal
from harness.model import (
    MONITOR_STAGES,
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
    Trust,
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
    "mutants": Scripted(files={"mutants.json": b"[]", "sources/sources.json": b"[]"}),
    "test-mutants": Scripted(files={"trials.jsonl": b""}),
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


def test_a_monitor_sees_one_batch_at_a_time_beside_the_same_reference(tmp_path: Path) -> None:
    command = "python monitor.py --reference {reference} --current {current} --output {output}"
    ground = asking(
        standing(tmp_path, commands=FULL.model_copy(update={"monitor": command})), ExtraStage.MONITOR
    )
    for name in ("reference", *"123456"):
        (tmp_path / "inputs/monitor" / name).mkdir(parents=True)
    kept = Scripted(files={"monitor.json": b"{}", "notes.txt": b"no"})
    sandbox = FakeSandbox(
        {**WELL, "train": Scripted(ended=Ended.FAILED), **dict.fromkeys(MONITOR_STAGES, kept)}
    )
    evidence = run(ground, sandbox, tmp_path)
    for number, name in enumerate(MONITOR_STAGES, 1):
        assert evidence.result(name).files == ("monitor.json",)  # a failed training does not stop it
        mounts = {m.target: m.source for m in stage(sandbox, name).mounts}
        assert mounts["/current"] == tmp_path / "inputs/monitor" / str(number)
        assert mounts["/reference"] == tmp_path / "inputs/monitor/reference"
        words = " ".join(stage(sandbox, name).argv)
        assert "--reference /reference --current /current --output /output/monitor.json" in words


def test_who_declares_no_monitor_is_told_so_and_a_self_check_without_batches_runs_none(
    tmp_path: Path,
) -> None:
    ground = asking(standing(tmp_path), ExtraStage.MONITOR)
    assert "monitor-1" not in run(ground, FakeSandbox(WELL), tmp_path).stages
    (tmp_path / "inputs/monitor").mkdir()
    (tmp_path / "again").mkdir()
    skipped = run(ground, FakeSandbox(WELL), tmp_path / "again").result("monitor-1")
    assert (skipped.ended, "no monitor command" in skipped.reason) == (Ended.SKIPPED, True)


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
        ("test", {"test-sabotaged", "mutants", "test-mutants"}),
        ("sabotage", {"test-sabotaged", "mutants", "test-mutants"}),
        ("mutants", {"test-mutants"}),
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
    seen = []
    for given in (ground, replace(ground, assignment=asked)):
        sandbox = FakeSandbox(WELL)
        into = tmp_path / f"{len(seen)}"
        into.mkdir()
        run(given, sandbox, into)
        drawn, trial = stage(sandbox, "mutants"), stage(sandbox, "test-mutants")
        assert {m.target: m.source for m in trial.mounts}["/mutants"] == into / "run/evidence/mutants/sources"
        seen.append((drawn.argv[-1], trial.argv[trial.argv.index("--budget-s") + 1]))
    assert seen == [("0", "0"), ("45", "30")]


def test_training_again_is_another_container_with_another_hash_seed(ground: Ground, tmp_path: Path) -> None:
    again = {"retrain": WELL["train"], "predict-retrained": PREDICTIONS}
    sandbox = FakeSandbox(WELL | again)
    evidence = run(asking(ground, ExtraStage.RETRAINED), sandbox, tmp_path)
    retrain, predict = stage(sandbox, "retrain"), stage(sandbox, "predict-retrained")
    assert retrain.argv == stage(sandbox, "train").argv
    assert {retrain.env["PYTHONHASHSEED"], predict.env["PYTHONHASHSEED"]} == {"1"}
    models = {m.target: m.source for m in predict.mounts}
    assert models["/model"] == tmp_path / "run/evidence/retrain/model"
    assert evidence.result("predict-retrained").files == ("predictions.csv",)


def test_nothing_is_trained_again_when_it_did_not_predict(ground: Ground, tmp_path: Path) -> None:
    sandbox = FakeSandbox(WELL | {"predict": Scripted(ended=Ended.FAILED)})
    evidence = run(asking(ground, ExtraStage.RETRAINED), sandbox, tmp_path)
    assert "retrain" not in sandbox.names
    assert evidence.result("predict-retrained").ended is Ended.SKIPPED


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


# -------------------------------------------------------------------------------- a service

SERVED = WELL | {"build": Scripted(), "serve": Scripted(files={"probe.json": b"{}"})}
DOCKERFILE = 'FROM python:3.11-slim\nWORKDIR /app\nEXPOSE 9000\nCMD ["python", "serve.py"]\n'


def serving(tmp_path: Path, dockerfile: str = DOCKERFILE, **rest: Any) -> Ground:
    ground = standing(tmp_path, **rest)
    (tmp_path / "inputs" / "serve").mkdir()
    if dockerfile:
        (ground.submission.root / "Dockerfile").write_text(dockerfile)
    return ground


def test_an_assignment_that_asks_for_no_service_starts_none(ground: Ground, tmp_path: Path) -> None:
    (ground.submission.root / "Dockerfile").write_text(DOCKERFILE)
    assert "serve" not in run(ground, FakeSandbox(SERVED), tmp_path).stages


def test_a_server_sees_the_trained_model_and_neither_data_nor_requests(tmp_path: Path) -> None:
    sandbox = FakeSandbox(SERVED)
    evidence = run(serving(tmp_path), sandbox, tmp_path)
    server, prober = stage(sandbox, "server"), stage(sandbox, "serve")
    assert {m.target: m.source for m in server.mounts} == {"/model": tmp_path / "run/evidence/train/model"}
    assert server.argv == ("python", "serve.py")
    assert (server.env["PORT"], server.env["TAKEHOME_MODEL"]) == ("9000", "/model")
    assert [m.target for m in prober.mounts] == ["/plan"]
    assert (prober.trust, prober.argv[3:5]) == (Trust.TOOLS, ("--port", "9000"))
    assert server.limits.timeout_s > prober.limits.timeout_s + 10
    result = evidence.result("serve")
    assert (result.ended, result.files) == (Ended.FINISHED, ("probe.json", "server.json"))
    facts = json.loads(evidence.file("serve", "server.json").read_text())
    assert (facts["healthy"], facts["ended"], facts["port"]) == (True, "finished", 9000)


def test_a_server_is_started_after_training_and_its_image_is_built_once(tmp_path: Path) -> None:
    sandbox = FakeSandbox(SERVED)
    run(serving(tmp_path), sandbox, tmp_path)
    assert sandbox.names.index("train") < sandbox.names.index("server") < sandbox.names.index("serve")
    assert sandbox.names.count("build") == 1


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"dockerfile": ""}, "no Dockerfile was sent"),
        ({"track": Track.NOTEBOOK}, "a notebook is no service"),
        ({"commands": FULL.model_copy(update={"train": ""})}, "train did not finish: no train command"),
    ],
)
def test_what_cannot_be_served_is_skipped_with_the_reason(
    tmp_path: Path, changed: dict[str, Any], reason: str
) -> None:
    result = run(serving(tmp_path, **changed), FakeSandbox(SERVED), tmp_path).result("serve")
    assert result.ended is Ended.SKIPPED
    assert reason in result.reason


def test_an_image_that_cannot_be_built_is_not_served(tmp_path: Path) -> None:
    script = SERVED | {"build": Scripted(ended=Ended.FAILED)}
    result = run(serving(tmp_path), FakeSandbox(script), tmp_path).result("serve")
    assert (result.ended, "build did not finish" in result.reason) == (Ended.SKIPPED, True)


@pytest.mark.parametrize(
    ("changed", "ended", "writer"),
    [
        ({"server": Scripted(Ended.FAILED, 1)}, Ended.FAILED, Trust.CANDIDATE),
        ({"server": Scripted(Ended.OUT_OF_MEMORY)}, Ended.OUT_OF_MEMORY, Trust.CANDIDATE),
        ({"serve": Scripted(Ended.FAILED, 3)}, Ended.TIMEOUT, Trust.CANDIDATE),
        (
            {"serve": Scripted(Ended.FAILED, 3), "server": Scripted(Ended.FAILED, 1)},
            Ended.FAILED,
            Trust.CANDIDATE,
        ),
        ({"serve": Scripted(Ended.FAILED, 1)}, Ended.FAILED, Trust.TOOLS),
        ({"serve": Scripted(Ended.TIMEOUT)}, Ended.TIMEOUT, Trust.TOOLS),
    ],
)
def test_a_server_that_fails_is_theirs_and_a_prober_that_fails_is_ours(
    tmp_path: Path, changed: dict[str, Scripted], ended: Ended, writer: Trust
) -> None:
    result = run(serving(tmp_path), FakeSandbox(SERVED | changed), tmp_path).result("serve")
    assert (result.ended, result.writer) == (ended, writer)


def test_a_collection_killed_while_serving_builds_the_image_again(tmp_path: Path) -> None:
    ground = serving(tmp_path)
    with pytest.raises(InfraError):
        run(ground, FakeSandbox(SERVED | {"serve": InfraError("killed here")}), tmp_path)
    again = FakeSandbox(SERVED)
    evidence = run(ground, again, tmp_path)
    assert again.names.count("build") == 1
    assert "train" not in again.names
    assert evidence.result("serve").ended is Ended.FINISHED
    third = FakeSandbox(SERVED)
    run(ground, third, tmp_path)
    assert third.names == []


def test_what_the_image_is_stands_in_the_evidence_with_lines_to_point_at(tmp_path: Path) -> None:
    evidence = run(serving(tmp_path), FakeSandbox(SERVED), tmp_path)
    facts = json.loads(evidence.file("build", "image.json").read_text())
    assert (facts["file"], facts["runs_as_root"], facts["ports"]) == ("Dockerfile", True, ["9000/tcp"])
    assert facts["lines"] == {"FROM": 1, "WORKDIR": 2, "EXPOSE": 3, "CMD": 4}


TOLD = {"line": 3, "text": "python train.py", "run": "python train.py", "parts": [], "kind": "run"}


def reading(*commands: dict[str, Any]) -> dict[str, Any]:
    plan = json.dumps({"path": "README.md", "commands": list(commands)}).encode()
    return WELL | {"static": Scripted(files={"static.json": b"{}", "howto.json": plan})}


def test_a_readme_is_followed_where_the_assignment_asks_and_compared_with_the_declared_command(
    ground: Ground, tmp_path: Path
) -> None:
    (ground.public.data / "validation").mkdir()
    followed = Scripted(files={"readme.json": b"{}", "predictions/1.csv": b"id,prediction\n", "other": b"no"})
    sandbox = FakeSandbox(reading(TOLD) | {"readme": followed, "predict-public": PREDICTIONS})
    evidence = run(asking(ground, ExtraStage.README), sandbox, tmp_path)
    readme, public = stage(sandbox, "readme"), stage(sandbox, "predict-public")
    assert evidence.result("readme").files == ("predictions/1.csv", "readme.json")
    assert "/model" not in {m.target for m in readme.mounts}
    settings = json.loads(readme.argv[-1])
    assert settings["limits"]["whole"] + 60 == readme.limits.timeout_s
    assert settings["declared"]["test"] == "pytest"
    rows = {m.target: m.source for m in public.mounts}
    assert rows["/input"] == ground.public.data / "validation"
    assert rows["/model"] == tmp_path / "run/evidence/train/model"


def test_a_readme_without_a_command_starts_no_container(ground: Ground, tmp_path: Path) -> None:
    sandbox = FakeSandbox(reading(TOLD | {"kind": "setup"}))
    evidence = run(asking(ground, ExtraStage.README), sandbox, tmp_path)
    assert evidence.result("readme").ended is Ended.SKIPPED
    assert "no command" in evidence.result("readme").reason
    assert "predict-public" not in sandbox.names


def test_a_readme_is_not_followed_where_nobody_asks(ground: Ground, tmp_path: Path) -> None:
    assert "readme" not in run(ground, FakeSandbox(reading(TOLD)), tmp_path).stages


def test_a_reader_that_left_no_plan_is_ours(ground: Ground, tmp_path: Path) -> None:
    with pytest.raises(InfraError, match=r"howto\.json"):
        run(asking(ground, ExtraStage.README), FakeSandbox(WELL), tmp_path)
