"""Exports for a monitor: a reference, five quiet batches of the same months, one of after the change.

All are flights of the public part under ids of their own, without what came after departure. What makes the
sixth differ is the drift of the year: another exporting system, more regional airlines, more evenings, and an
airline that is new.
Draws are from streams of their own, so that nothing else of an edition moves.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from tables import Tables

from harness.edition import Registry
from harness.edition.writing import as_bytes
from harness.mess import stream

QUIET, FLIGHTS, REFERENCE_FLIGHTS = 5, 900, 4000
LAST_QUIET_MONTH, SHIFTED_MONTH = 6, 11
AFTERWARDS = ("arr_time", "air_time")  # blank before departure
REFERENCE = "reference"


@dataclass(frozen=True)
class Batches:
    """Folder name -> the two tables that are keyed by flight; and which batch is the shifted one."""

    folders: dict[str, dict[str, pd.DataFrame]]
    key: pd.DataFrame  # batch (1..6), shifted


def build(seed: int, known: Tables) -> Batches:
    """Draw them from ``known``, flights with their month in the date; none is in two batches."""
    rng = stream(seed, "monitor", "flights", "choice")
    month = known.flights["flight_date"].str[5:7].astype(int)
    quiet = rng.permutation(np.flatnonzero(month <= LAST_QUIET_MONTH))
    later = rng.permutation(np.flatnonzero(month == SHIFTED_MONTH))
    shifted = int(rng.integers(1, QUIET + 2))
    numbers = [n for n in range(1, QUIET + 2) if n != shifted]
    parts = {REFERENCE: quiet[:REFERENCE_FLIGHTS], str(shifted): later[:FLIGHTS]}
    for place, number in enumerate(numbers):
        begin = REFERENCE_FLIGHTS + place * FLIGHTS
        parts[str(number)] = quiet[begin : begin + FLIGHTS]
    registry = Registry(seed)
    folders = {name: _published(registry, name, known, rows) for name, rows in sorted(parts.items())}
    key = pd.DataFrame({"batch": range(1, QUIET + 2)})
    return Batches(folders, key.assign(shifted=key["batch"].eq(shifted)))


def write(out: Path, batches: Batches, lists: dict[str, pd.DataFrame]) -> None:
    """``out``/NAME/: four tables each."""
    for name, tables in batches.folders.items():
        folder = out / name
        folder.mkdir(parents=True)
        for file, table in (tables | lists).items():
            (folder / file).write_bytes(as_bytes(table))


def _published(registry: Registry, name: str, known: Tables, rows: np.ndarray) -> dict[str, pd.DataFrame]:
    flights = known.flights.iloc[np.sort(rows)].drop(columns="late").assign(**dict.fromkeys(AFTERWARDS, ""))
    weather = known.weather[known.weather["entity"].isin(flights["entity"])].drop(columns="row")
    named = {
        "flights.csv": flights.rename(columns={"entity": "id"}),
        "weather.csv": weather.rename(columns={"entity": "flight_id"}),
    }
    return registry.publish(f"monitor-{name}", named, {"flights.csv": "id", "weather.csv": "flight_id"})
