"""The conformance suite for anybody's grader: `check_grader` and `check_blame`.

    from graders.kit import check_blame, check_grader
    check_grader(MY_GRADER, case, tmp_path / "spoilt")  # spoils what it reads, step by step
    check_blame(MY_GRADER, case, tmp_path)  # spoils our answer key; nobody may blame the candidate

``case`` is a right answer: evidence, key and parameters. `good_case` makes one up, `case_of` reads a run.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import PrivateAttr

from graders.kit.case import Case
from graders.kit.spoil import ANY, BY_SUFFIX
from harness.errors import SubmissionError
from harness.model import (
    MAX_EVIDENCE_BYTES,
    AnswerKey,
    Ended,
    Evidence,
    Grader,
    Params,
    Score,
    Verdict,
    as_score,
)


def check_grader(
    grader: Grader[Any], case: Case, scratch: Path, *, reads: tuple[str, ...] | None = None
) -> None:
    """The contract of a judgement: pure, reasoned, and never full marks for a spoilt answer.

    ``reads``: the evidence files the grader depends on, as ``stage/name``; without it all that it opens on
    the right answer.
    """
    right = _check_once(grader, case)
    assert right.verdict is Verdict.GRADED, f"the right answer is not graded: {right.reason}"
    assert right.value is not None
    for name in opened(grader, case) if reads is None else reads:
        for how, spoilt in _spoilt_evidence(case, name, scratch):
            score = _check_once(grader, spoilt)
            told = f"{name} spoilt by {how!r}: {score.verdict} {score.value} ({score.reason})"
            assert score.value is None or score.value < 1.0, f"full marks for {told}"
            assert score.value is None or score.value < right.value, f"nothing lost for {told}"
    for stage in grader.needs:
        assert stage in case.evidence.stages, f"needs the stage {stage!r}, which the right answer has not run"


def check_blame(grader: Grader[Any], case: Case, scratch: Path) -> None:
    """A damaged answer key is ours: no score that differs, and no SubmissionError.

    A real key need not have every table that can be spoilt; that of `good_case` has.
    """
    right = _check_once(grader, case)
    for how, spoil in KEY_SPOILS.items():
        folder = scratch / f"key-{how.replace(' ', '-')}"
        shutil.copytree(case.key.root, folder)
        try:
            spoil(folder)
        except (OSError, KeyError):  # this key has no such table or column
            continue
        try:
            score = grader.grade(case.evidence, AnswerKey(root=folder), case.params)
        except SubmissionError as error:
            raise AssertionError(f"a key spoilt by {how!r} blames the candidate: {error}") from error
        except Exception:  # noqa: BLE001, S112 - any other exception is what the policy asks for
            continue
        assert score == right, f"a key spoilt by {how!r} changed the score: {score.reason}"


def broken_promise(grader: Grader[Any], case: Case, scratch: Path) -> str:
    """What of the contract it does not keep on ``case``, as a sentence; empty when it keeps all of it."""
    try:
        check_grader(grader, case, scratch / "spoilt")
        check_blame(grader, case, scratch)
    except AssertionError as error:
        return str(error)
    return ""


def case_of(run: Path, key: Path, params: Params) -> Case:
    """A graded run, judged against the folder of its answer key: a right answer of your own assignment."""
    return Case(Evidence.read(run), AnswerKey(root=key), params)


def outcome(grader: Grader[Any], case: Case) -> Score:
    """What `judge` makes of the three exits, without logging."""
    for stage in grader.needs:
        result = case.evidence.result(stage)
        if result.ended is not Ended.FINISHED:
            return Score.missing(f"{stage} did not finish: {result.reason}")
    try:
        return as_score(grader.grade(case.evidence, case.key, case.params))
    except SubmissionError as error:
        return Score.missing(str(error))
    except (Exception, SystemExit) as error:  # noqa: BLE001 - as judge does
        return Score.ungraded(f"{type(error).__name__}: {error}")


def opened(grader: Grader[Any], case: Case) -> tuple[str, ...]:
    """The evidence files that the grader opens on a right answer, as ``stage/name``."""
    evidence = case.evidence
    watched = _Watched(
        root=evidence.root,
        submission=evidence.submission,
        stages=evidence.stages,
        sandbox=evidence.sandbox,
    )
    outcome(grader, Case(watched, case.key, case.params))
    return tuple(sorted(watched.names))


class _Watched(Evidence):
    """Evidence that remembers which of its files were opened."""

    _names: set[str] = PrivateAttr(default_factory=set)

    @property
    def names(self) -> set[str]:
        return self._names

    def file(self, stage: str, name: str, *, max_bytes: int = MAX_EVIDENCE_BYTES) -> Path:
        path = super().file(stage, name, max_bytes=max_bytes)
        self._names.add(f"{stage}/{name}")
        return path


def _check_once(grader: Grader[Any], case: Case) -> Score:
    before = _digest(case.evidence.root), _digest(case.key.root)
    score = outcome(grader, case)
    assert outcome(grader, case).model_dump_json() == score.model_dump_json(), (
        "another answer the second time"
    )
    assert (_digest(case.evidence.root), _digest(case.key.root)) == before, (
        "the evidence or the key was changed"
    )
    assert score.reason.strip(), "no reason"
    if score.verdict is not Verdict.UNGRADED and score.value is not None and score.value < 1.0:
        # a SubmissionError has no place: catch it where it is raised, and answer Score.missing with a finding
        assert score.findings, f"a point is lost and no finding says where: {score.reason}"
        assert score.earn_back, f"a point is lost and nothing says how to earn it: {score.reason}"
        assert all(str(f.place) for f in score.findings), "a finding points nowhere"
    return score


def _spoilt_evidence(case: Case, name: str, scratch: Path) -> Iterator[tuple[str, Case]]:
    for how, spoil in BY_SUFFIX.get(Path(name).suffix, ANY).items():
        root = scratch / f"{name}-{how}".replace("/", "-").replace(" ", "-").replace(",", "")
        shutil.copytree(case.evidence.root, root)
        data = spoil((root / name).read_bytes())
        (root / name).unlink()
        if data is not None:
            (root / name).write_bytes(data)
        yield how, Case(_moved(case.evidence, root), case.key, case.params)
        shutil.rmtree(root)


def _moved(evidence: Evidence, root: Path) -> Evidence:
    return evidence.model_copy(update={"root": root})


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _edit(table: str, change: Callable[[pd.DataFrame], pd.DataFrame]) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        path = folder / f"{table}.parquet"
        change(pd.read_parquet(path)).to_parquet(path)

    return spoil


def _overwrite(table: str, data: bytes) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        (folder / f"{table}.parquet").write_bytes(data)

    return spoil


def _truncate(folder: Path) -> None:
    path = folder / "rows.parquet"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


KEY_SPOILS: dict[str, Callable[[Path], None]] = {
    "rows absent": lambda folder: (folder / "rows.parquet").unlink(),
    "anchors absent": lambda folder: (folder / "anchors.parquet").unlink(),
    "all absent": shutil.rmtree,
    "truncated": _truncate,
    "emptied": _overwrite("rows", b""),
    "not parquet": _overwrite("anchors", b"id,baseline\n"),
    "half the rows": _edit("rows", lambda t: t.iloc[: len(t) // 2]),
    "half the anchors": _edit("anchors", lambda t: t.iloc[: len(t) // 2]),
    "no rows": _edit("rows", lambda t: t.iloc[:0]),
    "a row twice": _edit("rows", lambda t: pd.concat([t, t.iloc[:1]])),
    "an anchor twice": _edit("anchors", lambda t: pd.concat([t, t.iloc[:1]])),
    "no label column": _edit("rows", lambda t: t.drop(columns="label")),
    "no id column": _edit("anchors", lambda t: t.drop(columns="id")),
    "no reference column": _edit("anchors", lambda t: t.drop(columns="reference")),
    "no probe column": _edit("rows", lambda t: t.drop(columns="probe")),
    "labels as text": _edit("rows", lambda t: t.assign(label=t["label"].astype(str))),
    "labels as floats": _edit("rows", lambda t: t.assign(label=t["label"].astype(float))),
    "labels of two": _edit("rows", lambda t: t.assign(label=2)),
    "labels all one": _edit("rows", lambda t: t.assign(label=1)),
    "ids as numbers": _edit("rows", lambda t: t.assign(id=range(len(t)))),
    "other ids": _edit("rows", lambda t: t.assign(id=[f"X{n}" for n in range(len(t))])),
    "NaN label": _edit("rows", lambda t: t.assign(label=t["label"].where(t.index > 0))),
    "NaN anchor": _edit("anchors", lambda t: t.assign(reference=t["reference"].where(t.index > 0))),
    "NaN id": _edit("rows", lambda t: t.assign(id=t["id"].where(t.index > 0))),
    "anchor above one": _edit("anchors", lambda t: t.assign(baseline=1.5)),
    "anchors as text": _edit("anchors", lambda t: t.assign(baseline="0.5")),
    "anchors by chance": _edit("anchors", lambda t: t.assign(reference=0.5)),
    "unknown role": _edit("rows", lambda t: t.assign(role="hidden")),
    "unknown rule": _edit("rows", lambda t: t.assign(rule=t["rule"].replace("equal", "same"))),
    "phi absent": lambda folder: (folder / "phi.parquet").unlink(),
    "phi empty": _edit("phi", lambda t: t.iloc[:0]),
    "phi without parts": _edit("phi", lambda t: t.drop(columns="parts")),
    "phi of nothing": _edit("phi", lambda t: t.assign(parts="")),
    "clinical as numbers": _edit("clinical", lambda t: t.assign(phrase=1.0)),
    "clinical absent": lambda folder: (folder / "clinical.parquet").unlink(),
    "monitor absent": lambda folder: (folder / "monitor.parquet").unlink(),
    "monitor empty": _edit("monitor", lambda t: t.iloc[:0]),
    "monitor always": _edit("monitor", lambda t: t.assign(shifted=True)),
    "monitor as text": _edit("monitor", lambda t: t.assign(shifted=t["shifted"].astype(str))),
    "monitor twice": _edit("monitor", lambda t: pd.concat([t, t.iloc[:1]])),
    "no base row": _edit("rows", lambda t: t.assign(variant=t["variant"].replace("base", "basis"))),
}
