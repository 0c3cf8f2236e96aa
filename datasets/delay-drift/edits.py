"""Who can be asked by a probe, and one way each to write a flight again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import recipe
from recipe import OLD
from tables import MINUTE, Tables

from harness.mess.forms import Form
from harness.mess.numbers import scaled_text


@dataclass(frozen=True)
class Rows:
    """What an edit may draw on: the messy rows, the same rows without mess, and the truth of the flights."""

    messy: Tables
    plain: Tables
    truth: pd.DataFrame


Edit = Callable[[Rows, np.random.Generator], Tables]


# ------------------------------------------------------------------------------- who can be asked


def anyone(truth: pd.DataFrame) -> pd.Series:
    return truth["distance"].gt(0)


def before_the_change(truth: pd.DataFrame) -> pd.Series:
    """Flights of summer mornings: a later hour was worse then."""
    return truth["month"].le(8) & truth["hour"].between(6, 9)


def behind(truth: pd.DataFrame) -> pd.Series:
    """Whose incoming aircraft is an hour or more behind: it can be told in minutes and in hours."""
    return truth["inbound"].ge(60)


# ------------------------------------------------------------------------------- edits


def flights(**columns: str) -> Edit:
    """Write these columns of the flights: a constant text each."""

    def edit(rows: Rows, rng: np.random.Generator) -> Tables:
        return replace(rows.messy, flights=rows.messy.flights.assign(**columns))

    return edit


def flown(unit: str, factor: float) -> Edit:
    """The distance in a unit that is named."""

    def edit(rows: Rows, rng: np.random.Generator) -> Tables:
        far = [scaled_text(value, factor, 1) for value in rows.plain.flights["distance"]]
        return replace(rows.messy, flights=rows.messy.flights.assign(distance=far, distance_unit=unit))

    return edit


def spelled(carrier: Form, other: Form) -> Edit:
    """Airline, airport and tail number rewritten from the clean text."""

    def edit(rows: Rows, rng: np.random.Generator) -> Tables:
        frame = rows.messy.flights.copy()
        for column, form in (("carrier", carrier), ("origin", other), ("tailnum", other)):
            pairs = zip(rows.plain.flights[column], rng.random(len(frame)), strict=True)
            frame[column] = [form(value, u) if value else value for value, u in pairs]
        return replace(rows.messy, flights=frame)

    return edit


def timed(form: Form, *, system: str) -> Edit:
    """All times of the timetable in one form, and the system that writes it so."""

    def edit(rows: Rows, rng: np.random.Generator) -> Tables:
        times = {c: [form(v, 0.0) for v in rows.plain.flights[c]] for c in ("sched_dep", "sched_arr")}
        return replace(rows.messy, flights=rows.messy.flights.assign(**times, system=system))

    return edit


def later(hours: int) -> Edit:
    """The whole flight so many hours later on its day; the weather lines stay as many hours before it."""

    def edit(rows: Rows, rng: np.random.Generator) -> Tables:
        frame, observed = rows.messy.flights.copy(), rows.plain.weather.copy()
        move = pd.to_timedelta(hours, unit="h")
        for column in ("sched_dep", "sched_arr"):
            moved = (pd.to_datetime(rows.plain.flights[column]) + move).dt.strftime(MINUTE)
            frame[column] = [recipe.digits(value) for value in moved]
        at = pd.to_datetime(observed["observed_at"]) + move
        observed["observed_at"] = at.dt.strftime("%Y-%m-%d %H:%M")
        return Tables(frame.assign(system=OLD), observed)

    return edit


def windy(unit: str, factor: float) -> Edit:
    """Wind in a unit that is named, in every line."""

    def edit(rows: Rows, rng: np.random.Generator) -> Tables:
        observed = rows.plain.weather
        speed = [scaled_text(value, factor, 4) for value in observed["wind_speed"]]
        return replace(rows.messy, weather=observed.assign(wind_speed=speed, wind_unit=unit))

    return edit


def observed(times: int) -> Edit:
    """Every line of the weather so many times, in another order."""

    def edit(rows: Rows, rng: np.random.Generator) -> Tables:
        whole = pd.concat([rows.messy.weather.drop_duplicates("row")] * times, ignore_index=True)
        return replace(rows.messy, weather=whole.iloc[rng.permutation(len(whole))].reset_index(drop=True))

    return edit


def tail(mark: str) -> Edit:
    """A tail number that no registry and no other flight has; ``mark`` keeps two of them apart."""

    def edit(rows: Rows, rng: np.random.Generator) -> Tables:
        numbers = rng.permutation(9000)[: len(rows.messy.flights)] + 1000
        unknown = [f"N{number}{mark}" for number in numbers]
        return replace(rows.messy, flights=rows.messy.flights.assign(tailnum=unknown))

    return edit


def after_landing(*, late: bool) -> Edit:
    """Filled in as after a flight that was late, or was not."""

    def edit(rows: Rows, rng: np.random.Generator) -> Tables:
        far = rows.plain.flights["distance"].astype(float)
        minutes = 55 if late else -12
        air = (far / 7.8 + 8 + 0.3 * minutes).round().astype(int).astype(str)
        landed = pd.to_datetime(rows.plain.flights["sched_arr"]) + pd.to_timedelta(minutes, unit="min")
        frame = rows.messy.flights.assign(air_time=air, arr_time=landed.dt.strftime("%H:%M"))
        return replace(rows.messy, flights=frame)

    return edit


def inbound(form: Form) -> Edit:
    """How far the incoming aircraft is behind, in one form."""

    def edit(rows: Rows, rng: np.random.Generator) -> Tables:
        told = [form(value, 0.0) for value in rows.plain.flights["inbound_delay"]]
        return replace(rows.messy, flights=rows.messy.flights.assign(inbound_delay=told))

    return edit
