"""Blames the machine."""

import os


def after_predict(output):
    print("ATTACK ends with 143", flush=True)
    os._exit(143)


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
