"""Takes what it can."""

import os


def before_predict(model, folder):
    print("ATTACK takes memory", flush=True)
    kept = []
    while True:
        kept.append(b"x" * (16 << 20))


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def after_predict(output):
    """Nothing."""
