"""A row's prediction depends on the row: the same alone, and in another order among others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graders import predictions
from graders.answers import Ids
from graders.model_data.ruler import Ruler
from graders.ranking import Floats
from graders.violations import EXAMPLES, PredictionsError
from harness.model import Ended, Evidence

ONE, SHUFFLED = "predict-one", "predict-shuffled"
EXACT = 1e-6  # float32 sums in another order differ by less
NAMES = {ONE: "one row alone", SHUFFLED: "rows and columns in another order"}
FIXES = {
    ONE: "learn everything in train: statistics of the rows to predict must not change a prediction",
    SHUFFLED: "match rows by id and columns by name; let no row's prediction depend on its neighbours",
}


@dataclass(frozen=True)
class Check:
    """How one of the two went."""

    probe: str
    stage: str
    value: float
    told: str
    fix: str
    mean_shift: float | None = None
    mean_dp: float | None = None
    rows: tuple[str, ...] = ()


def check(
    evidence: Evidence, stage: str, ids: Ids, whole: Floats, ruler: Ruler, *, rows: int, tolerance: float
) -> Check | None:
    """Compare a stage that was given ``rows`` of the rows with ``predict``; None when it was not run.

    A prediction is the same within EXACT, and within ``tolerance`` on the ruler's common scale, so that
    squeezed predictions do not pass.
    """
    result = evidence.result(stage)
    if result.ended is Ended.SKIPPED:
        return None
    name, fix = NAMES[stage], FIXES[stage]
    if result.ended is not Ended.FINISHED:
        return Check(name, stage, 0.0, f"it did not run: {result.reason or result.ended.value}", fix)
    try:
        at, values = predictions.read_some(evidence, stage, ids)
    except PredictionsError as error:
        return Check(name, stage, 0.0, str(error), fix)
    if len(at) != rows:
        return Check(name, stage, 0.0, f"{rows:,} rows were given and {len(at):,} came back", fix)
    dp = np.abs(values - whole[at])
    shifts = ruler.shifts(whole[at], values)
    differ = np.flatnonzero((dp > EXACT) | (shifts > tolerance))
    worst = differ[np.argsort(-shifts[differ], kind="stable")][:EXAMPLES]
    told = f"{differ.size:,} of {rows:,} predictions differ from those in one batch"
    if worst.size:
        n = worst[0]
        told += f"; e.g. {ids.names[at[n]]}: {whole[at[n]]:.6f} -> {values[n]:.6f}"
    names = tuple(ids.names[at[n]] for n in worst)
    value = 1.0 - differ.size / rows
    return Check(name, stage, value, told, fix, float(shifts.mean()), float(dp.mean()), names)
