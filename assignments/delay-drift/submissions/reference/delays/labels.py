"""Outcomes as they happened: the clock at the gate is believed more than the hand that booked."""

from __future__ import annotations

import pandas as pd

from delays import cleaning

LATE_MINUTES = 15
DAY = 1440


def outcomes(flights: pd.DataFrame) -> pd.Series:
    """1 late, 0 not, missing where the flight did not arrive; by id."""
    booked = cleaning.text(flights["late"]).map({"YES": 1.0, "NO": 0.0})
    if "arr_time" in flights:
        due, came = (cleaning.minute_of_day(flights[name]) for name in ("sched_arr", "arr_time"))
        # the nearest way round midnight, but three hours early is rarer than a day's worth of delay
        minutes = (came - due + 180) % DAY - 180
        booked = booked.mask(minutes.notna() & booked.notna(), (minutes >= LATE_MINUTES).astype(float))
    return pd.Series(booked.to_numpy(dtype=float), index=flights["id"].to_numpy(), name="late")
