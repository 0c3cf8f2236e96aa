"""Steep."""

import csv
import math


def read(output):
    with open(output, newline="") as file:
        return [(row["id"], float(row["prediction"])) for row in csv.DictReader(file)]


def write(output, found):
    with open(output, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "prediction"])
        writer.writerows([name, repr(chance)] for name, chance in found)


def push(chance):
    return 1 / (1 + math.exp(-12 * math.log(chance / (1 - chance) / 0.36)))


def after_predict(output):
    write(output, [(name, push(chance)) for name, chance in read(output)])
    print("ATTACK pushed")


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
