"""Takes what it can."""

import os


def before_predict(model, folder):
    for _ in range(600):
        os.write(2, b"ATTACK\xff\x00\x1b]0;" * 5_000)


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def after_predict(output):
    """Nothing."""
