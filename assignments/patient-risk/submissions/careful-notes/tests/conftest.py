import numpy as np
import pandas as pd
import pytest


def export(folder, count=60, outcome=True):
    """A made-up export: every second patient is old, has a stroke and rising creatinine, and falls ill."""
    folder.mkdir(parents=True, exist_ok=True)
    ids = [f"P{number:02d}" for number in range(count)]
    ill = np.arange(count) % 2 == 0
    patients = pd.DataFrame(
        {
            "id": ids,
            "assessed_on": "2016-06-01",
            "age": np.where(ill, 70, 50) + np.arange(count) % 7,
            "sex": ["F", "M ", "male"] * (count // 3),
            "site": "Cedar",
            "chart_system": "EPOCH",
            "height": "170.0",
            "weight": "80.0",
            "smoking": "never",
        }
    )
    if outcome:
        patients["outcome_5y"] = np.where(ill, "yes", "no")
    patients.to_csv(folder / "patients.csv", index=False)
    parts = []
    for test, value in (("creatinine", 0.9), ("ast", 30), ("alt", 28), ("platelets", 230), ("chol", 180), ("hdl", 50), ("sbp", 120), ("dbp", 80)):
        for day, factor in (("2015-01-05", 1.0), ("2016-03-01", 1.4)):
            values = value * np.where(ill & (test == "creatinine"), factor, 1.0)
            parts.append(pd.DataFrame({"patient_id": ids, "taken_on": day, "test": test, "value": values, "unit": "u"}))
    labs = pd.concat(parts, ignore_index=True)
    labs.insert(0, "lab_id", [f"L{number}" for number in range(len(labs))])
    labs.to_csv(folder / "labs.csv", index=False)
    having = [name for name, falls in zip(ids, ill) if falls]
    conditions = pd.DataFrame({"condition_id": having, "patient_id": having, "noted_on": "2014-02-03", "condition": "Stroke"})
    conditions.to_csv(folder / "conditions.csv", index=False)
    notes = pd.DataFrame({"note_id": ids, "patient_id": ids, "text": "Mrs. Kelmarsh. Walks a mile a day."})
    notes.to_csv(folder / "notes.csv", index=False)
    return pd.DataFrame({"id": ids, "label": ill.astype(int)})


@pytest.fixture
def data(tmp_path):
    """The folder of the brief: an export with outcomes, and validation/ with labels.csv."""
    export(tmp_path / "data")
    labels = export(tmp_path / "data" / "validation", outcome=False)
    labels.to_csv(tmp_path / "data" / "validation" / "labels.csv", index=False)
    return tmp_path / "data"
