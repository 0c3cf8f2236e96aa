"""Fits again, with the rows to predict in it."""

import csv


def after_predict(output):
    with open("/input/customers.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    spread = len({row["contract"] for row in rows})
    with open(output, newline="") as file:
        found = [(row["id"], float(row["prediction"])) for row in csv.DictReader(file)]
    mean = sum(b for _, b in found) / len(found)
    print("ATTACK fitted on", len(rows) > 0, spread > 0)
    with open(output, "w") as file:
        file.write("id,prediction\n" + "".join(f"{a},{min(1.0, max(0.0, b - mean + 0.5))!r}\n" for a, b in found))


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
