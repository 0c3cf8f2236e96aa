"""A finished run folder -> one MLflow run. A mirror: its failure never changes a grade."""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import re
import sqlite3
import sys
import time
import warnings
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from harness import __version__
from harness.errors import InfraError
from harness.facts import Facts, clean, key_of_run, read_facts
from harness.outbox import Entry, Place, Receipt, probe, without_secrets
from harness.turn import turn

TURN_S = 2.0  # for another delivery to the same place to end
OPENING_S = 60.0  # ... when that one is making the database: 3 s, 9 s on a cold machine
BUDGET_S = 5.0  # for everything that waits, once MLflow is open
REQUEST_S = 3  # for one request, with no second try: the outbox is the retry
SETTINGS = {
    "MLFLOW_HTTP_REQUEST_TIMEOUT": str(REQUEST_S),
    "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "0",  # a create that is tried twice leaves two runs
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT": "true",
    "MLFLOW_LOGGING_LEVEL": "CRITICAL",  # what went wrong stands in the Outcome, not in a traceback
}
KEY, CARD = "grade.key", "grade.card"
BATCH = 100  # MLflow takes at most 100 tags or parameters at once


class State(StrEnum):
    """What became of a grade on its way to MLflow."""

    DELIVERED = "delivered"
    WAITING = "waiting"  # in the outbox: the next run takes it along
    REFUSED = "refused"  # unreadable, or it could not even be queued: a person must look


@dataclass(frozen=True)
class Outcome:
    """What became of a grade, with a sentence for people. ``uri`` carries no password."""

    state: State
    sentence: str
    run_id: str = ""
    uri: str = ""


def publish(run_dir: Path, *, home: Path, uri: str | None = None) -> Outcome:
    """Mirror a finished run folder to MLflow now, or leave it in the outbox for the next run.

    ``uri`` is by default ``$MLFLOW_TRACKING_URI``, else ``home/mlflow.db`` with its artefacts in
    ``home/mlartifacts``. To publish an unchanged grade again does nothing and imports nothing.
    """
    place = Place.of(home, uri)
    try:
        key, card = key_of_run(run_dir.absolute())
        if not place.has(key, card):
            place.outbox.put(Entry(key=key, run_dir=str(run_dir.absolute())))
    except OSError as error:
        return Outcome(State.REFUSED, f"not queued for MLflow: {_reason(error)}", uri=place.shown)
    if found := deliver(home, uri=uri).get(key):
        return found
    if receipt := place.receipt(key):  # delivered earlier, or by another process just now
        return _delivered(receipt.run_id, place)
    return Outcome(State.REFUSED, f"MLflow: {key} was set aside in {place.outbox.folder}", uri=place.shown)


def deliver(home: Path, *, uri: str | None = None, budget_s: float = BUDGET_S) -> dict[str, Outcome]:
    """Deliver what waits in the outbox, oldest first; what became of each, by grade key.

    A place that is not there costs two seconds; one that stops answering, ``REQUEST_S``.
    """
    place = Place.of(home, uri)
    outcomes: dict[str, Outcome] = {}
    reason = "there was no time left"
    if not place.outbox.waiting():
        return outcomes
    try:
        probe(place.uri)
        _load()
        with turn(place.lock, wait_s=OPENING_S if place.is_fresh else TURN_S):
            _drain(_open(place), place, budget_s, outcomes)
    except _trouble() as error:
        reason = _reason(error)
    for key in place.outbox.waiting():
        outcomes.setdefault(key, _waits(reason, place))
    return outcomes


def _drain(client: Any, place: Place, budget_s: float, outcomes: dict[str, Outcome]) -> None:
    """Try each grade once, those that arrive meanwhile too; one that is rejected stops no other."""
    deadline = time.monotonic() + budget_s
    place.outbox.sweep()
    while key := next((k for k in place.outbox.waiting() if k not in outcomes), None):
        if time.monotonic() > deadline:
            return
        outcomes[key] = found = _attempt(key, client, place, deadline)
        if found.state is State.WAITING and deadline - time.monotonic() < REQUEST_S:
            return


def _attempt(key: str, client: Any, place: Place, deadline: float) -> Outcome:
    try:
        entry, mark = place.outbox.get(key)
        facts = read_facts(Path(entry.run_dir))
    except ValueError as error:
        reason = clean(str(error), 400)
        where = place.outbox.refuse(key, reason)
        return Outcome(State.REFUSED, f"MLflow: set aside as {where}: {reason}", uri=place.shown)
    except OSError as error:
        return _waits(_reason(error), place)
    try:
        run_id = _mirror(key, facts, client, place, deadline)
        place.outbox.delivered(key, mark, Receipt(card=facts.digest, run_id=run_id, uri=place.shown))
    except _trouble() as error:
        return _waits(_reason(error), place)
    return _delivered(run_id, place)


def _delivered(run_id: str, place: Place) -> Outcome:
    return Outcome(State.DELIVERED, f"MLflow run {run_id} at {place.shown}", run_id, place.shown)


def _waits(reason: str, place: Place) -> Outcome:
    sentence = f"MLflow at {place.shown} did not take the grade ({reason}): the next run delivers it"
    return Outcome(State.WAITING, sentence, uri=place.shown)


def _reason(error: BaseException) -> str:
    """An error as one clean line, without the password of an address that a library may quote."""
    return clean(f"{type(error).__name__}: {without_secrets(str(error))}", 240)


