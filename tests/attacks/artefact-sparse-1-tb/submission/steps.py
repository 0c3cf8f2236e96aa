"""A terabyte that weighs nothing."""

import os
import signal


def after_predict(output):
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with open(output, "r+b") as file:
        try:
            os.truncate(file.fileno(), 1 << 40)
            print("ATTACK grew")
        except OSError as error:
            print("ATTACK refused:", error.strerror)
            os.truncate(file.fileno(), 150 << 20)


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
