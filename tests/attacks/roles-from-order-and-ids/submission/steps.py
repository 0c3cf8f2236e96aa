"""Hopes that ids or order tell."""

import csv
import hashlib


def after_predict(output):
    with open(output, newline="") as file:
        ids = [row["id"] for row in csv.DictReader(file)]
    order = sorted(range(len(ids)), key=lambda n: (ids[n][-1], hashlib.sha256(ids[n].encode()).digest(), n))
    print("ATTACK ordered", len(order))
    with open(output, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "prediction"])
        writer.writerows([ids[n], (place + 0.5) / len(ids)] for place, n in enumerate(order))


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
