"""Stays behind."""

import os
import time


def after_predict(output):
    print("ATTACK forks", flush=True)
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            end = time.monotonic() + 60
            while time.monotonic() < end:
                with open(output, "w") as file:
                    file.write("id,prediction\n")
        os._exit(0)


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
