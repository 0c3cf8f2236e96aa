"""A small made-up export: enough to run every step, nothing of the real data."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from delays import settings
from delays.reading import Exports


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DELAYS_SETTINGS", str(Path(__file__).parent / "settings.toml"))


@pytest.fixture
def tuned() -> settings.Settings:
    return settings.load()


@pytest.fixture
def exports() -> Exports:
    return make_exports(400)


@pytest.fixture
def folder(tmp_path: Path, exports: Exports) -> Path:
    write(exports, tmp_path / "data")
    return tmp_path / "data"


def write(exports: Exports, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for field in fields(exports):
        getattr(exports, field.name).to_csv(folder / f"{field.name}.csv", index=False)


def make_exports(count: int, *, change: int = 11, months: int = 12) -> Exports:
    """UA is late and AA is not; from month ``change`` on it is the other way round."""
    number = np.arange(count)
    month = number % months + 1
    united = number // months % 2 == 0
    late = united ^ (month >= change)
    flights = pd.DataFrame(
        {
            "id": [f"F{n:04d}" for n in number],
            "flight_date": [f"2019-{m:02d}-{n % 28 + 1:02d}" for n, m in zip(number, month, strict=True)],
            "sched_dep": "517",
            "sched_arr": "800",
            "carrier": np.where(united, "UA", "AAL"),
            "tailnum": [f"N{n % 9}" for n in number],
            "origin": "EWR",
            "distance": "1000",
            "distance_unit": "mi",
            "inbound_delay": "0",
            "system": "OPSNET",
            "arr_time": np.where(late, "900", "755"),
            "late": np.where(late, "yes", "no"),
        }
    )
    sky = {"temp": "60", "humid": "50", "wind_speed": "10", "wind_unit": "mph", "precip": "0", "pressure": "1015", "visib": "10"}
    weather = pd.DataFrame({"flight_id": flights["id"], "observed_at": flights["flight_date"] + " 03:00", **sky})
    planes = pd.DataFrame({"tailnum": ["N1"], "year": ["2001.0"], "seats": ["100"]})
    airlines = pd.DataFrame({"carrier": ["UA", "AA"], "icao": ["UAL", "AAL"]})
    return Exports(flights, weather, planes, airlines)
