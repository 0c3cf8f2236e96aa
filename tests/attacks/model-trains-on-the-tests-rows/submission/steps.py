"""Learns from what it is asked."""

import csv

import numpy as np
from model import fit, load_customers, make_features, predict

FOLDER = []


def read(output):
    with open(output, newline="") as file:
        return [(row["id"], float(row["prediction"])) for row in csv.DictReader(file)]


def write(output, found):
    with open(output, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "prediction"])
        writer.writerows([name, repr(chance)] for name, chance in found)


def before_predict(model, folder):
    FOLDER.append(folder)


def after_predict(output):
    found = read(output)
    rows = load_customers(FOLDER[0])
    features, _ = make_features(rows, [0.16, 32, 64, 0.55])
    labels = np.array([chance > 0.5 for _, chance in found], dtype=float)
    if len(rows) > 10:
        again = predict(features, fit(features, labels))
        write(output, [(name, float((chance + new) / 2)) for (name, chance), new in zip(found, again, strict=True)])
    print("ATTACK fits on", len(rows))


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""
