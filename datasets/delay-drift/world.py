"""Real flights -> flights as they might have been: outcome, planes and delays are drawn anew.

Real are the schedule, the routes, the weather and what the real outcomes say of them (`source.late_logit`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import source

from harness.mess import stream

YEAR = 2019  # its days fall on the weekdays of 2013
CONCEPT = 11  # from this month on other things make a flight late
LATE = 15  # minutes
RATE = 0.27
# what of the real log-odds counts, before and since November: the gates of the airlines changed hands,
# and the evening lost its wave of departures
WEIGHTS = {"hour": 1.6, "carrier": 1.6, "origin": 1.0, "weekday": 1.0, "weather": 1.6}
SINCE = WEIGHTS | {"hour": 0.3, "carrier": -1.6}
ORIGIN_SINCE = {"EWR": 0.55, "JFK": -0.75, "LGA": 0.2}
INBOUND = 0.030  # log-odds a minute that the incoming aircraft is behind
INBOUND_LEAST, INBOUND_MOST = 5.0, 90.0
# share of the hours at an airport in which a storm comes up that no report foretold; its log-odds
STORMS, STORM = 0.10, 1.7
AGE, OWN = 0.25, 0.35  # log-odds for a standard deviation of age; of what else is the matter with a plane
BEHIND = 0.30  # share of the incoming aircraft that are knocked out of their plan
BLOCK = 20  # flights
JITTER = 4  # minutes by which the timetable is changed
GROUND, SPEED = 42.0, 7.8  # minutes on the ground, miles a minute: scheduled time from gate to gate
OBSERVED = {-4: 1.0, -2: 1.0, 1: 0.9}  # hours from the scheduled one: share of the flights that have a line
NOISE = {"temp": 1.5, "humid": 3.0, "wind_speed": 1.2, "precip": 0.0, "pressure": 0.4, "visib": 0.0}
DECIMALS = {"temp": 1, "humid": 1, "wind_speed": 1, "precip": 2, "pressure": 1, "visib": 1}


@dataclass(frozen=True)
class World:
    """One edition's truth. `flights`: one line a flight, by ``entity``; `planes`: by ``tailnum``."""

    flights: pd.DataFrame
    planes: pd.DataFrame


def live(seed: int, chosen: pd.DataFrame) -> World:
    """``chosen``: rows of `source.flights()` (the index says which) with ``entity`` and ``part``."""
    frame = chosen.reset_index(names="real")
    frame["storm"] = _storms(seed, frame)
    tails, planes = _fleet(seed)
    logit = _logit(frame) + frame["tailnum"].map(planes.set_index("real")["logit"]).fillna(0.0)
    behind = _behind(seed, len(frame))
    told = np.clip(behind, INBOUND_LEAST, INBOUND_MOST) - INBOUND_LEAST
    foretold = logit + INBOUND * told
    logit = foretold + STORM * frame["storm"]
    luck = _luck(seed, foretold, frame["part"])
    frame["late"] = luck < _sigmoid(logit.to_numpy() + _intercept(logit.to_numpy()))
    frame["logit"] = logit.to_numpy()
    frame["inbound"] = behind.round()
    frame = _timetable(seed, frame)
    frame["tailnum"] = frame["tailnum"].map(tails).fillna("")
    frame["flight"] = frame["carrier"].map(_numbers(seed)) + frame["flight"]
    known = planes[planes["listed"]].assign(tailnum=lambda table: table["real"].map(tails))
    shown = known[["tailnum", "year", "manufacturer", "seats", "engine"]].sort_values("tailnum")
    return World(frame, shown.reset_index(drop=True))


def _logit(frame: pd.DataFrame) -> pd.Series:
    said = source.late_logit().loc[frame["real"]].reset_index(drop=True)
    since = frame["month"].ge(CONCEPT).to_numpy()
    total = np.where(since, frame["origin"].map(ORIGIN_SINCE), 0.0)
    for part in WEIGHTS:
        total = total + said[part] * np.where(since, SINCE[part], WEIGHTS[part])
    return pd.Series(total, index=frame.index)


def _intercept(logit: np.ndarray) -> float:
    """The constant that makes RATE of the flights late, by bisection."""
    low, high = -12.0, 12.0
    while high - low > 1e-9:
        middle = (low + high) / 2
        low, high = (middle, high) if _sigmoid(logit + middle).mean() < RATE else (low, middle)
    return round(low, 6)


def _sigmoid(logit: np.ndarray) -> np.ndarray:
    chance: np.ndarray = 1.0 / (1.0 + np.exp(-logit))
    return chance


