"""Stairs."""

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
    write(output, [(name, round(chance * 5) / 5) for name, chance in read(output)])
    print("ATTACK rounded")


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
