"""What only the author knows of an edition: the traps and their cues, canary rows, and the public card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harness.edition import About, DataCard, Trap

CARD = DataCard(
    title="delay-drift",
    description="Flights from three airports: timetable, aircraft, weather before departure, how far the "
    "incoming aircraft is behind, and whether it arrived 15 minutes late or more. Timetable, routes and "
    "weather are real ones, altered; outcomes, delays and tail numbers are generated.",
    licence="https://creativecommons.org/publicdomain/zero/1.0/",
    url="https://github.com/tidyverse/nycflights13",
    cite="Wickham H. nycflights13: flights that departed NYC in 2013. R package. Data: US Bureau of "
    "Transportation Statistics; FAA aircraft registry; ASOS weather from the Iowa Environmental Mesonet.",
    creator="The R package nycflights13; altered for Takehome",
    published="2026-11-22",
)
TRAPS = (
    Trap(
        name="time-in-the-air",
        kind="post-outcome",
        table="flights.csv",
        column="air_time",
        cue="Filled in for flights that have landed and blank in every row of validation.",
        where="validation/flights.csv",
    ),
    Trap(
        name="actual-arrival",
        kind="post-outcome",
        table="flights.csv",
        column="arr_time",
        cue="The time of arrival against the scheduled one is the outcome; blank in every row of validation.",
        where="validation/flights.csv",
    ),
    Trap(
        name="weather-after-departure",
        kind="lookahead",
        table="weather.csv",
        column="observed_at",
        cue="Train has lines observed after the scheduled departure, validation has none.",
        where="validation/weather.csv",
    ),
    Trap(
        name="concept-of-november",
        kind="drift",
        table="flights.csv",
        column="late",
        cue="Share of late flights by airline and by hour: in November both turn round.",
        where="flights.csv",
    ),
    Trap(
        name="export-of-september",
        kind="drift",
        table="flights.csv",
        column="system",
        cue="From September nearly all flights come from ATLAS: other times, units and airline codes.",
        where="flights.csv",
    ),
    Trap(
        name="miles-and-kilometres",
        kind="units",
        table="flights.csv",
        column="distance",
        cue="The column distance_unit says mi or km; one route has two distances.",
        where="flights.csv",
    ),
    Trap(
        name="miles-and-knots",
        kind="units",
        table="weather.csv",
        column="wind_speed",
        cue="The column wind_unit says mph or kt.",
        where="weather.csv",
    ),
    Trap(
        name="two-codes-an-airline",
        kind="spelling",
        table="flights.csv",
        column="carrier",
        cue="airlines.csv has two codes for every airline, and flights.csv uses both.",
        where="airlines.csv",
    ),
    Trap(
        name="not-known",
        kind="sentinel",
        table="flights.csv",
        column="inbound_delay",
        cue="Far too many incoming aircraft are 999 minutes behind.",
        where="flights.csv",
    ),
    Trap(
        name="never-arrived",
        kind="censored",
        table="flights.csv",
        column="late",
        cue="The outcome is blank where a flight did not arrive; blank is not no.",
        where="dictionary.md",
    ),
    Trap(
        name="booked-wrong",
        kind="label-noise",
        table="flights.csv",
        column="late",
        cue="Some flights with late = no have an arr_time an hour after sched_arr.",
        where="flights.csv",
    ),
    Trap(
        name="planes-without-a-line",
        kind="join",
        table="flights.csv",
        column="tailnum",
        cue="One tail number in seven or so has no line in planes.csv.",
        where="planes.csv",
    ),
)


def about(seed: int, keys: Mapping[str, str], canaries: Sequence[str]) -> About:
    """One edition described for machines."""
    return About(
        dataset="delay-drift",
        seed=seed,
        table="flights.csv",
        id="id",
        label="late",
        positive="yes",
        time="flight_date",
        clocks={"arr_time": "sched_arr"},
        keys=dict(keys),
        traps=TRAPS,
        canaries=tuple(canaries),
        card=CARD,
    )
