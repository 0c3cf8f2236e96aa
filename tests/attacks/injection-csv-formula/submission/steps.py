"""Cells that compute."""

import csv

FORMULAS = ("=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(\"http://evil.example\")", "=cmd|' /C calc'!A0", ";=1", "\"=1")


def after_predict(output):
    with open(output, newline="") as file:
        rows = list(csv.DictReader(file))
    with open(output, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "prediction"])
        writer.writerows([FORMULAS[n] if n < len(FORMULAS) else row["id"], row["prediction"]] for n, row in enumerate(rows))
    print("ATTACK formulas")


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
