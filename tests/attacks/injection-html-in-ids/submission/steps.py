"""Ids that draw."""

import csv

IDS = ("<svg onload=alert(1)>", "</script><script>alert(1)//", "<img src=x onerror=1>", "|a|b|", "[x](javascript:1)", "\x1b[2J", "\u202eid")


def after_predict(output):
    with open(output, newline="") as file:
        rows = list(csv.DictReader(file))
    with open(output, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "prediction"])
        writer.writerows([IDS[n] if n < len(IDS) else row["id"], row["prediction"]] for n, row in enumerate(rows))
    print("ATTACK named")


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
