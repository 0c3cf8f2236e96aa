"""source -> run folder: intake, collect, judge, report, track, in that order and nothing else."""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import shutil
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import pandas as pd

from harness import __version__
from harness.assignment import SPEC
from harness.collect import Ground, Watcher, collect, collect_predictions
from harness.dataset import Edition, open_edition, open_key, seal_key
from harness.environment import environment_for
from harness.errors import InfraError, SpecError, SubmissionError
from harness.intake import intake
from harness.judge import judge
from harness.model import (
    Assignment,
    Ended,
    Evidence,
    Grader,
    Sandbox,
    Scorecard,
    StageResult,
    Submission,
    Trust,
)
from harness.report import render
from harness.sandbox import DockerSandbox, Engine, Twice, reap, scratch_folder
from harness.store import (
    Places,
    digest_of_folder,
    finished_run,
    folder_being_made,
    key_of,
    put_in_place,
    read_run,
    workshop,
    write_text,
)
from harness.track import Outcome, publish

log = logging.getLogger(__name__)

ANCHOR_ROLES = ("baseline", "reference")


@contextlib.contextmanager
def sandbox_of(*, runtime: str = "") -> Iterator[Sandbox]:
    """The real sandbox, after a sweep of what dead processes left; a fault is tried twice."""
    engine = Engine()
    for sentence in reap(engine):
        log.info("removed an orphan: %s", sentence)
    yield Twice(DockerSandbox(engine=engine, runtime=runtime or None))


@dataclass(frozen=True)
class Bench:
    """An assignment laid out ready to grade against: its folder, graders and places."""

    assignment: Assignment
    folder: Path
    graders: Mapping[str, Grader[Any]]
    places: Places

    @property
    def spec_digest(self) -> str:
        """sha256 of assignment.yaml: what was asked, to the letter."""
        return hashlib.sha256((self.folder / SPEC).read_bytes()).hexdigest()


@dataclass(frozen=True)
class Exam:
    """What one edition is graded against: its data, and the folder of its answer key."""

    edition: Edition
    key: Path


@dataclass(frozen=True)
class Graded:
    """What grading left behind."""

    run: Path
    card: Scorecard
    cached: bool
    mirrored: Outcome


class Mirror(Protocol):
    """Tells a run log of a finished run; must not raise for the log's trouble."""

    def __call__(self, run_dir: Path, *, home: Path) -> Outcome:
        """How telling it went."""
        ...


def grade(
    source: Path,
    bench: Bench,
    sandbox: Sandbox,
    watcher: Watcher,
    *,
    fresh: bool = False,
    mirror: Mirror = publish,
) -> Graded:
    """Grade one source; an identical submission that was graded before is found, not run again."""
    runs = bench.places.runs / bench.assignment.slug
    started = datetime.now(UTC).isoformat()
    with workshop(runs) as work:
        submission = intake(source, work / "submission")
        exam = prepare(bench, sandbox, watcher)
        idempotency = _idempotency_key(submission, bench, exam, sandbox)
        known = None if fresh else finished_run(runs, submission.digest, idempotency)
        run = known
        if run is None:
            complete = _collect_and_judge(work, submission, exam, bench, sandbox, watcher)
            facts = {"key": idempotency, "complete": complete, "source": source.name, "started": started}
            _write_facts(work, facts, exam, bench)
            run = put_in_place(work, runs, submission.digest)
    card = read_card(run)
    if not (run / "report.html").is_file():  # also when a renderer crashed after an earlier grading
        render(card, Evidence.read(run), bench.assignment, run)
    return Graded(run, card, known is not None, mirror(run, home=bench.places.home))


def prepare(bench: Bench, sandbox: Sandbox, watcher: Watcher) -> Exam:
    """The edition of the data and its answer key, made on first use."""
    edition = open_edition(bench.assignment.dataset, bench.places)
    return Exam(edition=edition, key=answer_key(edition, bench, sandbox, watcher))


def _collect_and_judge(
    work: Path, submission: Submission, exam: Exam, bench: Bench, sandbox: Sandbox, watcher: Watcher
) -> str:
    """Fill ``work`` with the evidence and the card; answer whether everything has a grade."""
    with _logged(work / "log.jsonl"):
        log.info("grading %s", submission.digest)
        packages, environment = _environment(submission, bench, watcher)
        ground = Ground(submission, exam.edition.public, bench.assignment, packages)
        evidence = collect(ground, sandbox, into=work / "evidence", watcher=watcher, before=(environment,))
        card = _judged(evidence, exam.edition.name, exam.key, bench)
        log.info("total %s", card.total if card.total is not None else f"withheld: {card.withheld}")
    write_text(work / "scorecard.json", card.model_dump_json(indent=1) + "\n")
    return "no" if card.total is None else "yes"


def _environment(submission: Submission, bench: Bench, watcher: Watcher) -> tuple[Path | None, StageResult]:
    """What the submission needs beyond the image, as a folder; and how getting it went."""
    watcher.started("environment")
    started = time.monotonic()
    try:
        found = environment_for(
            submission.root,
            bench.places.root / "docker" / "candidate.lock",
            scratch_folder() / "environments",
        )
        folder, ended, reason = found.folder, Ended.FINISHED, "; ".join(found.remarks)
    except SubmissionError as error:
        # the rest still runs with what the image has: that may be enough
        folder, ended, reason = None, Ended.FAILED, str(error)
    result = StageResult(
        stage="environment",
        ended=ended,
        reason=reason,
        writer=Trust.HOST,
        seconds=round(time.monotonic() - started, 3),
    )
    watcher.ended(result)
    return folder, result


