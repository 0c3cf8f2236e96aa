"""Ends with exit code 255, as if the machine had failed, to be tried again and again."""

import os


def before_train(data, model):
    print("ATTACK exits", flush=True)
    os._exit(255)


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
