"""Time stands still."""

import time


def before_predict(model, folder):
    end = time.monotonic() + 3
    while time.monotonic() < end:
        pass
    time.time = time.monotonic = time.perf_counter = lambda: 0.0
    print("ATTACK stopped the clock")


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def after_predict(output):
    """Nothing."""
