"""D4: latency, throughput, memory and cold start, as ratios to the reference's service on the same machine.

value = (.25 p50 + .15 p95 + .25 throughput + .15 memory + .20 cold start) x kept x related x skill

A ratio earns 1 up to 1.5, .5 at 3 and nothing from 10, straight between in its logarithm. Its interval (over
pairs of adjacent turns) is the candidate's benefit of the doubt: the end that is better for them counts, and
the score's interval goes down to the other end. What was not measured (memory, on some hosts) is left out.

kept     the share of rows whose answer under load is the one it gave at rest: all from 98 %, none at 80 %
related  do those answers rank the rows as the batch does? rank correlation, none at .2, all from .6
skill    min(1, A1 / .40), as in D2: a constant is quick
"""

from __future__ import annotations

import math

import numpy as np

from graders import answers, predictions, standing
from graders.answers import Answers
from graders.deployment import observed, turns
from graders.deployment.observed import Asked, Probe, quoted
from graders.deployment.parts import Part, first_of, score
from graders.deployment.turns import FILE, STAGE, THEIRS, Load, Ratio
from graders.ranking import Floats
from graders.standing import StandingParams
from graders.statistics import BASELINE_AT, ramp
from graders.violations import PredictionsError
from harness.errors import InfraError
from harness.model import AnswerKey, Chart, Evidence, Finding, Grader, Place, Score, Severity

PREDICT = "predict"
# RUBRIC: bands on the ratio <= 1.5x, 3x, 10x; fact 5: an interleaved ratio of p95 has a variation of .22
FULL_AT, HALF_AT, NOTHING_AT = 1.5, 3.0, 10.0
P50, P95, THROUGHPUT, MEMORY, COLD_START = 0.25, 0.15, 0.25, 0.15, 0.20
SAME = 1e-6  # as in D2 and D6
KEPT_NOTHING, KEPT_FULL = 0.80, 0.98
RELATED_NOTHING, RELATED_FULL = 0.2, 0.6
ADVICE = {
    "p50": "load the model once, and do per request only what that request needs",
    "p95": "keep slow work (loading, logging to disk, retraining) out of requests",
    "throughput": "let requests run side by side: no lock around a whole request, no sleep in it",
    "memory": "load one copy of the model, and no data, into the server",
    "cold_start": "import and load only what serving needs",
}
UNITS = {"p50": "ms", "p95": "ms", "throughput": "ms a row", "memory": "MB", "cold_start": "s"}
SCALE = {"ms": 1000.0, "ms a row": 1000.0, "MB": 1.0, "s": 1.0}


def grade(evidence: Evidence, key: AnswerKey, params: StandingParams) -> Score:
    """Five ratios, of answers that are its own."""
    sealed = answers.read(key)
    try:
        whole = predictions.read(evidence, PREDICT, sealed.ids)
    except PredictionsError as error:
        return error.score()
    skill = min(1.0, standing.stand(sealed, whole, "natural", params).place.value / BASELINE_AT)
    found = observed.probe(evidence)
    if isinstance(found, Score):
        return found
    load = observed.read(evidence, STAGE, FILE, Load)
    ratios = ratios_of(load)
    parts = [_part(name, weight, ratios[name]) for name, weight in _weights(ratios).items()]
    kept, reasons = _honest(load, found, sealed, whole, skill)
    worst = min(reasons, key=lambda reason: reason[0])
    graded = score(parts, factor=kept, because=worst[1], measures=_measures(ratios, reasons))
    low = kept * _mean([(part.weight, band(ratios[part.name].high)) for part in parts])
    interval = (round(min(low, graded.value or 0.0), 6), graded.value or 0.0)
    return graded.model_copy(update={"interval": interval, "charts": (_chart(ratios),)})


def ratios_of(load: Load) -> dict[str, Ratio]:
    """What could be measured, by name.

    Raises:
        InfraError: the reference answered nothing.
    """
    measured = {
        "p50": load.by_turns(lambda turn: turn.latency_s(0.50)),
        "p95": load.by_turns(lambda turn: turn.latency_s(0.95)),
        "throughput": load.by_turns(lambda turn: turn.seconds_a_row),
        "memory": load.by_rounds(lambda server: server.peak_memory_mb),
        "cold_start": load.by_rounds(lambda server: server.cold_start_s),
    }
    known = {name: ratio for name, ratio in measured.items() if ratio is not None}
    if missing := {"p50", "p95", "throughput", "cold_start"} - known.keys():
        raise InfraError(f"the reference's service was not measured: {', '.join(sorted(missing))}")
    return known


def band(ratio: float) -> float:
    """1 up to FULL_AT, .5 at HALF_AT, 0 from NOTHING_AT; straight in the logarithm between them."""
    if ratio <= HALF_AT:
        return 0.5 + 0.5 * ramp(math.log(ratio), zero=math.log(HALF_AT), full=math.log(FULL_AT))
    return 0.5 * ramp(math.log(ratio), zero=math.log(NOTHING_AT), full=math.log(HALF_AT))


def _weights(ratios: dict[str, Ratio]) -> dict[str, float]:
    weights = {"p50": P50, "p95": P95, "throughput": THROUGHPUT, "memory": MEMORY, "cold_start": COLD_START}
    return {name: weight for name, weight in weights.items() if name in ratios}


