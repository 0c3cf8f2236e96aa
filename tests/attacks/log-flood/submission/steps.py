"""Takes what it can."""

import os


def before_predict(model, folder):
    line = b"ATTACK " + b"x" * 1000 + b"\n"
    for _ in range(100_000):
        os.write(1, line)


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def after_predict(output):
    """Nothing."""
