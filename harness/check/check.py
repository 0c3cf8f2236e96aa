"""source + handout -> Checkup: intake, collect and judge as in a grade, on public rows and nothing else."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.check.find import Found
from harness.check.phases import Phase, State, phases
from harness.check.slice import lay_out
from harness.collect import Ground, Watcher, collect, collect_packages
from harness.handout import PublicSpec
from harness.intake import intake
from harness.journal import NAME as JOURNAL
from harness.journal import Journal
from harness.judge import score_one
from harness.model import AnswerKey, Criterion, Evidence, Grader, Sandbox, Score, Told, Verdict
from harness.sandbox import scratch_folder

# judged for every assignment, whatever its rubric says
ALWAYS = ("predictions", "company", "metric")


@dataclass(frozen=True)
class Checkup:
    """What a self-check found. It has no total, and nothing in it promises one."""

    spec: PublicSpec
    track: str
    phases: tuple[Phase, ...]
    metric: Score
    remarks: tuple[str, ...]
    ours: tuple[str, ...]  # what could not be judged, through no fault of the candidate's
    rows: int
    seconds: float

    @property
    def costly(self) -> tuple[str, ...]:
        """The phases that will cost points."""
        return tuple(phase.name for phase in self.phases if phase.state in (State.COSTS, State.FAILS))

    @property
    def runs(self) -> bool:
        """Every phase is in order: nothing that was seen will cost points."""
        return not self.costly and not self.ours


def check(
    source: Path | str,
    found: Found,
    sandbox: Sandbox,
    watcher: Watcher,
    graders: Mapping[str, Grader[Any]],
    *,
    work: Path,
    ref: str = "",
) -> Checkup:
    """Run every stage of ``source`` on the public rows and judge what can be judged without a secret.

    ``work``: an empty folder for what comes of it. ``graders``: those of a rehearsal, by name.

    Raises:
        UsageError: the source or the handout cannot be what it is given as.
        SubmissionError: the source cannot be taken in, as a grade would say.
        InfraError: the engine, an image, the package index or the disk.
    """
    started = time.monotonic()
    submission = intake(source, work / "submission", ref=ref)
    public = lay_out(found.data, found.spec.layout, work / "public")
    evidence_folder = work / "evidence"
    shelf = scratch_folder() / "environments"
    packages, environment = collect_packages(
        submission,
        found.lock,
        shelf,
        architecture=sandbox.identity()["architecture"],
        into=evidence_folder / "environment",
        watcher=watcher,
    )
    evidence = collect(
        Ground(submission, public.public, found.spec, packages),
        sandbox,
        into=evidence_folder,
        watcher=watcher,
        journal=Journal(work / JOURNAL),
        before=(environment,),
    )
    scores = _scores(evidence, public.key, found.spec, graders)
    ours = {name: score.reason for name, score in scores.items() if score.verdict is Verdict.UNGRADED}
    return Checkup(
        spec=found.spec,
        track=submission.track.value,
        phases=phases(evidence, scores, found.spec),
        metric=scores["metric"],
        remarks=found.remarks,
        ours=tuple(
            f"{name} could not be judged here, and not by your fault: {why}" for name, why in ours.items()
        ),
        rows=public.rows,
        seconds=round(time.monotonic() - started, 1),
    )


def _scores(
    evidence: Evidence, key: AnswerKey, spec: PublicSpec, graders: Mapping[str, Grader[Any]]
) -> dict[str, Score]:
    """By the fault policy of a grade, with the graders' default parameters."""
    track = evidence.submission.track
    asked = [*ALWAYS, *(name for name in spec.graders if name in graders)]
    return {
        name: score_one(
            Criterion(
                id="P1",
                title=name,
                grader=name,
                weight=1,
                tracks=(track,),
            ),
            evidence,
            key,
            graders,
            Told(metric=spec.metric),
        )
        for name in asked
    }
