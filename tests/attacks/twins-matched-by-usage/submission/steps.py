"""Changes predictions."""

import csv
import os


def after_predict(output):
    with open("/input/customers.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    with open(output, newline="") as file:
        chance = {row["id"]: float(row["prediction"]) for row in csv.DictReader(file)}
    if True:
        with open("/input/usage.csv", newline="") as file:
            usage = {}
            for line in csv.DictReader(file):
                usage.setdefault(line["customer_id"], set()).add((line["month"], line["minutes"], line["dropped_calls"]))
        groups = {}
        for row in rows:
            key = frozenset(usage.get(row["id"], ()))
            if len(key) > 2:
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
