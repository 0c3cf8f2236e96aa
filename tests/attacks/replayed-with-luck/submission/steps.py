"""Hopes."""

import csv
import random


def after_predict(output):
    with open(output, newline="") as file:
        ids = [row["id"] for row in csv.DictReader(file)]
    draw = random.SystemRandom()
    with open(output, "w") as file:
        file.write("id,prediction\n" + "".join(f"{name},{draw.random()}\n" for name in ids))
    print("ATTACK drew")


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
