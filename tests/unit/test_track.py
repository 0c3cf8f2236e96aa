"""Against a real SQLite and a real MLflow server: a grade is one run or waits; never lost, never two."""

from __future__ import annotations

import contextlib
import http.server
import json
import multiprocessing
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

import pytest

from harness.model import Criterion, Ended, Line, Score, Scorecard, StageResult, Track, points
from harness.track import Outcome, State, deliver, publish
from harness.turn import turn

pytestmark = pytest.mark.slow

PATIENCE_S = 8.0  # the contract is 5 s; a loaded machine gets some slack
SUBMISSION = "5f" * 32
processes = multiprocessing.get_context("fork")


def card(*, total: bool = True, value: float = 0.8, **rest: Any) -> Scorecard:
    leaves = {
        "A1": Score.graded(value, "it ranks well", measures={"auc": 0.83, "gap": -0.01}),
        "C1": Score.missing("no tests were found"),
    }
    if not total:
        leaves["C1"] = Score.ungraded("the grader raised KeyError")
    lines = [
        Line(
            criterion=Criterion(id=leaf, title="a criterion", grader="any", weight=50),
            weight=50.0,
            score=score,
            points=None if score.value is None else points(score.value, 50),
        )
        for leaf, score in leaves.items()
    ]
    facts: dict[str, Any] = {
        "assignment": "telco-churn",
        "assignment_version": 3,
        "submission": SUBMISSION,
        "track": Track.REPO,
        "edition": "telco-churn-7",
        "lines": tuple(lines),
        "total": sum((line.points for line in lines if line.points), Decimal(0)) if total else None,
        "withheld": "" if total else "C1 is ungraded",
        "provenance": {},
    }
    return Scorecard(**(facts | rest))


STAGES = {
    "train": StageResult(
        stage="train", ended=Ended.FINISHED, seconds=12.5, cpu_seconds=11.0, peak_memory_mb=321.0
    ),
    "predict": StageResult(stage="predict", ended=Ended.TIMEOUT, reason="over 300 s", seconds=300.1),
}


def a_run(folder: Path, scorecard: Scorecard | None = None, *, key: str = "k1", **evidence: Any) -> Path:
    """A finished run folder as grading leaves it."""
    (folder / "submission").mkdir(parents=True, exist_ok=True)
    (folder / "submission" / "evil.html").write_text("<script>alert(1)</script>")
    (folder / "scorecard.json").write_text((scorecard or card()).model_dump_json())
    observed = {
        "submission": {"digest": SUBMISSION},
        "stages": {name: stage.model_dump(mode="json") for name, stage in STAGES.items()},
        "sandbox": {"candidate": f"sha256:{'ab' * 32}", "runtime": "runc"},
    }
    (folder / "evidence.json").write_text(json.dumps(observed | evidence))
    (folder / "report.html").write_text("<!doctype html><title>report</title>")
    about = {
        "key": key,
        "complete": "yes",
        "assignment": "telco-churn",
        "dataset": "telco-churn",
        "edition": "telco-churn-7",
        "started": "2026-02-03T10:00:00+00:00",
        "finished": "2026-02-03T10:05:00+00:00",
        "harness": "0.1.0",
    }
    (folder / "run.json").write_text(json.dumps(about))
    return folder


