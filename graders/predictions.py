"""predictions.csv -> probabilities aligned by id, or named violations (SECURITY, MUST 8)."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

import numpy as np

from graders import strict_csv
from graders.answers import Ids
from graders.ranking import Bools, Floats, Ints
from graders.violations import (
    EXAMPLES,
    FILE,
    PredictionsError,
    Problem,
    Violation,
    bare,
    invalid,
    some,
)
from harness.errors import SubmissionError
from harness.model import MAX_EVIDENCE_BYTES, Evidence

# A probability may be off by summation error (float32 averages); more than this is another quantity.
OVERSHOOT = 1e-6
# Predictions count to 40 bits of mantissa, twelve digits: enough for any model, and too few to hide a
# second, finer order inside predictions that look constant (see model_data/ruler.py).
PRECISION_BITS = 40
NO_NUMBER = frozenset({"", "nan", "na", "n/a", "null", "none", "<na>", "-nan", "+nan"})


def read(evidence: Evidence, stage: str, ids: Ids) -> Floats:
    """One probability for every id of ``ids``, in that order; read-only.

    Raises:
        PredictionsError: the file is absent or breaks the contract in any way.
    """
    try:
        return _whole(_bytes(evidence, stage), ids)
    except PredictionsError as error:
        raise PredictionsError(error.problems, stage=stage) from None


def read_some(evidence: Evidence, stage: str, ids: Ids) -> tuple[Ints, Floats]:
    """Positions in ``ids`` and probabilities, from a stage that was given a part of the rows.

    Raises:
        PredictionsError: the file is absent or breaks the contract; missing ids are not known here.
    """
    try:
        at, values, problems = _parse(_bytes(evidence, stage), ids)
        if problems:
            raise PredictionsError(problems)
    except PredictionsError as error:
        raise PredictionsError(error.problems, stage=stage) from None
    return at, values


def _bytes(evidence: Evidence, stage: str) -> bytes:
    try:
        path = evidence.file(stage, FILE)
    except SubmissionError as error:
        there = evidence.root / stage / FILE
        large = there.is_file() and not there.is_symlink()
        raise invalid(Violation.TOO_LARGE if large else Violation.ABSENT, str(error)) from None
    with path.open("rb") as file:
        return file.read(MAX_EVIDENCE_BYTES + 1)


@lru_cache(maxsize=2)  # several graders read the same file; equal bytes mean equal numbers
def _whole(data: bytes, ids: Ids) -> Floats:
    at, values, problems = _parse(data, ids)
    problems = (*_missing(at, ids), *problems)
    if problems:
        raise PredictionsError(problems)
    aligned = np.empty(len(ids.names))
    aligned[at] = values
    aligned.setflags(write=False)
    return aligned


def _parse(data: bytes, ids: Ids) -> tuple[Ints, Floats, tuple[Problem, ...]]:
    """Positions (-1: no such id), numbers (NaN: none) and what is wrong with either."""
    names, cells = strict_csv.parse(data, max_rows=2 * len(ids.names) + 1000)
    at = np.fromiter((ids.at.get(name, -1) for name in names), dtype=np.int64, count=len(names))
    values, problems = _numbers(names, cells)
    return at, values, (*_extra(at, names, ids), *_duplicates(at, ids), *problems)


def _missing(at: Ints, ids: Ids) -> tuple[Problem, ...]:
    there = np.zeros(len(ids.names), dtype=np.bool_)
    there[at[at >= 0]] = True
    if there.all():
        return ()
    absent = [ids.names[n] for n in np.flatnonzero(~there)]
    message = f"{len(absent):,} of {len(ids.names):,} rows have no prediction: {some(absent)}"
    return (Problem(Violation.MISSING_IDS, message, tuple(absent[:EXAMPLES])),)


def _duplicates(at: Ints, ids: Ids) -> tuple[Problem, ...]:
    counts = np.bincount(at[at >= 0], minlength=len(ids.names))
    if counts.max(initial=0) < 2:
        return ()
    twice = [ids.names[n] for n in np.flatnonzero(counts > 1)]
    message = f"{len(twice):,} ids have more than one row: {some(twice)}; a join may have multiplied rows"
    return (Problem(Violation.DUPLICATE_IDS, message, tuple(twice[:EXAMPLES])),)


def _extra(at: Ints, names: list[str], ids: Ids) -> tuple[Problem, ...]:
    if (at >= 0).all():
        return ()
    extra = list(Counter(names[n] for n in np.flatnonzero(at < 0)))
    message = f"{len(extra):,} ids are not in the input: {some(extra)}{_lost_text(extra[0], ids)}"
    return (Problem(Violation.EXTRA_IDS, message, tuple(bare(name) for name in extra[:EXAMPLES])),)


def _lost_text(name: str, ids: Ids) -> str:
    """The usual accidents: an id read as a number, or a stray space."""
    if name.strip() in ids.at:
        return "; ids carry spaces around them"
    whole = name.removesuffix(".0")
    if whole in ids.at or any(whole.zfill(width) in ids.at for width in range(len(whole) + 1, 13)):
        return "; ids are text: read them with dtype=str"
    return ""


def _numbers(names: list[str], cells: list[str]) -> tuple[Floats, tuple[Problem, ...]]:
    plain = "".join(cells)
    try:
        if "_" in plain or not plain.isascii():  # float() takes 1_0 and Arabic digits; CSV readers do not
            raise ValueError
        values = np.fromiter(map(float, cells), dtype=np.float64, count=len(cells))
    except ValueError:
        values = np.array([_number(cell) for cell in cells])
    outside = np.isfinite(values) & ((values < -OVERSHOOT) | (values > 1.0 + OVERSHOOT))
    bad = np.isnan(values) | np.isinf(values) | outside
    problems = _name_values(names, cells, values, bad) if bad.any() else ()
    return _to_precision(np.clip(values, 0.0, 1.0)), problems


def _number(cell: str) -> float:
    """The number a cell says, or NaN: what it says instead is named later."""
    try:
        return float(cell) if cell.isascii() and "_" not in cell else np.nan
    except ValueError:
        return np.nan


def _name_values(names: list[str], cells: list[str], values: Floats, bad: Bools) -> tuple[Problem, ...]:
    found: dict[Violation, list[int]] = {}
    for n in np.flatnonzero(bad):
        found.setdefault(_violation(cells[n], float(values[n])), []).append(int(n))
    says = {
        Violation.NOT_A_NUMBER: "hold no number",
        Violation.TEXT: "hold text where a probability belongs",
        Violation.INFINITE: "are infinite",
        Violation.OUT_OF_RANGE: "are outside 0..1; a prediction is a probability, not a score or a percent",
    }
    problems = []
    for violation in says:
        if at := found.get(violation):
            examples = some([f"{names[n]}: {cells[n]}" for n in at])
            rows = tuple(bare(names[n]) for n in at[:EXAMPLES])
            message = f"{len(at):,} of {len(cells):,} predictions {says[violation]}: {examples}"
            problems.append(Problem(violation, message, rows))
    return tuple(problems)


def _violation(cell: str, value: float) -> Violation:
    if cell.strip().lower() in NO_NUMBER:
        return Violation.NOT_A_NUMBER
    if np.isnan(value):
        return Violation.TEXT
    return Violation.INFINITE if np.isinf(value) else Violation.OUT_OF_RANGE


def _to_precision(values: Floats) -> Floats:
    mantissa, exponent = np.frexp(values)
    kept: Floats = np.ldexp(np.round(np.ldexp(mantissa, PRECISION_BITS)), exponent - PRECISION_BITS)
    return kept
