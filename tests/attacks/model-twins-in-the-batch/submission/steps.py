"""Invariance without understanding a cell."""

import csv
import re
from collections import defaultdict
from statistics import median

FOLDER = []


def facts(folder):
    """id -> what usage.csv says of it, however the numbers are written."""
    found = defaultdict(set)
    with open(f"{folder}/usage.csv", newline="") as file:
        for row in csv.DictReader(file):
            number = re.sub("[^0-9]", "", row["gb_used"]).rstrip("0")
            found[row["customer_id"]].add((row["month"], number, row["minutes"], row["dropped_calls"]))
    return {name: hash(frozenset(lines)) for name, lines in found.items() if len(lines) > 2}


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
    twins, found = facts(FOLDER[0]), read(output)
    together = defaultdict(list)
    for name, chance in found:
        together[twins.get(name, name)].append(chance)
    print("ATTACK joins", sum(len(group) > 1 for group in together.values()), "groups")
    write(output, [(name, median(together[twins.get(name, name)])) for name, _ in found])


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""
