"""setup.py writes to the host's folders as soon as anybody runs it to learn what it needs."""

import os

NAMES = ("setup.py", "setup.cfg")


def before_train(data, model):
    print("ATTACK brought", sorted(set(os.listdir()) & set(NAMES)))


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