@pytest.fixture(autouse=True)
def _nowhere_else(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    monkeypatch.chdir(tmp_path)  # MLflow likes to leave things where it stands


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that was opened before; making one takes seconds."""
    home = tmp_path_factory.mktemp("made")
    assert publish(a_run(home / "run"), home=home).state is State.DELIVERED
    with contextlib.closing(sqlite3.connect(home / "mlflow.db", isolation_level=None)) as made:
        made.execute("PRAGMA foreign_keys = OFF")
        for table in (
            "runs",
            "metrics",
            "latest_metrics",
            "params",
            "tags",
            "inputs",
            "input_tags",
            "datasets",
        ):
            made.execute(f"DELETE FROM {table}")
        made.execute("DELETE FROM experiments WHERE experiment_id > 0")
    return home / "mlflow.db"


@pytest.fixture
def home(tmp_path: Path, database: Path) -> Path:
    (tmp_path / "home").mkdir()
    shutil.copyfile(database, tmp_path / "home" / "mlflow.db")
    return tmp_path / "home"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, database: Path) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("server")
    shutil.copyfile(database, folder / "server.db")
    port = free_port()
    command = [sys.executable, "-m", "mlflow", "server", "--workers", "1", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--backend-store-uri", f"sqlite:///{folder / 'server.db'}"]
    command += ["--artifacts-destination", str(folder / "artefacts")]
    environment = os.environ | {"MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"}
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen(
            command, stdout=log, stderr=log, env=environment, cwd=folder, start_new_session=True
        )
    try:
        until_it_answers(f"http://127.0.0.1:{port}/health", running, folder / "log")
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def until_it_answers(url: str, running: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and running.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=1):
            return
        time.sleep(0.1)
    raise AssertionError(f"the MLflow server did not start: {log.read_text()[-2000:]}")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def client_of(place: Path | str) -> Any:
    from mlflow import MlflowClient

    return MlflowClient(tracking_uri=place if isinstance(place, str) else f"sqlite:///{place}/mlflow.db")


def runs_of(place: Path | str, key: str | None = None, *, deleted_too: bool = False) -> list[Any]:
    from mlflow.entities import ViewType

    client = client_of(place)
    query = f"tags.`grade.key` = '{key}'" if key else ""
    experiments = [found.experiment_id for found in client.search_experiments()]
    return list(client.search_runs(experiments, query, ViewType.ALL if deleted_too else ViewType.ACTIVE_ONLY))


def in_processes(*jobs: Callable[[], object]) -> list[int | None]:
    """Run the jobs at once, each in a process of its own; their exit codes."""
    started = [processes.Process(target=job) for job in jobs]
    for process in started:
        process.start()
    for process in started:
        process.join(60)
    return [process.exitcode for process in started]


def timed(job: Callable[[], Outcome]) -> tuple[Outcome, float]:
    start = time.monotonic()
    return job(), time.monotonic() - start


# ---------------------------------------------------------------------------------- what is told


def check_the_run_of(card_total: float, run: Any, client: Any) -> None:
    assert run.info.status == "FINISHED"
    assert run.info.run_name == SUBMISSION[:12]
    assert run.info.end_time - run.info.start_time == 300_000
    assert client.get_experiment(run.info.experiment_id).name == "telco-churn"
    assert run.data.metrics == {
        "total": card_total,
        "score.A1": 0.8,
        "points.A1": 40.0,
        "A1.auc": 0.83,
        "A1.gap": -0.01,
        "score.C1": 0.0,
        "points.C1": 0.0,
        "stage.train.seconds": 12.5,
        "stage.train.cpu_seconds": 11.0,
        "stage.train.peak_memory_mb": 321.0,
        "stage.predict.seconds": 300.1,
    }
    assert run.data.params == {
        "assignment": "telco-churn",
        "assignment_version": "3",
        "submission": SUBMISSION,
        "track": "repo",
        "dataset": "telco-churn",
        "edition": "telco-churn-7",
        "harness": "0.1.0",
        "sandbox.candidate": "abababababab",
        "sandbox.runtime": "runc",
    }
    tags = {name: value for name, value in run.data.tags.items() if name.startswith(("grade.", "verdict."))}
    assert len(tags.pop("grade.card")) == 64
    assert tags == {
        "grade.key": "k1",
        "grade.state": "graded",
        "grade.needs_human": "no",
        "verdict.A1": "graded",
        "verdict.C1": "missing",
    }
    [used] = run.inputs.dataset_inputs
    assert (used.dataset.name, used.dataset.digest) == ("telco-churn", "telco-churn-7")
    assert [file.path for file in client.list_artifacts(run.info.run_id)] == ["report.html", "scorecard.json"]


def test_a_grade_is_one_finished_run_with_its_numbers_its_data_and_its_report(
    home: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    outcome = publish(a_run(tmp_path / "run"), home=home)
    assert outcome.state is State.DELIVERED
    assert capfd.readouterr() == ("", "")
    [run] = runs_of(home)
    assert run.info.run_id == outcome.run_id
    check_the_run_of(40.0, run, client_of(home))
    assert (home / "mlartifacts").is_dir()
    assert not list((home / "outbox").glob("*.json"))


def test_a_server_is_told_the_same_once_for_two_publishes(
    home: Path, tmp_path: Path, server: str, capfd: pytest.CaptureFixture[str]
) -> None:
    first = publish(a_run(tmp_path / "run"), home=home, uri=server)
    shutil.rmtree(home / "outbox" / "delivered")  # without the receipt MLflow itself must be asked
    second = publish(a_run(tmp_path / "run"), home=home, uri=server)
    assert capfd.readouterr() == ("", "")
    assert (first.state, second.run_id) == (State.DELIVERED, first.run_id)
    [run] = runs_of(server, "k1", deleted_too=True)
    check_the_run_of(40.0, run, client_of(server))


def test_the_environment_names_the_server(
    home: Path, tmp_path: Path, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLFLOW_TRACKING_URI", server)
    outcome = publish(a_run(tmp_path / "run", key="by-environment"), home=home)
    assert (outcome.state, outcome.uri) == (State.DELIVERED, server)
    assert [run.info.run_id for run in runs_of(server, "by-environment")] == [outcome.run_id]


def test_a_withheld_total_is_absent_and_says_why(home: Path, tmp_path: Path) -> None:
    publish(a_run(tmp_path / "run", card(total=False, needs_human=("look at C1",))), home=home)
    [run] = runs_of(home)
    assert "total" not in run.data.metrics
    assert "score.C1" not in run.data.metrics
    assert run.data.tags["grade.state"] == "withheld"
    assert run.data.tags["grade.withheld"] == "C1 is ungraded"
    assert run.data.tags["grade.needs_human"] == "yes"
    assert run.data.tags["grade.needs_human.why"] == "look at C1"
    assert run.data.tags["verdict.C1"] == "ungraded"


def test_a_regrade_under_the_same_key_takes_the_place_of_the_old_run(home: Path, tmp_path: Path) -> None:
    old = publish(a_run(tmp_path / "run"), home=home)
    new = publish(a_run(tmp_path / "run", card(value=0.5)), home=home)
    assert new.run_id != old.run_id
    [run] = runs_of(home)
    assert (run.info.run_id, run.data.metrics["total"]) == (new.run_id, 25.0)


def test_an_unchanged_grade_is_not_sent_again_and_mlflow_is_not_even_imported(
    home: Path, tmp_path: Path
) -> None:
    run = a_run(tmp_path / "run")
    first = publish(run, home=home)
    code = (
        "import sys; from pathlib import Path; from harness.track import publish;"
        "print(publish(Path(sys.argv[1]), home=Path(sys.argv[2])).run_id, 'mlflow' in sys.modules)"
    )
    said = subprocess.run(
        [sys.executable, "-c", code, run, home], capture_output=True, text=True, check=True, cwd=Path.cwd()
    )
    assert said.stdout.split() == [first.run_id, "False"], said.stderr


def test_hostile_names_and_texts_arrive_clean_and_none_is_lost(home: Path, tmp_path: Path) -> None:
    names = ("../../up", "a//b", "line\nbreak", "line\rbreak", "\x1b[2J", "drop'; --", "é" * 500)
    hostile = card(
        assignment="telco\x1b]0;owned\x07\u202echurn/../..",
        needs_human=(
            "\x1b[31mred\u202e\n::error::" + "x" * 20_000,
            "\ud800".encode("utf-8", "replace").decode(),
        ),
    )
    scores = hostile.lines[0].score.model_copy(update={"measures": dict.fromkeys(names, 1.0)})
    line = hostile.lines[0].model_copy(update={"score": scores})
    hostile = hostile.model_copy(update={"lines": (line, *hostile.lines[1:])})
    stage = STAGES["train"].model_dump(mode="json")
    run = a_run(
        tmp_path / "run",
        hostile,
        key="k' OR 1=1 --/../x",
        stages={"../train\n": stage},
        sandbox={"role\x00": "v" * 30_000},
    )
    assert publish(run, home=home).state is State.DELIVERED
    [found] = runs_of(home)
    assert len([name for name in found.data.metrics if name.startswith("A1.")]) == len(names)
    shown = {**found.data.metrics, **found.data.params, **found.data.tags}
    experiment = client_of(home).get_experiment(found.info.experiment_id)
    texts = [*shown, *(str(value) for value in shown.values()), experiment.name]
    assert all(text.isprintable() and len(text) <= 1000 for text in texts)
    assert experiment.name == "telco ]0;owned churn/../.."
    assert Path(found.info.artifact_uri.removeprefix("file://")).is_relative_to(home / "mlartifacts")


# ------------------------------------------------------------------------ when MLflow is not there


def test_a_server_that_is_down_costs_little_and_the_next_run_delivers_both(
    home: Path, tmp_path: Path, server: str
) -> None:
    nobody = f"http://127.0.0.1:{free_port()}"
    outcome, took_s = timed(lambda: publish(a_run(tmp_path / "one", key="down-1"), home=home, uri=nobody))
    assert took_s < PATIENCE_S
    assert outcome.state is State.WAITING
    assert "refused" in outcome.sentence
    after = publish(a_run(tmp_path / "two", key="down-2"), home=home, uri=server)
    assert after.state is State.DELIVERED
    assert len(runs_of(server, "down-1")) == len(runs_of(server, "down-2")) == 1
    assert not list((home / "outbox").glob("*.json"))


def test_a_server_that_takes_the_call_and_never_answers_costs_little(home: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as black_hole:
        uri = f"http://127.0.0.1:{black_hole.getsockname()[1]}"
        outcome, took_s = timed(lambda: publish(a_run(tmp_path / "run"), home=home, uri=uri))
    assert took_s < PATIENCE_S
    assert (outcome.state, len(list((home / "outbox").glob("*.json")))) == (State.WAITING, 1)
    assert publish(a_run(tmp_path / "run"), home=home).state is State.DELIVERED


class HealthyThenSilent(http.server.BaseHTTPRequestHandler):
    """Answers the health check, then nothing more: a server that hangs behind its front."""

    unanswered: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        if self.path != "/health":
            self.unanswered.append(self.path)
            time.sleep(60)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None: ...


def test_a_server_that_hangs_after_its_health_check_costs_one_request_however_many_wait(
    home: Path, tmp_path: Path
) -> None:
    silent = http.server.ThreadingHTTPServer(("127.0.0.1", 0), HealthyThenSilent)
    threading.Thread(target=silent.serve_forever, daemon=True).start()
    uri = f"http://127.0.0.1:{silent.server_port}"
    publish(a_run(tmp_path / "one", key="one"), home=home, uri=f"http://127.0.0.1:{free_port()}")
    outcome, took_s = timed(lambda: publish(a_run(tmp_path / "two", key="two"), home=home, uri=uri))
    silent.shutdown()
    silent.server_close()
    assert took_s < PATIENCE_S
    assert outcome.state is State.WAITING
    assert len(HealthyThenSilent.unanswered) == 1
    assert len(list((home / "outbox").glob("*.json"))) == 2
    assert {found.state for found in deliver(home).values()} == {State.DELIVERED}


@pytest.mark.parametrize("answer", [503, 404])
def test_what_answers_but_is_no_healthy_mlflow_leaves_the_grade_waiting(
    home: Path, tmp_path: Path, answer: int
) -> None:
    class Other(HealthyThenSilent):
        def do_GET(self) -> None:
            self.send_error(answer)

    other = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Other)
    threading.Thread(target=other.serve_forever, daemon=True).start()
    outcome = publish(a_run(tmp_path / "run"), home=home, uri=f"http://127.0.0.1:{other.server_port}")
    other.shutdown()
    other.server_close()
    assert outcome.state is State.WAITING
    assert f"it answers {answer}" in outcome.sentence


def test_a_locked_database_costs_little_and_the_grade_is_delivered_once_it_is_free(
    home: Path, tmp_path: Path
) -> None:
    with contextlib.closing(sqlite3.connect(home / "mlflow.db", isolation_level=None)) as locker:
        locker.execute("BEGIN EXCLUSIVE")
        outcome, took_s = timed(lambda: publish(a_run(tmp_path / "run"), home=home))
        locker.execute("ROLLBACK")
    assert took_s < PATIENCE_S
    assert outcome.state is State.WAITING
    assert "locked" in outcome.sentence
    assert {found.state for found in deliver(home).values()} == {State.DELIVERED}
    assert len(runs_of(home)) == 1


def test_a_delivery_that_is_stuck_holds_nobody_up_for_long(home: Path, tmp_path: Path) -> None:
    with turn(home / "mlflow.db.lock", wait_s=0):
        outcome, took_s = timed(lambda: publish(a_run(tmp_path / "run"), home=home))
    assert took_s < PATIENCE_S
    assert outcome.state is State.WAITING
    assert publish(a_run(tmp_path / "run"), home=home).state is State.DELIVERED


@pytest.mark.parametrize("uri", ["mlruns", "http://[bad", "nonsense://x", "http://no host/"])
def test_an_address_that_mlflow_cannot_use_leaves_the_grade_waiting(
    home: Path, tmp_path: Path, uri: str
) -> None:
    outcome = publish(a_run(tmp_path / "run"), home=home, uri=uri)
    assert outcome.state is State.WAITING, outcome
    assert len(list((home / "outbox").glob("*.json"))) == 1


def test_a_file_that_is_no_database_leaves_the_grade_waiting(home: Path, tmp_path: Path) -> None:
    (home / "mlflow.db").write_text("this is no database, and it is long enough to be read as one" * 20)
    assert publish(a_run(tmp_path / "run"), home=home).state is State.WAITING


def test_an_outbox_that_cannot_be_written_is_said_and_not_raised(home: Path, tmp_path: Path) -> None:
    (home / "outbox").write_text("a file where a folder should be")
    outcome = publish(a_run(tmp_path / "run"), home=home)
    assert outcome.state is State.REFUSED
    assert "not queued" in outcome.sentence


def test_a_password_in_the_address_is_never_shown_or_stored(home: Path, tmp_path: Path, server: str) -> None:
    secret = server.replace("http://", "http://lead:hunter2@")
    run = a_run(tmp_path / "run", key="secret")
    outcomes = [
        publish(run, home=home, uri=uri) for uri in (f"http://lead:hunter2@127.0.0.1:{free_port()}", secret)
    ]
    assert [outcome.state for outcome in outcomes] == [State.WAITING, State.DELIVERED]
    stored = "".join(path.read_text() for path in (home / "outbox").rglob("*.json"))
    assert "hunter2" not in f"{outcomes}{stored}"


# ------------------------------------------------------------------------- when something is killed


def dying_at(call: str, run: Path, home: Path) -> Callable[[], None]:
    """A publish whose process is killed the moment MLflow is asked for ``call``."""

    def job() -> None:
        from mlflow import MlflowClient

        setattr(MlflowClient, call, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
        publish(run, home=home)

    return job


@pytest.mark.parametrize("call", ["create_run", "log_batch", "log_inputs", "log_artifact", "set_terminated"])
def test_a_run_that_a_kill_left_half_told_is_completed_by_the_next_delivery(
    home: Path, tmp_path: Path, call: str
) -> None:
    run = a_run(tmp_path / "run")
    assert in_processes(dying_at(call, run, home)) == [-signal.SIGKILL]
    assert [found.info.status for found in runs_of(home)] == ([] if call == "create_run" else ["RUNNING"])
    assert {found.state for found in deliver(home).values()} == {State.DELIVERED}
    [found] = runs_of(home)
    check_the_run_of(40.0, found, client_of(home))
    history = client_of(home).get_metric_history(found.info.run_id, "total")
    assert [point.value for point in history] == [40.0]


def test_a_kill_after_the_run_is_finished_does_not_make_a_second_one(home: Path, tmp_path: Path) -> None:
    def job() -> None:
        from harness.outbox import Outbox

        Outbox.delivered = lambda *_: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[method-assign]
        publish(run, home=home)

    run = a_run(tmp_path / "run")
    assert in_processes(job) == [-signal.SIGKILL]
    before = runs_of(home)
    assert [found.run_id for found in deliver(home).values()] == [before[0].info.run_id]
    assert len(runs_of(home)) == 1


def test_a_database_whose_making_was_killed_half_way_is_made_again(tmp_path: Path) -> None:
    def job() -> None:
        import mlflow.store.db.utils as making

        making._upgrade_db = lambda _: os.kill(os.getpid(), signal.SIGKILL)
        publish(run, home=home)

    home, run = tmp_path / "home", a_run(tmp_path / "run")
    assert in_processes(job) == [-signal.SIGKILL]
    assert not (home / "mlflow.db").exists()
    assert {found.state for found in deliver(home).values()} == {State.DELIVERED}
    assert sorted(path.name for path in home.iterdir()) == [
        "mlartifacts",
        "mlflow.db",
        "mlflow.db.lock",
        "outbox",
    ]


def test_four_processes_at_once_on_a_fresh_home_deliver_four_runs(tmp_path: Path) -> None:
    home = tmp_path / "home"

    def job(number: int) -> Callable[[], None]:
        def deliver_one() -> None:
            outcome = publish(a_run(tmp_path / f"run{number}", key=f"k{number}"), home=home)
            assert outcome.state is State.DELIVERED, outcome

        return deliver_one

    assert in_processes(*(job(number) for number in range(4))) == [0, 0, 0, 0]
    found = {run.data.tags["grade.key"]: run.info.status for run in runs_of(home)}
    assert found == {f"k{number}": "FINISHED" for number in range(4)}
    assert len(runs_of(home)) == 4


def test_the_same_grade_from_three_homes_at_the_same_instant_is_one_run_on_a_server(
    tmp_path: Path, server: str
) -> None:
    together = processes.Barrier(3)

    def job(number: int) -> Callable[[], None]:
        run = a_run(tmp_path / f"run{number}", key="everywhere")

        def publish_in_step() -> None:
            from mlflow import MlflowClient

            create = MlflowClient.create_run

            def in_step(*args: Any, **rest: Any) -> Any:
                together.wait(30)  # nobody has found a run
                created = create(*args, **rest)
                together.wait(30)  # everybody has made one
                return created

            MlflowClient.create_run = in_step  # type: ignore[method-assign]
            publish(run, home=tmp_path / f"home{number}", uri=server)

        return publish_in_step

    assert in_processes(*(job(number) for number in range(3))) == [0, 0, 0]
    for number in range(3):  # whoever stumbled over another's clearing up takes it along now
        deliver(tmp_path / f"home{number}", uri=server)
    assert [run.info.status for run in runs_of(server, "everywhere")] == ["FINISHED"]
    assert len(runs_of(server, "everywhere", deleted_too=True)) == 3
    assert not list(tmp_path.glob("home*/outbox/*.json"))


# --------------------------------------------------------------------------------------- poison


def break_the_card(run: Path) -> None:
    (run / "scorecard.json").write_text('{"total": 100}')


def lose_the_card(run: Path) -> None:
    (run / "scorecard.json").unlink()


def lose_the_folder(run: Path) -> None:
    shutil.rmtree(run)


def break_the_evidence(run: Path) -> None:
    (run / "evidence.json").write_text("[" * 100_000)


def break_the_clock(run: Path) -> None:
    about = json.loads((run / "run.json").read_text())
    (run / "run.json").write_text(json.dumps(about | {"finished": "yesterday"}))


@pytest.mark.parametrize(
    "spoil", [break_the_card, lose_the_card, lose_the_folder, break_the_evidence, break_the_clock]
)
def test_a_grade_that_cannot_be_read_is_set_aside_and_what_waits_behind_it_is_delivered(
    home: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    poison = a_run(tmp_path / "poison", key="poison")
    publish(poison, home=home, uri=f"http://127.0.0.1:{free_port()}")
    spoil(poison)
    outcome = publish(a_run(tmp_path / "good", key="good"), home=home)
    assert outcome.state is State.DELIVERED
    assert [run.data.tags["grade.key"] for run in runs_of(home)] == ["good"]
    refused = json.loads((home / "outbox" / "refused" / "poison.json").read_text())
    assert str(tmp_path / "poison") in refused["entry"]
    assert refused["reason"]
    assert deliver(home) == {}


def test_a_damaged_entry_is_set_aside_too(home: Path, tmp_path: Path) -> None:
    (home / "outbox").mkdir()
    (home / "outbox" / "torn.json").write_bytes(b'{"key": "to\xff')
    assert publish(a_run(tmp_path / "run"), home=home).state is State.DELIVERED
    assert (home / "outbox" / "refused" / "torn.json").exists()


def test_publishing_what_is_no_run_folder_says_so(home: Path, tmp_path: Path) -> None:
    outcome = publish(tmp_path / "nothing", home=home)
    assert outcome.state is State.REFUSED
    assert "scorecard.json" in outcome.sentence


def test_a_run_without_a_report_or_a_key_goes_by_its_card(home: Path, tmp_path: Path) -> None:
    run = a_run(tmp_path / "run")
    (run / "report.html").unlink()
    (run / "run.json").unlink()
    first = publish(run, home=home)
    assert first.state is State.DELIVERED
    assert [file.path for file in client_of(home).list_artifacts(first.run_id)] == ["scorecard.json"]
    assert publish(run, home=home).run_id == first.run_id