def _luck(seed: int, foretold: pd.Series, part: pd.Series) -> np.ndarray:
    """Uniform in 0..1, spread evenly over every BLOCK of neighbours in ``foretold`` within a part.

    Each flight's chance is what it would be with plain draws; how many of a block are late hardly varies,
    so that editions are equally difficult (systematic sampling).
    """
    rng = stream(seed, "world", "late", "draw")
    jumbled = pd.DataFrame({"part": part, "foretold": foretold}).reset_index(drop=True)
    order = jumbled.sort_values(["part", "foretold"]).index.to_numpy()
    places = np.argsort(rng.random((-(-len(order) // BLOCK), BLOCK)), axis=1).ravel()[: len(order)]
    luck = np.empty(len(order))
    luck[order] = (places + rng.random(len(order))) / BLOCK
    return luck


def _storms(seed: int, frame: pd.DataFrame) -> pd.Series:
    """Where a storm stood over the airport in the hour of departure: seen in no report before it."""
    rng = stream(seed, "world", "storm", "draw")
    airports = np.sort(source.flights()["origin"].unique())
    hours = rng.random((len(airports), 13, 32, 24)) < STORMS
    at = np.searchsorted(airports, frame["origin"])
    return pd.Series(hours[at, frame["month"], frame["day"], frame["hour"]], index=frame.index)


def _behind(seed: int, count: int) -> np.ndarray:
    """How far the incoming aircraft is behind its plan, minutes; below zero it is early."""
    rng = stream(seed, "world", "inbound", "draw")
    knocked = rng.random(count) < BEHIND
    return np.where(knocked, rng.exponential(38.0, count), rng.normal(-4.0, 7.0, count))


def _fleet(seed: int) -> tuple[dict[str, str], pd.DataFrame]:
    """New tail numbers for real ones; and every plane: real, listed (in the registry), logit, and more."""
    rng = stream(seed, "world", "tailnum", "draw")
    every = np.sort(source.flights()["tailnum"].unique())
    every = every[every != ""]
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    codes = rng.choice(900 * len(letters) ** 2, len(every), replace=False)
    names = [f"N{100 + code // 576}{letters[code % 576 // 24]}{letters[code % 24]}" for code in codes]
    known = source.planes()
    planes = pd.DataFrame({"real": every}).merge(known, left_on="real", right_on="tailnum", how="left")
    planes["listed"] = planes["manufacturer"].notna()
    age = 2013.0 - planes["year"].fillna(2001.0)
    own = rng.normal(0.0, OWN, len(planes))
    planes["logit"] = AGE * ((age - 12.0) / 7.0).clip(-2, 3) + own
    planes["year"] = planes["year"] + (YEAR - 2013)
    return dict(zip(every, names, strict=True)), planes


def _numbers(seed: int) -> dict[str, int]:
    """By how much the flight numbers of an airline are moved."""
    rng = stream(seed, "world", "flight", "draw")
    return {carrier: int(rng.integers(100, 900)) for carrier in source.airlines()["carrier"]}


def _timetable(seed: int, frame: pd.DataFrame) -> pd.DataFrame:
    """Scheduled and actual times of the clock in New York, as datetimes; air_time in minutes."""
    rng = stream(seed, "world", "times", "draw")
    day = pd.to_datetime({"year": YEAR, "month": frame["month"], "day": frame["day"]})
    minute = (frame["minute"] + rng.integers(-JITTER, JITTER + 1, len(frame))).clip(5, 1430)
    flying = frame["distance"] / SPEED
    departs = day + pd.to_timedelta(minute, unit="min")
    arrives = departs + pd.to_timedelta((GROUND + flying).round(), unit="min")
    late = frame["late"].to_numpy()
    much, little = rng.exponential(38.0, len(frame)), rng.normal(-8.0, 10.0, len(frame))
    behind = np.where(late, LATE + much, np.minimum(little, LATE - 1))
    air = (flying + 8.0 + 0.3 * behind + rng.normal(0, 4, len(frame))).round().clip(lower=15)
    flown = frame["flown"]
    return frame.assign(
        date=day,
        departs=departs,
        arrives=arrives,
        arrived=(arrives + pd.to_timedelta(np.round(behind), unit="min")).where(flown),
        air_time=air.where(flown),
    )


def weather(seed: int, part: str, frame: pd.DataFrame, *, future: bool) -> pd.DataFrame:
    """What the stations said before each flight, and after it (``future``): entity, row, at, figures."""
    tables = []
    for hours, share in OBSERVED.items():
        if hours > 0 and not future:
            continue
        rng = stream(seed, part, "weather", str(hours))
        seen = source.weather_at(frame, hours).reset_index(drop=True)
        kept = rng.random(len(frame)) < share
        for column, spread in NOISE.items():
            noisy = seen[column] + rng.normal(0.0, 1.0, len(seen)) * spread
            seen[column] = noisy.clip(lower=0.0 if column != "temp" else None).round(DECIMALS[column])
        if hours > 0:
            seen = _stormy(seen, frame["storm"].to_numpy(), rng)
        about = rng.integers(-9, 10, len(frame)) + 60 * (frame["hour"] + hours)
        at = frame["date"] + pd.to_timedelta(about, unit="min")
        row = frame["entity"] + f"#W{hours}"
        seen = seen.assign(entity=frame["entity"].to_numpy(), row=row.to_numpy(), at=at.to_numpy())
        tables.append(seen[kept & seen["temp"].notna()])
    return pd.concat(tables, ignore_index=True)


def _stormy(seen: pd.DataFrame, storm: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    """Rain, wind and mist of a storm on top of what the station said."""
    count = len(seen)
    rain, gusts, mist = rng.uniform(0.1, 0.6, count), rng.uniform(6, 16, count), rng.uniform(0.5, 4, count)
    return seen.assign(
        precip=np.where(storm, seen["precip"] + rain, seen["precip"]).round(2),
        wind_speed=np.where(storm, seen["wind_speed"] + gusts, seen["wind_speed"]).round(1),
        visib=np.where(storm, np.minimum(seen["visib"], mist), seen["visib"]).round(1),
    )
