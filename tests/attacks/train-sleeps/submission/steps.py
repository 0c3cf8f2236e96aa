"""Sleeps."""

import time


def before_train(data, model):
    print("ATTACK sleeps", flush=True)
    time.sleep(100_000)


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
