"""Exports -> one row of numbers a flight, from what is known before it departs. Rows do not see each other."""

from __future__ import annotations

import numpy as np
import pandas as pd

from delays import cleaning
from delays.reading import Exports

SKY = ("temp", "humid", "wind", "precip", "pressure", "visib")
CATEGORIES = ("carrier", "origin")
ENGINES_BORN = 1950


def build(exports: Exports) -> pd.DataFrame:
    """Indexed by id, in the order of flights.csv. `tailnum`, `carrier` and `origin` stay text."""
    flights = exports.flights
    day = cleaning.date(flights["flight_date"])
    table = pd.DataFrame(
        {
            "id": flights["id"],
            "month": day.dt.month,
            "weekday": day.dt.day_of_week,
            "minute": cleaning.minute_of_day(flights["sched_dep"]),
            "carrier": cleaning.carrier(flights["carrier"], exports.airlines),
            "origin": cleaning.text(flights["origin"]),
            "tailnum": cleaning.text(flights["tailnum"]),
            "miles": cleaning.miles(flights["distance"], flights["distance_unit"]),
            "behind": cleaning.minutes_behind(flights["inbound_delay"]),
        }
    )
    table["departs"] = day + pd.to_timedelta(table["minute"], unit="min")
    table = table.join(_planes(exports.planes), on="tailnum").set_index("id")
    return table.join(_sky(exports.weather, table["departs"])).drop(columns="departs")


def _planes(planes: pd.DataFrame) -> pd.DataFrame:
    year = cleaning.number(planes["year"])
    table = pd.DataFrame(
        {"tailnum": cleaning.text(planes["tailnum"]), "built": year.where(year > ENGINES_BORN)}
    )
    return table.drop_duplicates("tailnum").set_index("tailnum")


def _sky(weather: pd.DataFrame, departs: pd.Series) -> pd.DataFrame:
    """The newest report before departure, gaps filled from the one before; later reports are not known yet."""
    table = pd.DataFrame(
        {
            "id": weather["flight_id"],
            "at": cleaning.instant(weather["observed_at"]),
            "wind": cleaning.mph(weather["wind_speed"], weather["wind_unit"]),
            **{name: cleaning.number(weather[name]) for name in SKY if name != "wind"},
        }
    )
    known = table[table["at"] <= table["id"].map(departs)]
    # sorted by every column: copies and their order change nothing
    known = known.drop_duplicates().sort_values(["id", "at", *SKY])
    return known.groupby("id")[list(SKY)].last()


def numeric(table: pd.DataFrame) -> pd.DataFrame:
    """The numeric side of the features, with what a straight line needs to bend."""
    hour = table["minute"] / 60.0
    behind = table["behind"].clip(-15, 120)
    wet = np.log1p(100 * table["precip"])
    return pd.DataFrame(
        {
            "hour": hour,
            "hour2": (hour - 13) ** 2,
            "hour3": (hour - 13) ** 3,
            "weekend": table["weekday"].isin([5, 6]).astype(float),
            "friday": table["weekday"].isin([3, 4]).astype(float),
            "miles": table["miles"],
            "behind": behind,
            "behind_much": behind.clip(lower=5),
            "behind_unknown": behind.isna().astype(float),
            "built": table["built"],
            "wet": wet,
            "rain": wet.gt(0).astype(float),
            "mist": 10.0 - table["visib"],
            "wind": table["wind"],
            "wind2": table["wind"] ** 2,
            **{name: table[name] for name in ("temp", "humid", "pressure")},
            "frost": table["temp"].lt(32).astype(float),
            "heat": table["temp"].gt(80).astype(float),
        },
        index=table.index,
    )
