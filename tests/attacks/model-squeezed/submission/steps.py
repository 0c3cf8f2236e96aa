"""Flat as seen from far."""

import csv


def read(output):
    with open(output, newline="") as file:
        return [(row["id"], float(row["prediction"])) for row in csv.DictReader(file)]


def write(output, found):
    with open(output, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "prediction"])
        writer.writerows([name, repr(chance)] for name, chance in found)


def after_predict(output):
    write(output, [(name, 0.5 + (chance - 0.5) * 1e-9) for name, chance in read(output)])
    print("ATTACK squeezed")


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
