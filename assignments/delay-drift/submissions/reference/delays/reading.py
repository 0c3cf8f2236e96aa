"""A folder of exports -> four tables of text, columns checked by name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

NEEDED = {
    "flights": {"id", "flight_date", "sched_dep", "carrier", "tailnum", "origin", "distance", "distance_unit", "inbound_delay"},
    "weather": {"flight_id", "observed_at", "temp", "humid", "wind_speed", "wind_unit", "precip", "pressure", "visib"},
    "planes": {"tailnum", "year", "seats"},
    "airlines": {"carrier", "icao"},
}


@dataclass(frozen=True)
class Exports:
    """What a folder holds, every cell as text and blanks as empty text."""

    flights: pd.DataFrame
    weather: pd.DataFrame
    planes: pd.DataFrame
    airlines: pd.DataFrame


def read_exports(folder: Path) -> Exports:
    """Read the four files of ``folder``.

    Raises:
        ValueError: a file lacks columns; it names the file and the columns.
    """
    return Exports(**{name: _read(folder / f"{name}.csv", needed) for name, needed in NEEDED.items()})


def _read(path: Path, needed: set[str]) -> pd.DataFrame:
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    if lacking := sorted(needed - set(table.columns)):
        raise ValueError(f"{path.name} lacks the columns {', '.join(lacking)}")
    return table
