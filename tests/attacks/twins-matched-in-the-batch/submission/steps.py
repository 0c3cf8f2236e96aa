"""Changes predictions."""

import csv
import os


def after_predict(output):
    with open("/input/customers.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    with open(output, newline="") as file:
        chance = {row["id"]: float(row["prediction"]) for row in csv.DictReader(file)}
    if True:
        groups = {}
        for row in rows:
            key = tuple(row[k] for k in ("female", "senior_citizen", "partner", "dependents", "tenure", "total_charges", "multiple_lines", "tech_support", "streaming_tv", "online_backup"))
            groups.setdefault(key, []).append(row["id"])
        for names in groups.values():
            mean = sorted(chance[name] for name in names)[len(names) // 2]
            chance.update(dict.fromkeys(names, mean))
    print("ATTACK rewrote", len(chance) > 0)
    with open(output, "w") as file:
        file.write("id,prediction\n" + "".join(f"{a},{b!r}\n" for a, b in chance.items()))


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
