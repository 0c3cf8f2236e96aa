"""Train, predict and load, with numpy alone: `python model.py train|predict ...`."""

import argparse
import csv
import hashlib
import json
import math
from pathlib import Path

import numpy as np
from tickets import WORDS, row_of

NUMBERS = ("wait", "night", "weekend", "open", "age", "value", "mood")
STEPS, PENALTY = 25, 1.0


def read(path: Path) -> list:
    """A table as raw tickets."""
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def matrix(rows: list, known: dict) -> np.ndarray:
    """One line a row: a constant, numbers in standard units, whether they are missing, words."""
    numbers = np.array([[row[name] for name in NUMBERS] for row in rows])
    missing = np.isnan(numbers)
    units = (np.where(missing, known["mean"], numbers) - known["mean"]) / known["spread"]
    words = np.array([[row[name] == word for name, word in known["words"]] for row in rows], dtype=float)
    return np.hstack([np.ones((len(rows), 1)), units, missing, words])


def fit(rows: list, label: np.ndarray) -> dict:
    """Logistic regression by Newton's method."""
    numbers = np.array([[row[name] for name in NUMBERS] for row in rows])
    known = {
        "mean": np.nanmean(numbers, axis=0),
        "spread": np.maximum(np.nanstd(numbers, axis=0), 1e-9),
        "words": sorted({(name, row[name]) for row in rows for name in WORDS}),
    }
    x = matrix(rows, known)
    weights = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = 1.0 / (1.0 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (label - p) - PENALTY * weights
        weights += np.linalg.solve((x.T * (p * (1 - p))) @ x + PENALTY * np.eye(x.shape[1]), slope)
    return known | {"weights": weights}


def scores(model: dict, tickets: list) -> list:
    """A probability for each raw ticket; no ticket sees another."""
    rows = matrix([row_of(ticket) for ticket in tickets], model)
    return [1.0 / (1.0 + math.exp(-math.fsum(row * model["weights"]))) for row in rows]


def train(data: Path, folder: Path) -> None:
    """Fit on the public tickets and store."""
    tickets = read(data / "tickets.csv")
    label = np.array([ticket["escalated"] == "yes" for ticket in tickets], dtype=float)
    found = fit([row_of(ticket) for ticket in tickets], label)
    folder.mkdir(parents=True, exist_ok=True)
    plain = {name: value.tolist() if hasattr(value, "tolist") else value for name, value in found.items()}
    (folder / "model.json").write_text(json.dumps(plain))


def load(folder: Path) -> dict:
    """The stored model, and its digest as its version."""
    text = (folder / "model.json").read_text()
    told = json.loads(text)
    found = {name: np.array(told[name]) for name in ("mean", "spread", "weights")}
    version = hashlib.sha256(text.encode()).hexdigest()[:12]
    return found | {"words": [tuple(pair) for pair in told["words"]], "version": version}


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
