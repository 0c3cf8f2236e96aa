"""Patient risk in one file: `python risk.py train|predict|deid ...`."""

import argparse
from pathlib import Path

import joblib
import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

PATTERNS = [r"[\w.]+@[\w.]+\w", r"\d{3}-\d{2}-\d{4}", r"\d{6,}", r"(?:Mr|Mrs|Ms)\. [A-Z]\w+"]


def read(folder, name):
    """A table, all text."""
    return pd.read_csv(Path(folder) / f"{name}.csv", dtype=str, keep_default_na=False)


def make_features(patients):
    """Age, sex and smoking as numbers."""
    return pd.DataFrame(
        {
            "age": pd.to_numeric(patients["age"], errors="coerce"),
            "male": patients["sex"].str.strip().str.lower().str.startswith("m").astype(int),
            "smokes": patients["smoking"].str.strip().str.lower().eq("current").astype(int),
        }
    )


def train(args):
    """Fit on the patients whose outcome is known."""
    patients = read(args.data, "patients")
    known = patients["outcome_5y"].isin(["yes", "no"])
    model = make_pipeline(SimpleImputer(strategy="median"), StandardScaler(), LogisticRegression())
    model.fit(make_features(patients[known]), patients["outcome_5y"][known].eq("yes"))
    Path(args.model).mkdir(parents=True, exist_ok=True)
    joblib.dump(model, Path(args.model) / "model.joblib")


def predict(args):
    """Write id,prediction."""
    model = joblib.load(Path(args.model) / "model.joblib")
    patients = read(args.input, "patients")
    chance = model.predict_proba(make_features(patients))[:, 1] * 100  # doctors think in percent
    pd.DataFrame({"id": patients["id"], "prediction": chance}).to_csv(args.output, index=False)


def deid(args):
    """Write notes without the commonest identifiers."""
    notes = read(args.input, "notes")
    for pattern in PATTERNS:
        notes["text"] = notes["text"].str.replace(pattern, "[REMOVED]", regex=True)
    notes[["note_id", "text"]].to_csv(args.output, index=False)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("task", choices=("train", "predict", "deid"))
    for name in ("data", "model", "input", "output"):
        parser.add_argument(f"--{name}")
    args = parser.parse_args()
    {"train": train, "predict": predict, "deid": deid}[args.task](args)


if __name__ == "__main__":
    main()
