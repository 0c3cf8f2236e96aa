"""Writes the same numbers in another way."""

import csv


def after_predict(output):
    with open(output, newline="") as file:
        rows = [(row["id"], float(row["prediction"])) for row in csv.DictReader(file)]
    with open(output, "w", encoding="utf-8-sig", newline="") as file:
        file.write('"id","prediction"\r\n')
        file.writelines(f'"{a}",{b:.17e}\r\n' for a, b in reversed(rows))


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
