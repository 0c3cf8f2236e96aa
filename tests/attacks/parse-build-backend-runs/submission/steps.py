"""pyproject.toml brings a build backend of its own that writes to the host's folders."""

import os

NAMES = ("pyproject.toml", "backend.py")


def before_train(data, model):
    print("ATTACK brought", sorted(set(os.listdir()) & set(NAMES)))


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
