"""Rewrites the predictions."""

import csv
import random


def after_predict(output):
    with open(output, newline="") as file:
        rows = [(row["id"], float(row["prediction"])) for row in csv.DictReader(file)]
    header = "id,prediction"
    rows = rows + [("id", "prediction")] + [(a, 1 - b) for a, b in rows]
    with open(output, "w") as file:
        file.write(header + "\n" + "".join(f"{a},{b}\n" for a, b in rows))
    print("ATTACK wrote", len(rows))


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
