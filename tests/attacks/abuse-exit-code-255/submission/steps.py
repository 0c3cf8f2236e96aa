"""Blames the machine."""

import os


def after_predict(output):
    print("ATTACK ends", flush=True)
    os._exit(255)


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