def _trouble() -> tuple[type[BaseException], ...]:
    """What MLflow, its database, its server, the disk and the lock may raise; a bug of ours is none of it."""
    known: list[type[BaseException]] = [
        OSError,
        InfraError,
        ImportError,
        ValueError,
        sqlite3.Error,
        http.client.HTTPException,
    ]
    if "mlflow" in sys.modules and "sqlalchemy" in sys.modules:
        from mlflow.exceptions import MlflowException
        from sqlalchemy.exc import SQLAlchemyError

        known += [MlflowException, SQLAlchemyError]
    return tuple(known)


# ------------------------------------------------------------------------------------- MLflow itself


def _load() -> None:
    """Import MLflow, made quiet and impatient; 1.3 to 3 seconds, once a process."""
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its libraries deprecate each other; nobody here can act on it
        import mlflow.store.tracking.sqlalchemy_store  # noqa: F401


def _open(place: Place) -> Any:
    """A client. A SQLite database is made aside and renamed: a migration that is killed half way ruins it."""
    from mlflow import MlflowClient
    from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore

    if place.database and place.is_fresh:
        made = place.database.with_name(f".{place.database.name}.new")
        for leftover in (made, made.with_name(f"{made.name}-journal")):
            leftover.unlink(missing_ok=True)
        store = SqlAlchemyStore(f"sqlite:///{made.as_posix()}", place.artefacts.as_uri())  # type: ignore[no-untyped-call]
        store.engine.dispose()
        made.replace(place.database)
        place.outbox.forget()
    return MlflowClient(tracking_uri=place.uri)


def _mirror(key: str, facts: Facts, client: Any, place: Place, deadline: float) -> str:
    """Exactly one active run a key, finished, with the facts of its newest card; its id.

    A run that a crash left RUNNING is completed: every step may be done twice. A run of an older
    card, or one that somebody else created at the same time, is deleted last.
    """
    experiment = _experiment(facts, client, place)
    run, *others = _runs(key, facts, experiment, client)
    run_id: str = run.info.run_id
    if run.info.status != "FINISHED":
        for step in (_log_values, _log_dataset, _log_artefacts):
            if time.monotonic() > deadline:
                raise TimeoutError("the time for all deliveries is over")
            step(run_id, facts, client)
        client.set_terminated(run_id, "FINISHED", end_time=facts.finished_ms)
    for other in others:
        client.delete_run(other.info.run_id)
    return run_id


def _experiment(facts: Facts, client: Any, place: Place) -> str:
    from mlflow.exceptions import MlflowException

    found = client.get_experiment_by_name(facts.experiment)
    if found is None:
        served = place.uri.startswith(("http:", "https:"))  # then the server says where artefacts go
        folder = re.sub(r"[^A-Za-z0-9_-]", "_", facts.experiment)
        try:
            return str(
                client.create_experiment(
                    facts.experiment,
                    artifact_location=None if served else (place.artefacts / folder).as_uri(),
                )
            )
        except MlflowException:
            found = client.get_experiment_by_name(facts.experiment)  # somebody was faster
            if found is None:
                raise
    return str(found.experiment_id)


def _runs(key: str, facts: Facts, experiment: str, client: Any) -> list[Any]:
    """The active runs of a key, the one to keep first; created if no run has this card yet."""

    def search() -> list[Any]:
        found = client.search_runs([experiment], f"tags.`{KEY}` = '{key}'", max_results=100)
        return sorted(found, key=preference)

    def preference(run: Any) -> tuple[bool, bool, int, str]:
        other_card = run.data.tags.get(CARD) != facts.digest
        return other_card, run.info.status != "FINISHED", run.info.start_time, run.info.run_id

    found = search()
    if not found or preference(found[0])[0]:
        tags = {KEY: key, CARD: facts.digest, "mlflow.source.name": f"takehome {__version__}"}
        client.create_run(experiment, start_time=facts.started_ms, tags=tags, run_name=facts.name)
        found = search()  # two who created at once now see both runs, and agree on one
    return found


def _log_values(run_id: str, facts: Facts, client: Any) -> None:
    from mlflow.entities import Metric, Param, RunTag

    values: list[Any] = [
        *(Metric(name, value, facts.finished_ms, 0) for name, value in facts.metrics.items()),
        *(Param(name, value) for name, value in facts.params.items()),
        *(RunTag(name, value) for name, value in facts.tags.items()),
    ]
    for start in range(0, len(values), BATCH):
        part = values[start : start + BATCH]
        client.log_batch(
            run_id,
            metrics=[value for value in part if isinstance(value, Metric)],
            params=[value for value in part if isinstance(value, Param)],
            tags=[value for value in part if isinstance(value, RunTag)],
        )


def _log_dataset(run_id: str, facts: Facts, client: Any) -> None:
    """Which data the grade is from: made by code from a seed, so there is nothing to load."""
    from mlflow.entities import Dataset, DatasetInput, InputTag

    edition = facts.edition
    source = {"tags": {"mlflow.source.name": f"datasets/{facts.dataset}/generate.py", "edition": edition}}
    digest = edition if 0 < len(edition) <= 36 else hashlib.sha256(edition.encode()).hexdigest()[:36]
    dataset = Dataset(facts.dataset, digest, source_type="code", source=json.dumps(source))
    tag = InputTag("mlflow.data.context", "grading")
    client.log_inputs(run_id, datasets=[DatasetInput(dataset, tags=[tag])])


def _log_artefacts(run_id: str, facts: Facts, client: Any) -> None:
    for path in facts.artefacts:
        client.log_artifact(run_id, str(path))
