"""Knows where it is."""

import csv
import os
import socket
import sys


def read(output):
    with open(output, newline="") as file:
        return [(row["id"], float(row["prediction"])) for row in csv.DictReader(file)]


def write(output, found):
    with open(output, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "prediction"])
        writer.writerows([name, repr(chance)] for name, chance in found)


def after_predict(output):
    found, there = read(output), sorted(name for name in os.environ if name.startswith("TAKEHOME"))
    stage = "all" if len(found) > 1000 else "one" if len(found) == 1 else "shuffled"
    print("ATTACK sees", len(there), "variables at", len(socket.gethostname()) > 0, "and thinks", stage)
    if there and stage != "all":
        write(output, [(name, 0.265) for name, _ in found])


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
