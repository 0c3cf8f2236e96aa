"""Clean tables -> what the airports' systems export. Recipes only: the operators are `harness.mess`.

Train, validation, natural and probe rows have one dose; the stressed rows a higher one, in other forms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from tables import ICAO, NAMES, Tables

from harness.mess import (
    Step,
    again,
    date_forms,
    equals,
    forms,
    messy,
    missing,
    relabel,
    respell,
    scaled,
    sentinel,
    stream,
)
from harness.mess.forms import Form

OLD, NEW = "OPSNET", "ATLAS"  # the new system: colons in times, kilometres, three letters an airline
CHANGE = 9  # the month in which the export changed
PILOT = 0.06  # of the flights were in the new system before
STRAGGLERS = 0.08  # of the flights are in the old system still
# of the flights came to a gate without a clock: a column that is the outcome, filled everywhere in training
# and nowhere when scoring, costs who believes it the whole model, and a trap is to cost a lesson
NO_CLOCK = 0.7
KILOMETRES, KNOTS = 1.609344, 1 / 1.15077945
CARRIED = ["month"]


def clock(value: str, u: float = 0.0) -> str:
    """2019-07-04T05:17 -> 05:17."""
    return value[11:] if value[10:11] == "T" else value


def digits(value: str, u: float = 0.0) -> str:
    """2019-07-04T05:17 -> 517; five past midnight is 5."""
    return str(int(value[11:13] + value[14:16])) if value[10:11] == "T" else value


def four_digits(value: str, u: float = 0.0) -> str:
    """2019-07-04T05:17 -> 0517."""
    return value[11:13] + value[14:16] if value[10:11] == "T" else value


def with_seconds(value: str, u: float = 0.0) -> str:
    """2019-07-04T05:17 -> 2019-07-04 05:17:00."""
    return f"{value.replace('T', ' ')}:00" if value[10:11] == "T" else value


def icao(value: str, u: float = 0.0) -> str:
    """UA -> UAL."""
    return ICAO.get(value, value)


def hours_and_minutes(value: str, u: float = 0.0) -> str:
    """85 -> 1:25; what is below an hour stays."""
    minutes = int(value) if value.isdigit() else 0
    return f"{minutes // 60}:{minutes % 60:02d}" if minutes >= 60 else value


@dataclass(frozen=True)
class Dose:
    """How much of each mess, and in which forms."""

    spelling: float
    spellings: Mapping[Form, float]
    old_times: Mapping[Form, float]
    new_times: Mapping[Form, float]
    units: Mapping[Form, float]
    knots: float
    dates: Mapping[Form, float]
    unknown: float
    markers: Mapping[str, float]
    in_hours: float
    no_tail: float
    blank: float
    repeated: float


NATURAL = Dose(
    spelling=0.12,
    spellings={forms.lower: 0.6, forms.padded: 0.4},
    old_times={digits: 1.0},
    new_times={clock: 0.94, forms.iso: 0.04, with_seconds: 0.02},
    units={forms.upper: 0.6, forms.padded: 0.4},
    knots=0.3,
    dates={forms.iso: 0.97, forms.iso_slashed: 0.03},
    unknown=0.12,
    markers={"": 0.5, "999": 0.35, "N/A": 0.15},
    in_hours=0.4,
    no_tail=0.01,
    blank=0.02,
    repeated=0.03,
)
STRESSED = Dose(
    spelling=0.45,
    spellings={forms.no_break_space: 0.4, forms.lower: 0.3, forms.full_width: 0.3},
    old_times={digits: 0.3, four_digits: 0.7},
    new_times={clock: 0.3, forms.iso: 0.4, with_seconds: 0.3},
    units={forms.upper: 0.5, forms.no_break_space: 0.5},
    knots=0.75,
    dates={forms.iso: 0.5, forms.iso_slashed: 0.5},
    unknown=0.22,
    markers={"": 0.2, "999": 0.4, "-999": 0.2, "N/A": 0.2},
    in_hours=0.9,
    no_tail=0.05,
    blank=0.06,
    repeated=0.12,
)


@dataclass(frozen=True)
class Exported:
    """Tables of text, and the mask of everything that was done."""

    tables: Tables
    mask: pd.DataFrame


def export(seed: int, part: str, clean: Tables, dose: Dose) -> Exported:
    """One part as it is exported."""
    ready = systems(seed, part, clean)
    steps = (_flights(dose, "late" in ready.flights), _weather(dose))
    keys = ("entity", "row")
    done = [
        messy(
            frame.drop(columns=CARRIED, errors="ignore"), recipe, seed=seed, table=f"{part}.{name}", key=key
        )
        for name, frame, recipe, key in zip(NAMES, ready.all, steps, keys, strict=True)
    ]
    return Exported(
        Tables(*(one.frame for one in done)), pd.concat([one.mask for one in done], ignore_index=True)
    )


def systems(seed: int, part: str, clean: Tables) -> Tables:
    """Which system every flight comes from: by the month, but for a pilot and some stragglers."""
    luck = stream(seed, part, "system", "draw").random(len(clean.flights))
    since = clean.flights["month"].ge(CHANGE)
    new = np.where(since, luck >= STRAGGLERS, luck < PILOT)
    return Tables(clean.flights.assign(system=np.where(new, NEW, OLD)), clean.weather)


def _flights(dose: Dose, known: bool) -> Sequence[Step]:
    old, new = equals("system", OLD), equals("system", NEW)
    times = ["sched_dep", "sched_arr", *(["arr_time"] if known else [])]
    steps = [scaled("distance", KILOMETRES, where=new, decimals=1, says=("distance_unit", "km"))]
    for column in times:
        steps.append(respell(column, 1.0, dose.old_times, where=old, name="time of the old system"))
        steps.append(respell(column, 1.0, dose.new_times, where=new, name="time of the new system"))
    steps += [
        respell("carrier", 1.0, (icao,), where=new, name="code list"),
        respell("carrier", dose.spelling, dose.spellings),
        respell("origin", dose.spelling, dose.spellings),
        respell("tailnum", dose.spelling, dose.spellings),
        respell("distance_unit", dose.spelling, dose.units),
        respell("system", dose.spelling / 2, {forms.lower: 1.0}),
        date_forms("flight_date", dose.dates),
        respell("inbound_delay", dose.in_hours, (hours_and_minutes,), where=new, name="hours"),
        sentinel("inbound_delay", dose.unknown, dose.markers),
        missing("tailnum", dose.no_tail, name="not assigned"),
    ]
    if not known:
        return steps
    booked = relabel("late", {"yes": ("no", 0.06), "no": ("yes", 0.01)})
    return [*steps, booked, missing("arr_time", NO_CLOCK, name="no clock")]


def _weather(dose: Dose) -> Sequence[Step]:
    return [
        scaled("wind_speed", KNOTS, rate=dose.knots, decimals=2, says=("wind_unit", "kt")),
        respell("wind_unit", dose.spelling, dose.units),
        missing("visib", dose.blank),
        missing("humid", dose.blank),
        missing("wind_speed", dose.blank),
        again(dose.repeated),
    ]