def _part(name: str, weight: float, ratio: Ratio) -> Part:
    value, unit = band(ratio.low), UNITS[name]
    mine, theirs = ratio.mine * SCALE[unit], ratio.reference * SCALE[unit]
    told = (
        f"{name.replace('_', ' ').capitalize()}: {ratio.centre:.2f} of the reference's"
        f" ({ratio.low:.2f} to {ratio.high:.2f}; {mine:.3g} against {theirs:.3g} {unit})."
    )
    if value >= 1.0:
        return Part(name, weight, 1.0, told)
    finding = Finding(
        what=told,
        place=Place(file=FILE, stage=STAGE),
        severity=Severity.MAJOR if value < 0.5 else Severity.MINOR,
        fix=ADVICE[name],
        rule=f"slow-{name.replace('_', '-')}" if name != "memory" else "much-memory",
    )
    return Part(name, weight, value, told, (finding,), ADVICE[name])


def _honest(
    load: Load, found: Probe, sealed: Answers, whole: Floats, skill: float
) -> tuple[float, list[tuple[float, Finding]]]:
    """How far the quick answers are answers, and each reason with what it leaves."""
    asked = load.asked(THEIRS)
    at_rest = {one.id: one.prediction for one in (*found.many, *found.one) if one.prediction is not None}
    differ = [one for one in asked if not _same(one, at_rest.get(one.id))]
    share = 1.0 - len(differ) / len(asked)
    kept = ramp(share, zero=KEPT_NOTHING, full=KEPT_FULL)
    related = ramp(_rank_correlation(asked, sealed, whole), zero=RELATED_NOTHING, full=RELATED_FULL)
    shown = first_of([_other_answer(one, at_rest.get(one.id)) for one in differ])
    first = f": {shown[0].what}" if shown else ""
    reasons = [
        (kept, _reason(
            f"Under load {share:.0%} of {len(asked)} rows got the answer they got at rest{first}",
            "answer the same whether you are asked once or often", "other-answers-under-load",
            tuple(one.id for one in differ[:5]),
        )),
        (related, _reason(
            "What it answers under load hardly ranks the rows as the batch command does",
            "serve the model that your training wrote", "answers-of-no-model",
        )),
        (skill, _reason(
            f"It is worth {skill:.0%} of this: the model itself is below a simple honest baseline (see A1)",
            "serve a model that is at least as good as the baseline", "no-skill",
        )),
    ]  # fmt: skip
    return kept * related * skill, reasons


def _same(one: Asked, at_rest: float | None) -> bool:
    return one.prediction is not None and at_rest is not None and abs(one.prediction - at_rest) <= SAME


def _rank_correlation(asked: list[Asked], sealed: Answers, whole: Floats) -> float:
    """Spearman's, of what was served under load and what the batch command says of the same rows."""
    pairs = [(one.prediction, _batch(one.id, sealed, whole)) for one in asked if one.prediction is not None]
    if len(pairs) < turns_needed():
        return 0.0
    ranks = [np.unique(np.array(side), return_inverse=True)[1] for side in zip(*pairs, strict=True)]
    mean = [_mean_ranks(side) for side in ranks]
    if any(float(np.ptp(side)) == 0.0 for side in mean):
        return 0.0
    return float(np.corrcoef(mean[0], mean[1])[0, 1])


def turns_needed() -> int:
    """Fewer answers than this say nothing of a ranking."""
    return 8


def _mean_ranks(groups: np.ndarray) -> Floats:
    """Ranks from the numbers of sorted groups; ties get the mean of theirs."""
    counts = np.bincount(groups)
    ends = np.cumsum(counts)
    found: Floats = (ends - (counts - 1) / 2.0)[groups]
    return found


def _batch(name: str, sealed: Answers, whole: Floats) -> float:
    if name not in sealed.ids.at:
        raise InfraError(f"the prober asked for a row that the answer key does not have: {name[:40]}")
    return float(whole[sealed.ids.at[name]])


def _other_answer(one: Asked, at_rest: float | None) -> Finding:
    now = one.told if one.prediction is None else f"{one.prediction:.9g}"
    before = "nothing" if at_rest is None else f"{at_rest:.9g}"
    return _reason(
        f"row {quoted(one.id)}: {before} at rest, {now} under load", "", "other-answers-under-load"
    )


def _reason(what: str, fix: str, rule: str, rows: tuple[str, ...] = ()) -> Finding:
    place = Place(file=FILE, rows=rows, stage=STAGE)
    return Finding(what=what[:1500], place=place, severity=Severity.MAJOR, fix=fix, rule=rule)


def _mean(weighted: list[tuple[float, float]]) -> float:
    return sum(w * v for w, v in weighted) / sum(w for w, _ in weighted)


def _measures(ratios: dict[str, Ratio], reasons: list[tuple[float, Finding]]) -> dict[str, float]:
    found = {f"{name}_ratio": ratio.centre for name, ratio in ratios.items()}
    found |= {f"{name}_seconds": ratios[name].mine for name in ("p50", "p95", "cold_start")}
    found["rows_a_second"] = 1.0 / max(turns.FASTEST_S, ratios["throughput"].mine)
    return found | {reason.rule: left for left, reason in reasons}


def _chart(ratios: dict[str, Ratio]) -> Chart:
    return Chart(
        kind="intervals",
        title="Your service in units of the reference's",
        y_label="ratio, less is better",
        x=tuple(name.replace("_", " ") for name in ratios),
        y=tuple(round(ratio.centre, 4) for ratio in ratios.values()),
        low=tuple(round(ratio.low, 4) for ratio in ratios.values()),
        high=tuple(round(ratio.high, 4) for ratio in ratios.values()),
        limit=FULL_AT,
        caption="Asked in turns on the same machine; up to the dashed line nothing is lost.",
    )


GRADER = Grader(name="speed", needs=(PREDICT, STAGE), params=StandingParams, grade=grade)
