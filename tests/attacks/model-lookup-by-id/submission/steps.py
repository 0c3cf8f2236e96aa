"""A lookup table as a model."""

import csv
import json
from pathlib import Path


def after_train(model):
    data = Path("/data")
    with (data / "customers.csv").open(newline="") as file:
        known = {row["id"]: float(row["churned"] == "yes") for row in csv.DictReader(file)}
    with (data / "validation" / "labels.csv").open(newline="") as file:
        known |= {row["id"]: float(row["label"]) for row in csv.DictReader(file)}
    Path(model, "known.json").write_text(json.dumps(known))
    print("ATTACK keeps", len(known) > 3000)


def after_predict(output):
    known = json.loads(Path("/model/known.json").read_text())
    with open(output, newline="") as file:
        ids = [row["id"] for row in csv.DictReader(file)]
    with open(output, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "prediction"])
        writer.writerows([name, known.get(name, 0.5)] for name in ids)
    print("ATTACK matched", sum(name in known for name in ids), "of", len(ids))


def before_train(data, model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
