"""Which stage runs, sees and keeps what; on the scripted sandbox, without an engine."""

from __future__ import annotations

import inspect
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.collect import Ground, Rival, collect
from harness.collect.commands import argv_of
from harness.collect.restarts import part_of
from harness.collect.webhook import receiver_port
from harness.errors import InfraError, SubmissionError
from harness.journal import Journal
from harness.model import (
    AS_GOOD,
    BREAKAGES,
    MONITOR_STAGES,
    PERMUTED_STAGES,
    AnswerKey,
    Assignment,
    Commands,
    DatasetRef,
    Ended,
    Evidence,
    ExtraStage,
    Mount,
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
        seen[-1] += (trial.argv[trial.argv.index("--parts-s") + 1],)
    assert seen == [("0", "0", "0"), ("45", "90", "40")]


def broken(*names: str, tests_may_read: bool = False) -> Scripted:
    """What our tool leaves: a table for each of these."""
    report = {"tests_may_read": tests_may_read, "variants": []}
    files = {f"variants/{name}/customers.csv": b"id\n" for name in names}
    return Scripted(files={"broken.json": json.dumps(report).encode(), **files})


TAKEN = WELL | {f"{does}-{name}": Scripted() for does in ("train", "test") for name in (*BREAKAGES, *AS_GOOD)}
REFUSED = Scripted(Ended.FAILED, 1, tail="KeyError: 'tenure'")


def test_training_is_tried_on_broken_tables_and_does_not_learn_that_they_are(
    ground: Ground, tmp_path: Path
) -> None:
    made = broken("missing-column", "empty-table", "as-good")
    sandbox = FakeSandbox(TAKEN | {"broken": made, "train-missing-column": REFUSED})
    evidence = run(asking(ground, ExtraStage.BROKEN), sandbox, tmp_path)
    usual, tried = stage(sandbox, "train"), stage(sandbox, "train-missing-column")
    table = tmp_path / "run/evidence/broken/variants/missing-column/customers.csv"
    assert tried.mounts == (*usual.mounts, Mount(source=table, target="/data/customers.csv"))
    assert tried.argv[0] == "timeout"
    assert tried.argv[4:] == usual.argv
    assert (tried.env, tried.keep) == (usual.env, ())
    assert stage(sandbox, "train-as-good").argv == usual.argv
    assert evidence.result("train-missing-column").went_well
    assert evidence.result("train-empty-table").told == "took broken data"
    assert not [name for name in sandbox.names if name.startswith("test-") and "column" in name]


def test_who_refuses_nothing_is_not_asked_for_what_is_as_good(ground: Ground, tmp_path: Path) -> None:
    sandbox = FakeSandbox(TAKEN | {"broken": broken("missing-column", "as-good", "as-good-too")})
    evidence = run(asking(ground, ExtraStage.BROKEN), sandbox, tmp_path)
    assert "train-as-good" not in evidence.stages


def test_one_column_more_may_be_refused_and_then_it_is_left_out(ground: Ground, tmp_path: Path) -> None:
    refuses = {f"train-{name}": REFUSED for name in ("missing-column", "as-good")}
    made = broken("missing-column", "as-good", "as-good-too")
    evidence = run(
        asking(ground, ExtraStage.BROKEN), FakeSandbox(TAKEN | {"broken": made} | refuses), tmp_path
    )
    assert evidence.result("train-as-good").ended is Ended.FAILED
    assert evidence.result("train-as-good-too").ended is Ended.FINISHED


def test_tests_that_may_read_the_data_are_tried_on_what_training_took(ground: Ground, tmp_path: Path) -> None:
    made = broken("missing-column", "empty-table", "empty-column", "as-good", tests_may_read=True)
    scripts = TAKEN | {"broken": made, "train-missing-column": REFUSED, "test-empty-table": REFUSED}
    sandbox = FakeSandbox(scripts)
    run(asking(ground, ExtraStage.BROKEN), sandbox, tmp_path)
    tried = [
        name for name in sandbox.names if name.startswith("test-") and name[5:] in (*BREAKAGES, *AS_GOOD)
    ]
    assert tried == ["test-empty-table", "test-empty-column", "test-as-good"]


def test_tests_that_stay_green_on_an_empty_table_do_not_read_it(ground: Ground, tmp_path: Path) -> None:
    made = broken("missing-column", "empty-table", "as-good", tests_may_read=True)
    sandbox = FakeSandbox(TAKEN | {"broken": made})
    run(asking(ground, ExtraStage.BROKEN), sandbox, tmp_path)
    assert "test-empty-table" in sandbox.names
    assert "test-missing-column" not in sandbox.names


def test_nothing_is_shown_by_broken_tables_where_training_fails_anyway(
    ground: Ground, tmp_path: Path
) -> None:
    sandbox = FakeSandbox(TAKEN | {"broken": broken("missing-column"), "train": Scripted(ended=Ended.FAILED)})
    evidence = run(asking(ground, ExtraStage.BROKEN), sandbox, tmp_path)
    assert evidence.result("broken").ended is Ended.FINISHED
    assert "train-missing-column" not in evidence.stages


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


REPORTED = Scripted(files={"model/metrics.json": b"{}", "model/m.bin": b"w", "work/notes.txt": b"x"})


def dealing(ground: Ground) -> Ground:
    """An edition that says how its outcomes are dealt to other rows."""
    (ground.public.data / "rows.csv").write_text(
        "id,x,y\n" + "".join(f"r{n},{n},{n % 2}\n" for n in range(40))
    )
    plan = {"table": "rows.csv", "id": "id", "moves": {"y": ""}}
    folder = ground.public.inputs / "permuted"
    folder.mkdir()
    (folder / "plan.json").write_text(json.dumps(plan))
    return asking(ground, ExtraStage.PERMUTED)


def test_every_training_on_dealt_outcomes_is_a_container_of_its_own_and_leaves_only_its_report(
    ground: Ground, tmp_path: Path
) -> None:
    sandbox = FakeSandbox(WELL | dict.fromkeys(PERMUTED_STAGES, REPORTED))
    evidence = run(dealing(ground), sandbox, tmp_path)
    sources = set()
    for name in PERMUTED_STAGES:
        assert evidence.result(name).files == ("model/metrics.json",)
        sources.add({m.target: m.source for m in stage(sandbox, name).mounts}["/data"])
    assert len(sources) == len(PERMUTED_STAGES)
    assert ground.public.data not in sources
    assert not any(source.exists() for source in sources)


def test_an_edition_that_deals_nothing_trains_on_nothing_dealt(ground: Ground, tmp_path: Path) -> None:
    sandbox = FakeSandbox(WELL)
    run(asking(ground, ExtraStage.PERMUTED), sandbox, tmp_path)
    assert not set(PERMUTED_STAGES) & set(sandbox.names)


def test_after_two_trainings_that_fail_no_other_is_tried(ground: Ground, tmp_path: Path) -> None:
    sandbox = FakeSandbox(WELL | dict.fromkeys(PERMUTED_STAGES, Scripted(ended=Ended.FAILED)))
    run(dealing(ground), sandbox, tmp_path)
    assert [name for name in sandbox.names if name in PERMUTED_STAGES] == ["permuted-1", "permuted-2"]


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


# ----------------------------------------------------------------- a service, in turns and with another model

PLAN = {"rows": [{"id": f"R{n}"} for n in range(44)]}
ASKED = {"id": "R0", "prediction": 0.5, "status": 200, "seconds": 0.01, "fault": "", "said": ""}
TURNED = {"version": 1, "alone": [ASKED], "together": [ASKED], "together_s": 0.1, "answered_at": 1002.0}
AGAIN = {"version": 1, "port": 8080, "stated": {"places": {}, "restless": []}, "one": [ASKED]}


def scripted(**changes: Any) -> dict[str, Any]:
    """A service that does well; probers write what they are asked to keep."""
    said = {"probe.json": json.dumps({"one": [ASKED]}).encode(), "load.json": json.dumps(TURNED).encode()}
    said |= {"restarted.json": json.dumps(AGAIN).encode(), "webhook.json": b"{}"}
    probers = {"serve": Scripted(files=said), "serve-load": Scripted(files=said)}
    return {**WELL, "build": Scripted(), "train-changed": WELL["train"], **probers, **changes}


def a_service(tmp_path: Path, *extras: ExtraStage) -> Ground:
    ground = asking(standing(tmp_path), *extras)
    (tmp_path / "inputs" / "serve").mkdir()
    (tmp_path / "inputs" / "serve" / "plan.json").write_text(json.dumps(PLAN))
    (tmp_path / "submission" / "Dockerfile").write_text('FROM python:3.11\nCMD ["python", "a.py"]\n')
    rows = "".join(f'R{n},"two\nlines",{n}\n' for n in range(500))
    (tmp_path / "public" / "tickets.csv").write_text("id,text,x\n" + rows)
    (tmp_path / "public" / "small.csv").write_text("id\na\n")
    (tmp_path / "rival" / "model").mkdir(parents=True)
    (tmp_path / "rival" / "model" / "r.bin").write_bytes(b"r")
    return replace(ground, rival=Rival(ground.submission, tmp_path / "rival"), draw=7)


def test_a_service_is_measured_in_turns_where_the_assignment_asks_for_it(tmp_path: Path) -> None:
    sandbox = FakeSandbox(scripted())
    evidence = run(a_service(tmp_path, ExtraStage.LOAD), sandbox, tmp_path)
    assert evidence.result("serve-load").ended is Ended.FINISHED
    found = json.loads(evidence.file("serve-load", "load.json").read_text())
    order = [[turn["side"] for turn in one["turns"]] for one in found["rounds"]]
    assert order == [
        ["reference", "candidate", "candidate", "reference"] * 2,
        ["candidate", "reference", "reference", "candidate"] * 2,
    ]
    words = [stage.argv[3:] for stage in sandbox.ran if stage.name == "serve-load" and "turn" in stage.argv]
    firsts = [w[w.index("--first") + 1] for w in words]
    assert (
        firsts == [n for n in ("4", "14", "24", "34") for _ in range(2)] * 2
    )  # both are asked the same rows


def test_the_reference_runs_in_everybodys_image_and_sees_nothing_of_theirs(tmp_path: Path) -> None:
    ground = a_service(tmp_path, ExtraStage.LOAD)
    sandbox = FakeSandbox(scripted())
    run(ground, sandbox, tmp_path)
    servers = [stage for stage in sandbox.ran if stage.name == "server"]
    models = [{mount.source for mount in stage.mounts} for stage in servers[1:]]
    assert sum(tmp_path / "rival" / "model" in sources for sources in models) == 2
    assert all(
        (tmp_path / "rival" / "model" in sources) != (tmp_path / "run/evidence/train/model" in sources)
        for sources in models
    )


def test_a_reference_that_fails_is_our_fault(tmp_path: Path) -> None:
    acts = [Scripted(Ended.FAILED, 3)]
    evidence = run(
        a_service(tmp_path, ExtraStage.LOAD), FakeSandbox(scripted(**{"serve-load": acts})), tmp_path
    )
    result = evidence.result("serve-load")
    assert (result.ended, result.writer) == (Ended.FAILED, Trust.TOOLS)
    assert "reference" in result.reason


def test_a_candidate_that_does_not_answer_again_is_a_value(tmp_path: Path) -> None:
    good = scripted()["serve-load"]
    evidence = run(
        a_service(tmp_path, ExtraStage.LOAD),
        FakeSandbox(scripted(**{"serve-load": [good, Scripted(Ended.FAILED, 3)]})),
        tmp_path,
    )
    result = evidence.result("serve-load")
    assert (result.ended, result.writer) == (Ended.FAILED, Trust.CANDIDATE)


def test_a_service_is_started_with_another_model_and_then_elsewhere_with_its_own(tmp_path: Path) -> None:
    sandbox = FakeSandbox(scripted())
    evidence = run(a_service(tmp_path, ExtraStage.VERSIONS), sandbox, tmp_path)
    assert evidence.result("serve-versions").ended is Ended.FINISHED
    first, changed, again = [stage for stage in sandbox.ran if stage.name == "server"]
    assert [str(s.mounts[0].source.parent.name) for s in (first, changed, again)] == [
        "train", "train-changed", "train"
    ]  # fmt: skip
    assert (first.env["PORT"], changed.env["PORT"], again.env["PORT"]) == ("8080", "8080", "8093")
    assert again.env["TAKEHOME_MODEL"] == again.mounts[0].target == "/srv/models/current"
    found = json.loads(evidence.file("serve-versions", "restarts.json").read_text())
    assert found["same_model"] is True  # the script's trainings write the same
    assert found["moved"] is None


def test_a_training_that_fails_on_fewer_rows_is_told_and_the_rest_is_seen(tmp_path: Path) -> None:
    evidence = run(
        a_service(tmp_path, ExtraStage.VERSIONS),
        FakeSandbox(scripted(**{"train-changed": Scripted(Ended.FAILED)})),
        tmp_path,
    )
    found = json.loads(evidence.file("serve-versions", "restarts.json").read_text())
    assert (found["retrained"], found["changed"]) == ("failed", None)
    assert found["again"]["one"]


def test_a_service_is_told_whom_to_tell_in_a_start_of_its_own(tmp_path: Path) -> None:
    sandbox = FakeSandbox(scripted())
    evidence = run(a_service(tmp_path, ExtraStage.WEBHOOK), sandbox, tmp_path)
    result = evidence.result("serve-webhook")
    assert (result.ended, result.files) == (Ended.FINISHED, ("webhook.json",))
    usual, told = [stage for stage in sandbox.ran if stage.name == "server"]
    assert "WEBHOOK_URL" not in usual.env
    url = told.env["WEBHOOK_URL"]
    assert url == f"http://127.0.0.1:{receiver_port(7, 8080)}/told"
    assert {**told.env, "WEBHOOK_URL": ""} == {**usual.env, "WEBHOOK_URL": ""}


def test_the_receiver_never_has_the_services_own_port() -> None:
    assert receiver_port(7, 20_007) != 20_007
    assert all(20_000 <= receiver_port(draw, 8080) <= 30_000 for draw in (0, 9_999, 2**63))


def test_a_prober_of_ours_that_fails_charges_nobody_in_any_of_them(tmp_path: Path) -> None:
    both = (ExtraStage.LOAD, ExtraStage.WEBHOOK, ExtraStage.VERSIONS)
    evidence = run(
        a_service(tmp_path, *both), FakeSandbox(scripted(serve=Scripted(Ended.FAILED, 1))), tmp_path
    )
    for name in ("serve", *both):
        assert evidence.result(name).writer is Trust.TOOLS, name


def test_a_service_that_answered_no_row_is_not_started_again(tmp_path: Path) -> None:
    silent = Scripted(files={"probe.json": json.dumps({"one": [{**ASKED, "prediction": None}]}).encode()})
    both = (ExtraStage.LOAD, ExtraStage.WEBHOOK, ExtraStage.VERSIONS)
    evidence = run(a_service(tmp_path, *both), FakeSandbox(scripted(serve=silent)), tmp_path)
    for name in both:
        result = evidence.result(name)
        assert (result.ended, result.writer) == (Ended.SKIPPED, Trust.CANDIDATE)
        assert "answered no row" in result.reason


def test_a_part_of_the_rows_is_the_largest_table_with_fewer_of_the_same_records(tmp_path: Path) -> None:
    a_service(tmp_path)
    part_of(tmp_path / "public", tmp_path / "part", draw=7)
    part_of(tmp_path / "public", tmp_path / "same", draw=7)
    whole, part = ((tmp_path / name / "tickets.csv").read_text() for name in ("public", "part"))
    assert part == (tmp_path / "same" / "tickets.csv").read_text()
    assert part.startswith("id,text,x\n")
    records = [f"R{record}" for record in part.split("\nR")[1:]]
    assert 350 < len(records) < 450
    assert all(record.rstrip("\n") in whole for record in records)
    assert (tmp_path / "part" / "small.csv").read_text() == "id\na\n"


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
