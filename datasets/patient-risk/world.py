"""Real patients -> one edition's: outcome, tests, diagnoses; ``days`` from the assessment. No mess here.

The outcome is drawn anew in every edition, because the real one is on the public internet. Log-odds of it =
what the real deaths say of age, body, smoking, tests and history + three hidden ailments, each seen through
its own channel: liver (panel), kidney (the rise of creatinine), frailty (words in the notes). Ages, days and
values are jittered too, so that a patient of an edition is nobody in the public tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

import numpy as np
import pandas as pd
import source
from source import Cohort

RATE = 0.18  # of the outcome: death, or admission for heart or liver failure, within five years
REAL_WEIGHT = 1.15
AILMENT_WEIGHT = {"liver": 1.05, "kidney": 1.05, "frailty": 1.05}
WINDOW = 1095  # days of tests before the assessment, and after it where they are known
FIRST_DAY, LAST_DAY = np.datetime64("2014-01-06"), np.datetime64("2018-12-21")
SITES = ("Cedar", "Harbor", "Lakeview", "Northgate")
LATE = ("heart failure", "cardiac arrest", "atrial fibrillation", "stroke")
GAP_SITE, GAP_UNTIL = "Harbor", np.datetime64("2016-01-01")  # platelets were not exported there until then


@dataclass(frozen=True)
class People:
    """Everybody, with what nobody sees: `event` (bool), `frailty` and the two other ailments."""

    patients: pd.DataFrame
    labs: pd.DataFrame  # entity, days, test, value
    conditions: pd.DataFrame  # entity, days, condition


def stream(seed: int, *words: str) -> np.random.Generator:
    """A generator of its own for every draw: adding one moves no other."""
    return np.random.default_rng([seed, *(crc32(word.encode()) for word in words)])


def people(seed: int) -> People:
    """All 17,549 patients, their tests and diagnoses up to three years either side of the assessment."""
    real = source.cohort()
    patients = _jittered(seed, real.patients)
    for name in AILMENT_WEIGHT:
        patients[name] = stream(seed, "world", name).normal(size=len(patients))
    patients["event"] = _outcome(seed, source.risk_logit(patients, real), patients)
    labs = pd.concat([_measured(seed, real, patients), _panels(seed, patients)], ignore_index=True)
    return People(patients, _without_gap(labs, patients), _diagnosed(seed, real, patients))


def _jittered(seed: int, real: pd.DataFrame) -> pd.DataFrame:
    """Nobody's age, height or weight as they stand in the public table; sites and days are drawn."""
    rng = stream(seed, "world", "patients")
    many = len(real)
    days = (LAST_DAY - FIRST_DAY).astype(int)
    return real.assign(
        age=np.clip(real["age"] + rng.integers(-2, 3, many), 18, 97),
        height=(real["height"] + rng.normal(0.0, 1.0, many)).round(1),
        weight=(real["weight"] * (1.0 + rng.normal(0.0, 0.02, many))).round(1),
        site=rng.choice(SITES, many, p=(0.4, 0.2, 0.25, 0.15)),
        assessed_on=FIRST_DAY + rng.integers(0, days, many).astype("timedelta64[D]"),
        smoking=_smoking(rng, real["smoked"]),
    )


def _smoking(rng: np.random.Generator, smoked: pd.Series) -> np.ndarray:
    ever = np.where(rng.random(len(smoked)) < 0.6, "former", "current")
    return np.select([smoked.isna(), smoked.eq(1.0)], ["", ever], "never")


def _outcome(seed: int, real_logit: np.ndarray, patients: pd.DataFrame) -> np.ndarray:
    """One systematic draw along the risk: every chance is kept, and editions are equally hard."""
    logit = REAL_WEIGHT * real_logit
    for name, weight in AILMENT_WEIGHT.items():
        logit = logit + weight * patients[name].to_numpy()
    chance = 1.0 / (1.0 + np.exp(-(logit + _shift(logit))))
    order = np.argsort(chance, kind="stable")
    upto = np.floor(np.cumsum(chance[order]) + stream(seed, "world", "event").random())
    event = np.zeros(len(chance), dtype=bool)
    event[order] = np.diff(upto, prepend=0.0) > 0.0
    return event


def _shift(logit: np.ndarray) -> float:
    """What to add so that the mean chance is RATE (bisection)."""
    low, high = -20.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2.0
        below = float(np.mean(1.0 / (1.0 + np.exp(-(logit + middle))))) < RATE
        low, high = (middle, high) if below else (low, middle)
    return round((low + high) / 2.0, 9)


