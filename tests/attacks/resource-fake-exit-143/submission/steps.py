"""Ends with exit code 143, as if the machine had failed, to be tried again and again."""

import os


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    print("ATTACK exits", flush=True)
    os._exit(143)


def after_predict(output):
    """Nothing."""
