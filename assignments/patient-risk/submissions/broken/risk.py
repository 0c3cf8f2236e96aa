"""Risk model: `python risk.py train DATA MODEL`, `python risk.py predict MODEL INPUT OUTPUT`."""

import sys
from pathlib import Path

import joblib
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier


def prepare(folder):
    """Features and target of a folder."""
    patients = pd.read_csv(Path(folder) / "patients.csv", dtype={"id": str})
    labs = pd.read_csv(Path(folder) / "labs.csv", dtype={"patient_id": str})
    labs["value"] = pd.to_numeric(labs["value"], errors="coerce")
    creatinine = labs[labs["test"] == "creatinine"].groupby("patient_id")["value"].mean().rename("creatinine")
    table = patients.merge(creatinine, left_on="id", right_index=True, how="left")
    features = table[["age", "creatinine"]].copy()
    features["weight"] = pd.to_numeric(table["weight"], errors="coerce")
    target = table["outcome_5y"].map({"yes": 1, "no": 0})
    return table["id"], features, target


def train(data, model):
    _, features, target = prepare(data)
    known = target.notna()
    fitted = HistGradientBoostingClassifier(random_state=0).fit(features[known], target[known])
    joblib.dump(fitted, Path(model) / "model.joblib")
    print("training accuracy", fitted.score(features[known], target[known]))


def predict(model, folder, output):
    ids, features, _ = prepare(folder)
    fitted = joblib.load(Path(model) / "model.joblib")
    pd.DataFrame({"id": ids, "prediction": fitted.predict_proba(features)[:, 1]}).to_csv(output, index=False)


if __name__ == "__main__":
    {"train": train, "predict": predict}[sys.argv[1]](*sys.argv[2:])
