"""Steps that make columns."""

import numpy as np
import pandas as pd

from flightkit import clean
from flightkit.core import STEPS, AbstractStep

SKY = ["temp", "humid", "precip", "pressure", "visib"]


@STEPS.step("times")
class TimesStep(AbstractStep):
    """Hours, weekdays and the half of the year."""

    def apply(self, state):
        flights = state.require("flights")
        minute = clean.words(flights["sched_dep"]).map(clean.minutes)
        day = clean.dates(flights["flight_date"])
        columns = pd.DataFrame(
            {
                "hour": minute / 60,
                "sine": np.sin(minute / 1440 * 2 * np.pi),
                "cosine": np.cos(minute / 1440 * 2 * np.pi),
                "weekday": day.dt.day_of_week,
                "month": day.dt.month,
            }
        )
        return {"columns": columns, "departs": day + pd.to_timedelta(minute, unit="min")}


@STEPS.step("weather")
class WeatherStep(AbstractStep):
    """The newest report before departure."""

    def apply(self, state):
        flights, weather = state.require("flights"), state.require("weather")
        table = weather[SKY].apply(clean.numbers)
        table["wind"] = clean.in_mph(weather["wind_speed"], weather["wind_unit"]).round(1)
        table["id"], table["at"] = weather["flight_id"], pd.to_datetime(weather["observed_at"], errors="coerce")
        departs = pd.Series(state.require("departs").to_numpy(), index=flights["id"])
        table = table[table["at"] <= table["id"].map(departs)].sort_values(["id", "at", *SKY])
        newest = table.groupby("id").last().drop(columns="at").reindex(flights["id"]).reset_index(drop=True)
        return {"columns": state.require("columns").join(newest)}


@STEPS.step("aircraft")
class AircraftStep(AbstractStep):
    """How far it flies and how late it comes in."""

    def apply(self, state):
        flights, columns = state.require("flights"), state.require("columns").copy()
        columns["miles"] = clean.in_miles(flights["distance"], flights["distance_unit"]).round()
        columns["behind"] = clean.words(flights["inbound_delay"]).map(clean.delay)
        return {"columns": columns}


@STEPS.step("one_hot")
class OneHotStep(AbstractStep):
    """Categories that are declared."""

    def apply(self, state):
        flights, columns = state.require("flights"), state.require("columns").copy()
        for name, values in self.options["values"].items():
            text = clean.words(flights[name])
            for value in values:
                columns[f"{name}_{value}"] = text.eq(value).astype(int)
        return {"columns": columns}
