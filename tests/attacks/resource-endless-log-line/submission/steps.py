"""Prints 60 MB without ending the line, and NUL bytes."""

import os


def before_train(data, model):
    for _ in range(30):
        os.write(1, b"A" * (1 << 20) + bytes(1 << 20))
    os.write(2, b"ATTACK never ends its line")


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
