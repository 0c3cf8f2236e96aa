"""Neighbours decide."""

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
    found = sorted(read(output), key=lambda pair: pair[1])
    last = len(found) - 1
    smooth = [(name, sum(found[min(last, max(0, n + k))][1] for k in range(-20, 21)) / 41) for n, (name, _) in enumerate(found)]
    print("ATTACK smoothed")
    write(output, smooth)


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
