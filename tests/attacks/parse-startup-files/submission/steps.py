"""sitecustomize.py, usercustomize.py, a .pth file and shadows of the library lie in the repository."""

import os

NAMES = ("sitecustomize.py", "usercustomize.py", "evil.pth", "json.pth")


def before_train(data, model):
    print("ATTACK started", sorted(set(os.listdir()) & set(NAMES)))


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
