"""Looks customers up by what they are."""

import csv

KEYS = ("female", "tenure", "monthly_charges", "total_charges", "payment_method", "internet_service")


def after_predict(output):
    with open("/data/customers.csv", newline="") as file:
        known = {tuple(row[k] for k in KEYS): row["churned"] == "yes" for row in csv.DictReader(file)}
    with open("/input/customers.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    found = [known.get(tuple(row[k] for k in KEYS)) for row in rows]
    print("ATTACK found", sum(f is not None for f in found), "of", len(rows))
    with open(output, "w") as file:
        file.write("id,prediction\n")
        file.writelines(f"{row['id']},{0.5 if f is None else float(f)}\n" for row, f in zip(rows, found))


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