def _write_facts(work: Path, facts: Mapping[str, str], exam: Exam, bench: Bench) -> None:
    """run.json: when, what and against which key. Times stand here and never in the card."""
    more = {
        "assignment": bench.assignment.slug,
        "dataset": bench.assignment.dataset.name,
        "edition": exam.edition.name,
        "answer_key": exam.key.name,
        "finished": datetime.now(UTC).isoformat(),
        "harness": __version__,
    }
    write_text(work / "run.json", json.dumps({**facts, **more}, indent=1) + "\n")


def regrade(run: Path, bench: Bench) -> tuple[Scorecard, Scorecard]:
    """The card of ``run`` as it stands, and as its evidence is judged now. No container is started."""
    facts = read_run(run)
    key = bench.places.home / "keys" / facts["answer_key"]
    evidence = Evidence.read(run)
    return read_card(run), _judged(evidence, facts["edition"], key, bench)


def replace_card(run: Path, old: Scorecard, new: Scorecard, bench: Bench) -> None:
    """Put ``new`` in place of ``old``; the old card stays beside it under its digest."""
    text = old.model_dump_json(indent=1) + "\n"
    write_text(run / f"scorecard-{hashlib.sha256(text.encode()).hexdigest()[:8]}.json", text)
    write_text(run / "scorecard.json", new.model_dump_json(indent=1) + "\n")
    render(new, Evidence.read(run), bench.assignment, run)


def read_card(run: Path) -> Scorecard:
    """The scorecard of a run folder."""
    path = run / "scorecard.json"
    try:
        return Scorecard.model_validate_json(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InfraError(f"{path}: cannot be read: {error}") from error


def answer_key(edition: Edition, bench: Bench, sandbox: Sandbox, watcher: Watcher) -> Path:
    """The folder of the answer key: the sealed half and the anchors' predictions on its rows.

    The anchors of the scale are golden submissions that went through this same line, so the scale
    moves with the images and the data, and is made once for each.
    """
    sources = {role: bench.folder / bench.assignment.anchors[role] for role in ANCHOR_ROLES}
    made_of = key_of(
        edition=edition.name,
        **{role: digest_of_folder(source) for role, source in sources.items()},
        **dict(sandbox.identity()),
    )
    folder = bench.places.home / "keys" / f"{edition.name}-{made_of[:10]}"
    if folder.is_dir():
        open_key(folder)
        return folder
    with folder_being_made(folder) as temporary:
        for path in sorted(edition.sealed.iterdir()):
            shutil.copyfile(path, temporary / path.name)
        anchors = {
            role: _anchor(role, source, edition, bench, sandbox, watcher, temporary / f".{role}")
            for role, source in sources.items()
        }
        _write_anchors(anchors, temporary / "anchors.parquet")
        seal_key(temporary)
    return folder


def _anchor(
    role: str, source: Path, edition: Edition, bench: Bench, sandbox: Sandbox, watcher: Watcher, into: Path
) -> pd.Series[float]:
    """The predictions of one golden submission for every row, by id."""
    try:
        submission = intake(source, into / "submission")
        ground = Ground(submission, edition.public, bench.assignment)
        evidence = collect_predictions(
            ground, sandbox, into=into / "evidence", watcher=_Announced(role, watcher)
        )
        result = evidence.result("predict")
        if result.ended is not Ended.FINISHED:
            raise SpecError(f"{source}: the {role} anchor did not predict: {result.reason}\n{result.tail}")
        table = pd.read_csv(evidence.file("predict", "predictions.csv"), dtype={"id": str})
        return table.set_index("id")["prediction"].astype(float)
    except SubmissionError as error:
        raise SpecError(f"{source}: the {role} anchor: {error}") from error
    finally:
        shutil.rmtree(into, ignore_errors=True)


@dataclass(frozen=True)
class _Announced:
    """A Watcher that says for whom a stage runs: nobody should take an anchor's for the candidate's."""

    role: str
    watcher: Watcher

    def started(self, stage: str) -> None:
        self.watcher.started(f"{self.role}/{stage}")

    def ended(self, result: StageResult) -> None:
        self.watcher.ended(result.model_copy(update={"stage": f"{self.role}/{result.stage}"}))


def _write_anchors(anchors: Mapping[str, pd.Series[float]], path: Path) -> None:
    table = pd.DataFrame(anchors).sort_index().rename_axis("id").reset_index()
    if table.isna().any(axis=None):
        raise SpecError(f"the anchors {', '.join(anchors)} did not predict the same rows")
    table.to_parquet(path, index=False)


def _judged(evidence: Evidence, edition: str, key: Path, bench: Bench) -> Scorecard:
    provenance = {
        "answer_key": key.name,
        "assignment_yaml": bench.spec_digest,
        "harness": __version__,
        **{f"sandbox.{name}": value for name, value in evidence.sandbox.items()},
    }
    return judge(
        evidence, open_key(key), bench.assignment, bench.graders, edition=edition, provenance=provenance
    )


def _idempotency_key(submission: Submission, bench: Bench, exam: Exam, sandbox: Sandbox) -> str:
    return key_of(
        submission=submission.digest,
        assignment=bench.spec_digest,
        answer_key=exam.key.name,
        harness=__version__,
        **dict(sandbox.identity()),
    )


@contextlib.contextmanager
def _logged(path: Path) -> Iterator[None]:
    """Everything the harness logs meanwhile, as JSON lines in ``path``."""
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(_JsonLines())
    root = logging.getLogger("harness")
    level = root.level
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        handler.close()


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["traceback"] = self.formatException(record.exc_info)
        return json.dumps(entry)