def _measured(seed: int, real: Cohort, patients: pd.DataFrame) -> pd.DataFrame:
    """Lipids and pressures of the real tests: the last three days of each before, the first three after."""
    rng = stream(seed, "world", "labs")
    labs = real.labs[real.labs["days"].between(-WINDOW, WINDOW)].sort_values(["entity", "test", "days"])
    after = labs["days"].gt(0)
    nth = labs["days"].abs().groupby([labs["entity"], labs["test"], after]).rank(method="first")
    labs = labs[nth.le(3.0)].reset_index(drop=True)
    moved = labs[["entity", "days"]].drop_duplicates()
    shift = rng.integers(-20, 21, len(moved))
    moved["to"] = np.where(
        moved["days"] > 0, np.maximum(moved["days"] + shift, 1), np.minimum(moved["days"] + shift, 0)
    )
    labs["days"] = labs.merge(moved, on=["entity", "days"], how="left", validate="many_to_one")["to"]
    labs["value"] = (labs["value"] * (1.0 + rng.normal(0.0, 0.03, len(labs)))).round(0)
    return labs[labs["entity"].isin(patients["entity"])]


def _panels(seed: int, patients: pd.DataFrame) -> pd.DataFrame:
    """Panels of alt, ast, platelets, creatinine: up to five before; after, more for whom it goes badly."""
    rng = stream(seed, "world", "panels")
    many = len(patients)
    before = np.minimum(1 + rng.poisson(1.7, many), 5) * (rng.random(many) > 0.08)
    after = rng.poisson(1.2 + 0.8 * patients["event"].to_numpy())
    habit = {name: rng.normal(size=many) for name in ("blood", "enzymes", "muscle")}
    parts = []
    for counts, sign in ((before, -1), (after, 1)):
        at = np.repeat(np.arange(many), counts)
        days = sign * rng.integers(1 if sign > 0 else 0, WINDOW, len(at))
        parts.append(_panel(rng, patients, habit, at, days))
    return pd.concat(parts, ignore_index=True)


def _panel(
    rng: np.random.Generator,
    patients: pd.DataFrame,
    habit: dict[str, np.ndarray],
    at: np.ndarray,
    days: np.ndarray,
) -> pd.DataFrame:
    """One panel a row of ``at``; what follows the assessment is worse where the outcome came."""
    worse = patients["event"].to_numpy()[at] * (days > 0) * (0.6 + days / WINDOW)
    liver = patients["liver"].to_numpy()[at] + 0.9 * worse
    rise = (patients["kidney"].to_numpy()[at] + 1.2 * worse) * np.clip(1.0 + days / WINDOW, 0.0, 1.6)
    noise = rng.normal(size=(4, len(at)))
    own = {name: values[at] for name, values in habit.items()}
    muscle = 0.15 * patients["male"].to_numpy()[at] + 0.12 * own["muscle"]
    logs = {
        "platelets": np.log(245.0) - 0.17 * liver + 0.10 * own["blood"] + 0.07 * noise[0],
        "ast": np.log(25.0) + 0.26 * liver + 0.22 * own["enzymes"] + 0.12 * noise[1],
        "alt": np.log(29.0) + 0.06 * liver + 0.26 * own["enzymes"] + 0.12 * noise[2],
        "creatinine": np.log(0.85) + muscle + 0.15 * rise + 0.05 * noise[3],
    }
    entity = patients["entity"].to_numpy()[at]
    rounding = {"creatinine": 2}
    tables = [
        pd.DataFrame(
            {"entity": entity, "days": days, "test": test, "value": np.exp(log).round(rounding.get(test, 0))}
        )
        for test, log in logs.items()
    ]
    return pd.concat(tables, ignore_index=True)


def _without_gap(labs: pd.DataFrame, patients: pd.DataFrame) -> pd.DataFrame:
    """One site's platelets were never exported for the first two years."""
    gap = patients["site"].eq(GAP_SITE) & patients["assessed_on"].lt(GAP_UNTIL)
    hit = labs["test"].eq("platelets") & labs["entity"].isin(patients["entity"][gap])
    return labs[~hit].reset_index(drop=True)


def _diagnosed(seed: int, real: Cohort, patients: pd.DataFrame) -> pd.DataFrame:
    """The real diagnoses, and later ones for some of whom the outcome came."""
    rng = stream(seed, "world", "conditions")
    history = real.conditions[real.conditions["days"].le(WINDOW)].copy()
    shift = rng.integers(-20, 21, len(history))
    days = history["days"].to_numpy()
    history["days"] = np.where(days > 0, np.maximum(days + shift, 1), np.minimum(days + shift, 0))
    ill = patients["entity"][patients["event"] & (rng.random(len(patients)) < 0.30)]
    late = pd.DataFrame(
        {
            "entity": ill.to_numpy(),
            "days": rng.integers(1, WINDOW, len(ill)),
            "condition": rng.choice(LATE, len(ill)),
        }
    )
    return pd.concat([history, late], ignore_index=True).drop_duplicates(["entity", "condition"])
