"""Assignment -> Exam: the edition of its data, and the answer key with the anchors of the scale."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from harness.assignment import SPEC
from harness.collect import Ground, Rival, Watcher, collect_predictions
from harness.dataset import Edition, open_edition, open_key, seal_key
from harness.errors import SpecError, SubmissionError
from harness.intake import intake
from harness.model import Assignment, Ended, ExtraStage, Grader, Level, Sandbox, StageResult, Submission
from harness.slices import TABLE, slices_of
from harness.store import Places, digest_of_folder, folder_being_made, key_of, write_text
from harness.turn import turn

ANCHOR_ROLES = ("baseline", "reference")
LONGEST_S = 3600.0
# of an Assignment: all that collecting may read (Limited); rubric and the texts given belong to judging
WHAT_IS_RUN = ("slug", "dataset", "anchors", "limits", "stages")


@dataclass(frozen=True)
class Bench:
    """An assignment laid out ready to grade against: its folder, graders and places."""

    assignment: Assignment
    folder: Path
    graders: Mapping[str, Grader[Any]]
    places: Places
    candidate: str = ""  # whose personal edition it is; nobody's when empty

    @property
    def level(self) -> dict[str, str]:
        """The level that the weights are for, as a fact to write down; none where the rubric's own count."""
        level = self.assignment.level
        return {} if level is Level.SENIOR else {"level": level.value}

    @property
    def sources(self) -> dict[str, str]:
        """Where the rubric's graders come from that are not ours, as facts to write down."""
        used = {c.grader: self.graders[c.grader].source for c in self.assignment.rubric}
        return {f"grader.{name}": source for name, source in sorted(used.items()) if source}

    @property
    def run_digest(self) -> str:
        """sha256 of what the assignment has run: of two that differ in their judging alone it is the same."""
        asked = self.assignment.model_dump(mode="json", include=set(WHAT_IS_RUN))
        return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()

    @property
    def spec_digest(self) -> str:
        """sha256 of assignment.yaml: what was asked, to the letter."""
        return hashlib.sha256((self.folder / SPEC).read_bytes()).hexdigest()


@dataclass(frozen=True)
class Exam:
    """What one edition is graded against: its data, and the folder of its answer key.

    ``rival``: the reference's service, where the assignment measures services against it.
    """

    edition: Edition
    key: Path
    rival: Rival | None = None


def prepare(bench: Bench, sandbox: Sandbox, watcher: Watcher) -> Exam:
    """The edition of the data and its answer key, made on first use."""
    edition = open_edition(bench.assignment.dataset, bench.places)
    key = _answer_key(edition, bench, sandbox, watcher)
    rival = None
    if ExtraStage.LOAD in bench.assignment.stages:
        rival = _rival(edition, bench, sandbox, watcher)
    return Exam(edition=edition, key=key, rival=rival)


def _rival(edition: Edition, bench: Bench, sandbox: Sandbox, watcher: Watcher) -> Rival:
    """The reference and its model of this edition, trained on first use and kept.

    It needs no image of its own: it is our code, and runs in the image that everybody's is made of.
    """
    source = bench.folder / bench.assignment.anchors["reference"]
    digest = digest_of_folder(source)
    made_of = key_of(edition=edition.name, reference=digest, **dict(sandbox.identity()))
    folder = bench.places.home / "rivals" / f"{edition.name}-{made_of[:10]}"
    with turn(bench.places.home / "locks" / f"rival-{folder.name}", wait_s=LONGEST_S):
        if not folder.is_dir():
            with folder_being_made(folder) as temporary:
                _train_rival(source, edition, bench, sandbox, watcher, temporary)
    told = json.loads((folder / "submission.json").read_text("utf-8"))
    told["root"] = str(folder / "submission")
    submission = Submission.model_validate_json(json.dumps(told))
    return Rival(submission, folder / "evidence" / "train")


def _train_rival(
    source: Path, edition: Edition, bench: Bench, sandbox: Sandbox, watcher: Watcher, into: Path
) -> None:
    try:
        submission = intake(source, into / "submission")
        evidence = collect_predictions(
            Ground(submission, edition.public, bench.assignment),
            sandbox,
            into=into / "evidence",
            watcher=_Announced("reference", watcher),
            predictions=(),
        )
    except SubmissionError as error:
        raise SpecError(f"{source}: the reference's service: {error}") from error
    result = evidence.result("train")
    if result.ended is not Ended.FINISHED:
        raise SpecError(f"{source}: the reference did not train: {result.reason}\n{result.tail}")
    write_text(into / "submission.json", submission.model_dump_json(indent=1) + "\n")


def _answer_key(edition: Edition, bench: Bench, sandbox: Sandbox, watcher: Watcher) -> Path:
    """The folder of the answer key: the sealed half and the anchors' predictions on its rows.

    The anchors of the scale are golden submissions that went through this same line, so the scale
    moves with the images and the data, and is made once for each.
    """
    sources = {role: bench.folder / bench.assignment.anchors[role] for role in ANCHOR_ROLES}
    made_of = key_of(
        edition=edition.name,
        tables="anchors, slices",  # what is put beside the sealed half
        **{role: digest_of_folder(source) for role, source in sources.items()},
        **dict(sandbox.identity()),
    )
    folder = bench.places.home / "keys" / f"{edition.name}-{made_of[:10]}"
    with turn(bench.places.home / "locks" / folder.name, wait_s=LONGEST_S):
        if not folder.is_dir():
            _make_answer_key(folder, sources, edition, bench, sandbox, watcher)
    open_key(folder)
    return folder


def _make_answer_key(
    folder: Path,
    sources: Mapping[str, Path],
    edition: Edition,
    bench: Bench,
    sandbox: Sandbox,
    watcher: Watcher,
) -> None:
    with folder_being_made(folder) as temporary:
        for path in sorted(edition.sealed.iterdir()):
            shutil.copyfile(path, temporary / path.name)
        anchors = {
            role: _anchor(role, source, edition, bench, sandbox, watcher, temporary / f".{role}")
            for role, source in sources.items()
        }
        _write_anchors(anchors, temporary / "anchors.parquet")
        slices_of(edition.folder).to_parquet(temporary / f"{TABLE}.parquet", index=False)
        seal_key(temporary)


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
