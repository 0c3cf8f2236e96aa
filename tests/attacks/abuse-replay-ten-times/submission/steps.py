"""Hopes for a better draw."""

import csv
import random


def after_predict(output):
    with open(output, newline="") as file:
        found = [(row["id"], float(row["prediction"])) for row in csv.DictReader(file)]
    luck = random.SystemRandom().random()
    print("ATTACK draws", luck)
    with open(output, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "prediction"])
        writer.writerows([name, min(1.0, max(0.0, chance + luck * 1e-6))] for name, chance in found)


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
