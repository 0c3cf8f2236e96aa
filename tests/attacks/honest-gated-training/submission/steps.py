"""After training: what the model does on the validation customers, beside the model; a poor one ends it."""

import csv
import json
from pathlib import Path

import numpy as np
from model import load_customers, make_features, predict

given = {}


def before_train(data, model):
    given["data"] = Path(data)


def after_train(model):
    figure = {"roc_auc": round(area(Path(model), given["data"] / "validation"), 4)}
    (Path(model) / "metrics.json").write_text(json.dumps(figure))
    if figure["roc_auc"] < 0.65:
        raise SystemExit("GATE: the model is too poor to be kept")


def area(model, folder):
    """The share of pairs of customers that are in the right order."""
    kept = json.loads((model / "model.json").read_text())
    rows = load_customers(folder)
    features, _ = make_features(rows, kept["means"])
    chances = predict(features, np.array(kept["weights"]))
    with (folder / "labels.csv").open(newline="") as file:
        left = {line["id"]: int(line["label"]) for line in csv.DictReader(file)}
    leaves = np.array([left[row["id"]] for row in rows])
    pairs = np.sign(chances[leaves == 1][:, None] - chances[leaves == 0][None, :])
    return float((pairs.mean() + 1) / 2)


def before_predict(model, folder):
    pass


def after_predict(output):
    pass
