"""Closes its standard streams and goes on; nobody may wait for a word."""

import os
import time


def before_train(data, model):
    print("ATTACK closes", flush=True)
    for n in range(3):
        os.close(n)
    for n in range(3):
        os.open("/dev/null", os.O_RDWR)
    time.sleep(2)


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
