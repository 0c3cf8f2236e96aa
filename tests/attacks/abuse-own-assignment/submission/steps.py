"""Sets the exam."""

import os


def after_train(model):
    print("ATTACK brings", sum(len(files) for _, _, files in os.walk("assignments")) + sum(len(f) for _, _, f in os.walk("editions")))


def before_train(data, model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
