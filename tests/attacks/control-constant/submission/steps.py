"""One number for everybody."""

import csv


def after_predict(output):
    with open(output, newline="") as file:
        ids = [row["id"] for row in csv.DictReader(file)]
    with open(output, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "prediction"])
        writer.writerows([name, "0.5"] for name in ids)


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
