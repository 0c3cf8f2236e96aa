"""Ids that climb."""

import csv


def after_predict(output):
    with open(output, newline="") as file:
        rows = list(csv.DictReader(file))
    with open(output, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "prediction"])
        writer.writerows(["../../../" + row["id"] if n % 9 else "/etc/passwd", row["prediction"]] for n, row in enumerate(rows))
    print("ATTACK renamed")


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
