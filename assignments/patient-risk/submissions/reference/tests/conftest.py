"""A small made-up export: enough to run every step, nothing of the real data."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from risk import settings
from risk.model import RiskModel
from risk.reading import Exports
from risk.train import train

TABLES = ("patients", "labs", "conditions", "notes")


@pytest.fixture(scope="session")
def tuned() -> settings.Settings:
    """As in life, but quick."""
    tuned = settings.load()
    return replace(tuned, folds=2, least_note_count=2, boosting={**tuned.boosting, "max_iter": 20})


@pytest.fixture(scope="session")
def fitted(tuned: settings.Settings, tmp_path_factory: pytest.TempPathFactory) -> RiskModel:
    folder = tmp_path_factory.mktemp("fitted")
    write(make_exports(60), folder)
    return train(folder, tuned)[0]


@pytest.fixture
def exports() -> Exports:
    return make_exports(60)


@pytest.fixture
def folder(tmp_path: Path, exports: Exports) -> Path:
    write(exports, tmp_path / "data")
    return tmp_path / "data"


def write(exports: Exports, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in TABLES:
        getattr(exports, name).to_csv(folder / f"{name}.csv", index=False)


def make_exports(count: int) -> Exports:
    """Patients with even numbers fell ill: older, rising creatinine, breathless."""
    ids = [f"P{number:03d}" for number in range(count)]
    ill = np.arange(count) % 2 == 0
    patients = pd.DataFrame(
        {
            "id": ids,
            "assessed_on": "2016-06-01",
            "age": np.where(ill, "74", "45"),
            "sex": "F",
            "site": "Cedar",
            "chart_system": "EPOCH",
            "height": "170.0",
            "weight": "80.0",
            "smoking": "never",
            "outcome_5y": np.where(ill, "yes", "no"),
        }
    )
    labs = pd.concat([_labs(ids, ill, day, factor) for day, factor in (("2014-01-05", 1.0), ("2016-03-01", 1.5))])
    labs.insert(0, "lab_id", [f"L{number}" for number in range(len(labs))])
    conditions = pd.DataFrame(
        {"condition_id": ids, "patient_id": ids, "noted_on": "2010-02-03", "condition": "Diabetes "}
    )
    notes = pd.DataFrame(
        {
            "note_id": [f"N{number}" for number in range(count)],
            "patient_id": ids,
            "text": np.where(ill, "Mrs. Dagny Kelmarsh. Breathless on stairs.", "Walks a mile a day. No falls."),
        }
    )
    return Exports(patients, labs.reset_index(drop=True), conditions, notes)


def _labs(ids: list[str], ill: np.ndarray, day: str, factor: float) -> pd.DataFrame:
    tables = []
    for number, (test, value, unit) in enumerate(
        (("creatinine", 0.9, "mg/dL"), ("ast", 30.0, "U/L"), ("alt", 28.0, "U/L"), ("platelets", 230.0, "10^9/L"))
    ):
        grown = value * np.where(ill & (test == "creatinine"), factor, 1.0)
        own = grown * (1.0 + 0.01 * np.arange(len(ids)) + 0.001 * number)
        rows = {"patient_id": ids, "taken_on": day, "test": test, "value": [f"{v:.2f}" for v in own], "unit": unit}
        tables.append(pd.DataFrame(rows))
    return pd.concat(tables, ignore_index=True)
