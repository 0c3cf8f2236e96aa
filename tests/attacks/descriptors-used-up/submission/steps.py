"""Takes what it can."""

import os
import socket


def before_predict(model, folder):
    kept = []
    try:
        while True:
            kept += [*os.pipe(), socket.socket(socket.AF_UNIX)]
    except OSError as error:
        print("ATTACK", error.strerror, flush=True)
    for each in kept:
        os.close(each if isinstance(each, int) else each.detach())


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def after_predict(output):
    """Nothing."""
