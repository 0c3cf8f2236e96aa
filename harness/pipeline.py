"""source -> run folder: intake, collect, judge, report, track, in that order and nothing else."""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from harness import __version__
from harness.certificate import cited
from harness.collect import Ground, Watcher, collect, collect_packages
from harness.dataset import open_key
from harness.errors import InfraError
from harness.exam import Bench, Exam, prepare
from harness.intake import intake, moved
from harness.journal import NAME as JOURNAL
from harness.journal import Journal
from harness.judge import judge
from harness.logs import logged
from harness.model import Evidence, Sandbox, Scorecard, Submission
from harness.report import render
from harness.sandbox import DockerSandbox, Engine, Twice, reap, scratch_folder
from harness.seal import is_sealed, seal
from harness.store import (
    UNFINISHED,
    finished_run,
    key_of,
    put_in_place,
    read_run,
    sweep_writes,
    workshop,
    write_text,
)
from harness.track import Outcome as Mirrored
from harness.track import publish
from harness.turn import turn

log = logging.getLogger(__name__)

LONGEST_GRADING_S = 4 * 3600.0


@contextlib.contextmanager
def sandbox_of(*, runtime: str = "") -> Iterator[Sandbox]:
    """The real sandbox, after a sweep of what dead processes left; a fault is tried twice."""
    engine = Engine()
    for sentence in reap(engine):
        log.info("removed an orphan: %s", sentence)
    yield Twice(DockerSandbox(engine=engine, runtime=runtime or None))


@dataclass(frozen=True)
class Graded:
    """What grading left behind."""

    run: Path
    card: Scorecard
    cached: bool
    mirrored: Mirrored


class Mirror(Protocol):
    """Tells a run log of a finished run; must not raise for the log's trouble."""

    def __call__(self, run_dir: Path, *, home: Path) -> Mirrored:
        """How telling it went."""
        ...


def grade(
    source: Path | str,
    bench: Bench,
    sandbox: Sandbox,
    watcher: Watcher,
    *,
    ref: str = "",
    fresh: bool = False,
    mirror: Mirror = publish,
) -> Graded:
    """Grade one source; an identical submission that was graded before is found, not run again.

    ``source``: a folder, an archive, a notebook or a git address (with ``ref``), as ``intake`` takes it.
    """
    with workshop(bench.places.runs / bench.assignment.slug) as arrival:
        submission = intake(source, arrival / "submission", ref=ref)
        grading = _Grading(submission, prepare(bench, sandbox, watcher), bench, sandbox, watcher)
        # a second grading of the same thing waits here, and then finds the first one's run
        with turn(bench.places.home / "locks" / grading.key[:24], wait_s=LONGEST_GRADING_S):
            known = None if fresh else finished_run(arrival.parent, submission.digest, grading.key)
            run = known or grading.run(arrival, fresh=fresh)
            if known is not None:
                _bring_up_to_date(known, bench)
            card = read_card(run)
            if not is_sealed(run):  # also when a renderer crashed after an earlier grading
                sweep_writes(run, run / "results")
                render(card, Evidence.read(run), bench.assignment, run)
                seal(run)
            return Graded(run, card, known is not None, mirror(run, home=bench.places.home))


@dataclass(frozen=True)
class _Grading:
    """One submission against one exam."""

    submission: Submission
    exam: Exam
    bench: Bench
    sandbox: Sandbox
    watcher: Watcher

    @property
    def key(self) -> str:
        """The idempotency key: equal keys give equal evidence, and judging is a function of that."""
        return key_of(
            submission=self.submission.digest,
            branches=self.submission.branches,
            assignment=self.bench.run_digest,
            answer_key=self.exam.key.name,
            harness=__version__,
            **self.bench.level,
            **dict(self.sandbox.identity()),
        )

    def run(self, arrival: Path, *, fresh: bool) -> Path:
        """Collect and judge in a folder named by the key, so that a killed grading is gone on with."""
        work = arrival
        if not fresh:
            work = arrival.with_name(f"{UNFINISHED}{self.key[:24]}")
            if not work.is_dir():
                arrival.rename(work)
        started = datetime.now(UTC).isoformat()
        submission = moved(self.submission, work)
        with logged(work / "log.jsonl"):
            card = self._collect_and_judge(submission, work)
        write_text(work / "scorecard.json", card.model_dump_json(indent=1) + "\n")
        self._write_facts(work, card, started)
        return put_in_place(work, arrival.parent, submission.digest)

    def _collect_and_judge(self, submission: Submission, work: Path) -> Scorecard:
        log.info("grading %s", submission.digest)
        packages, environment = collect_packages(
            submission,
            self.bench.places.root / "docker" / "candidate.lock",
            scratch_folder() / "environments",
            architecture=self.sandbox.identity()["architecture"],
            into=work / "evidence" / "environment",
            watcher=self.watcher,
        )
        evidence = collect(
            Ground(
                submission,
                self.exam.edition.public,
                self.bench.assignment,
                packages,
                draw=self.bench.assignment.dataset.seed,
                rival=self.exam.rival,
            ),
            self.sandbox,
            into=work / "evidence",
            watcher=self.watcher,
            journal=Journal(work / JOURNAL),
            before=(environment,),
        )
        card = _judged(evidence, self.exam.edition.name, self.exam.key, self.bench)
        log.info("total %s", card.total if card.total is not None else f"withheld: {card.withheld}")
        return card

    def _write_facts(self, work: Path, card: Scorecard, started: str) -> None:
        """run.json: when, what and against which key. Times stand here and never in the card."""
        facts = {
            "key": self.key,
            "complete": "no" if card.total is None else "yes",
            "assignment": self.bench.assignment.slug,
            "dataset": self.bench.assignment.dataset.name,
            "edition": self.exam.edition.name,
            **({"candidate": self.bench.candidate} if self.bench.candidate else {}),
            "answer_key": self.exam.key.name,
            **self.bench.level,
            "started": started,
            "finished": datetime.now(UTC).isoformat(),
            "harness": __version__,
        }
        write_text(work / "run.json", json.dumps(facts, indent=1) + "\n")


def _bring_up_to_date(run: Path, bench: Bench) -> None:
    """Judge a run that was found again by the graders of today: it costs no container."""
    old, new = regrade(run, bench)
    if old != new:
        log.info("%s is judged anew: total %s -> %s", run.name, old.total, new.total)
        replace_card(run, old, new, bench)


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
    seal(run)


def read_card(run: Path) -> Scorecard:
    """The scorecard of a run folder."""
    path = run / "scorecard.json"
    try:
        return Scorecard.model_validate_json(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InfraError(f"{path}: cannot be read: {error}") from error


def _judged(evidence: Evidence, edition: str, key: Path, bench: Bench) -> Scorecard:
    provenance = {
        "answer_key": key.name,
        "assignment_yaml": bench.spec_digest,
        "certificate": cited(bench),
        "harness": __version__,
        **bench.level,
        **bench.sources,
        **{f"sandbox.{name}": value for name, value in evidence.sandbox.items()},
    }
    return judge(
        evidence, open_key(key), bench.assignment, bench.graders, edition=edition, provenance=provenance
    )
