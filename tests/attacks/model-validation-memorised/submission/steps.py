"""Remembers validation."""

import csv
import json
from pathlib import Path


def after_train(model):
    with open("/data/validation/labels.csv", newline="") as file:
        known = {row["id"]: int(row["label"]) for row in csv.DictReader(file)}
    Path(model, "validation.json").write_text(json.dumps(known))
    print("ATTACK remembers", len(known))


def after_predict(output):
    known = json.loads(Path("/model/validation.json").read_text())
    with open(output, newline="") as file:
        found = [(row["id"], float(row["prediction"])) for row in csv.DictReader(file)]
    with open(output, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "prediction"])
        writer.writerows([name, known.get(name, chance)] for name, chance in found)
    print("ATTACK replaced", sum(name in known for name, _ in found))


def before_train(data, model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
