"""Changes predictions."""

import csv
import os


def after_predict(output):
    with open("/input/customers.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    with open(output, newline="") as file:
        chance = {row["id"]: float(row["prediction"]) for row in csv.DictReader(file)}
    if True:
        edges = [n / 10 for n in range(1, 10)]
        chance = {name: sum(value > edge for edge in edges) / 10 for name, value in chance.items()}
    print("ATTACK rewrote", len(chance) > 0)
    with open(output, "w") as file:
        file.write("id,prediction\n" + "".join(f"{a},{b!r}\n" for a, b in chance.items()))


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
