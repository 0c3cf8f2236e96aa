"""Train, predict and load: `python model.py train|predict ...`."""

import argparse
import csv
import json
import pickle
from pathlib import Path

import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from tickets import WORDS, row_of


def scores(model, tickets: list) -> list:
    """A probability for each raw ticket."""
    return model.predict_proba(pd.DataFrame([row_of(ticket) for ticket in tickets]))[:, 1].tolist()


def read(path: Path) -> list:
    """A table as raw tickets."""
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def train(data: Path, folder: Path) -> None:
    """Fit on the public tickets and store."""
    tickets = read(data / "tickets.csv")
    words = (OneHotEncoder(handle_unknown="ignore"), list(WORDS))
    rest = make_pipeline(SimpleImputer(add_indicator=True), StandardScaler())
    model = make_pipeline(make_column_transformer(words, remainder=rest), LogisticRegression(max_iter=2000))
    model.fit(pd.DataFrame([row_of(t) for t in tickets]), [t["escalated"] == "yes" for t in tickets])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.pkl").write_bytes(pickle.dumps(model))
    (folder / "metrics.json").write_text(json.dumps({"roc_auc": validated(model, data / "validation")}))


def validated(model, folder: Path) -> float:
    """The area on tickets that the model has not learned from."""
    labels = {line["id"]: line["label"] == "1" for line in read(folder / "labels.csv")}
    tickets = read(folder / "tickets.csv")
    return float(roc_auc_score([labels[t["id"]] for t in tickets], scores(model, tickets)))


def load(folder: Path):
    """The stored model, which this program wrote."""
    return pickle.loads((folder / "model.pkl").read_bytes())


def predict(folder: Path, source: Path, output: Path) -> None:
    """id,prediction for each ticket of the table."""
    tickets = read(source / "tickets.csv")
    with output.open("w", newline="") as file:
        rows = zip([t["id"] for t in tickets], scores(load(folder), tickets), strict=True)
        csv.writer(file).writerows([("id", "prediction"), *rows])


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("act", choices=["train", "predict"])
    for name in ("data", "model", "input", "output"):
        parser.add_argument(f"--{name}", type=Path)
    args = parser.parse_args()
    if args.act == "train":
        train(args.data, args.model)
    else:
        predict(args.model, args.input, args.output)


if __name__ == "__main__":
    main()
