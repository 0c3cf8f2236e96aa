"""Noise as skill."""

import csv
import hashlib


def after_predict(output):
    with open(output, newline="") as file:
        ids = [row["id"] for row in csv.DictReader(file)]
    with open(output, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "prediction"])
        writer.writerows([n, repr(0.5 + int(hashlib.sha256(n.encode()).hexdigest()[:8], 16) * 1e-13)] for n in ids)
    print("ATTACK whispers")


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
