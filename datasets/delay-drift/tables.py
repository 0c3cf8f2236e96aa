"""Four tables of one part; and the truth -> clean tables as the systems would export them without mess."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import source
import world

NAMES = ("flights", "weather")
# designators of the International Civil Aviation Organization
ICAO = {
    "9E": "FLG", "AA": "AAL", "AS": "ASA", "B6": "JBU", "DL": "DAL", "EV": "ASQ", "F9": "FFT", "FL": "TRS",
    "HA": "HAL", "MQ": "ENY", "OO": "SKW", "UA": "UAL", "US": "AWE", "VX": "VRD", "WN": "SWA", "YV": "ASH",
}  # fmt: skip
FLIGHT = [
    *("entity", "flight_date", "sched_dep", "sched_arr", "carrier", "flight", "tailnum", "origin", "dest"),
    *("distance", "distance_unit", "inbound_delay", "system", "air_time", "arr_time"),
]
WEATHER = ["row", "entity", "observed_at", *source.WEATHER, "wind_unit"]
MINUTE = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True)
class Tables:
    """`entity` is the flight in both, `row` the line in the second."""

    flights: pd.DataFrame
    weather: pd.DataFrame

    @property
    def all(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """In the order of NAMES."""
        return self.flights, self.weather

    def only(self, keys: pd.Series) -> Tables:
        """The flights of ``keys``, in the order of this table, and what belongs to them."""
        return Tables(*(table[table["entity"].isin(keys)].reset_index(drop=True) for table in self.all))

    def plus(self, *others: Tables) -> Tables:
        """These rows, then those of the others."""
        pairs = zip(self.all, *(other.all for other in others), strict=True)
        return Tables(*(pd.concat(tables, ignore_index=True) for tables in pairs))

    def under(self, suffix: str) -> Tables:
        """The same flights again: every entity and row name gets ``suffix``."""
        return Tables(*(_suffixed(table, suffix) for table in self.all))


def _suffixed(table: pd.DataFrame, suffix: str) -> pd.DataFrame:
    return table.assign(**{name: table[name] + suffix for name in ("entity", "row") if name in table})


def clean(seed: int, part: str, frame: pd.DataFrame, *, known: bool) -> Tables:
    """What the systems hold of these flights; ``known``: also what came after departure, and the outcome."""
    text = frame.assign(
        flight_date=frame["date"].dt.strftime("%Y-%m-%d"),
        sched_dep=frame["departs"].dt.strftime(MINUTE),
        sched_arr=frame["arrives"].dt.strftime(MINUTE),
        arr_time=frame["arrived"].dt.strftime(MINUTE).fillna("") if known else "",
        air_time=frame["air_time"].map("{:.0f}".format).replace("nan", "") if known else "",
        inbound_delay=frame["inbound"].map("{:.0f}".format).replace("-0", "0"),
        distance_unit="mi",
        system="",
    )
    flights = text[FLIGHT + (["flown", "late", "month"] if known else ["month"])].reset_index(drop=True)
    if known:
        flights["late"] = flights["late"].map({True: "yes", False: "no"}).where(flights["flown"], "")
        flights = flights.drop(columns="flown")
    observed = world.weather(seed, part, frame, future=known)
    observed = observed.assign(observed_at=observed["at"].dt.strftime("%Y-%m-%d %H:%M"), wind_unit="mph")
    return Tables(flights, observed[WEATHER])


def airlines() -> pd.DataFrame:
    """16 airlines with both their codes."""
    table = source.airlines()
    return table.assign(icao=table["carrier"].map(ICAO))[["carrier", "icao", "name"]]
