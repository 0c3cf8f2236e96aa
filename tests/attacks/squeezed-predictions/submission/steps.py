"""Changes predictions."""

import csv
import os


def after_predict(output):
    with open("/input/customers.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    with open(output, newline="") as file:
        chance = {row["id"]: float(row["prediction"]) for row in csv.DictReader(file)}
    if True:
        chance = {name: 0.5 + (value - 0.5) * 1e-6 for name, value in chance.items()}
    print("ATTACK rewrote", len(chance) > 0)
    with open(output, "w") as file:
        file.write("id,prediction\n" + "".join(f"{a},{b!r}\n" for a, b in chance.items()))


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
