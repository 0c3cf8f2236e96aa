"""Test, train and predict each sleep to just below the limit that a person is given."""

import time


def before_train(data, model):
    print("ATTACK sleeps", flush=True)
    time.sleep(8)


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
