"""A row of customers.csv -> numbers -> the chance that the customer leaves."""

import csv
import math


def read_customers(path):
    """The rows of a CSV file as dictionaries."""
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text, default=0.0):
    """A number, or the default where there is none."""
    try:
        value = float(text)
    except (TypeError, ValueError):
        return default
    return value if math.isfinite(value) else default


def features(row):
    """One, tenure and charges about their usual middle, and two flags."""
    contract = (row.get("contract") or "").lower()
    return [
        1.0,
        (min(number(row.get("tenure"), 30), 100) - 30) / 25,
        (min(number(row.get("monthly_charges"), 65), 500) - 65) / 30,
        1.0 if contract.startswith("month") else 0.0,
        min(number(row.get("senior_citizen")), 1),
    ]


def chance(weights, values):
    """The logistic function of a weighted sum, without overflow."""
    score = sum(weight * value for weight, value in zip(weights, values))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def fit(rows, targets, steps=200, rate=1.0):
    """Weights by plain gradient descent."""
    weights = [0.0] * len(rows[0])
    for _ in range(steps):
        slopes = [0.0] * len(weights)
        for values, target in zip(rows, targets):
            gap = chance(weights, values) - target
            for place, value in enumerate(values):
                slopes[place] += gap * value
        weights = [weight - rate * slope / len(rows) for weight, slope in zip(weights, slopes)]
    return weights
