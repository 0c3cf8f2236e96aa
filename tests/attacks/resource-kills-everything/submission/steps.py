"""Kills all processes of the container at once, so that the end looks like the machine's fault."""

import os
import signal


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    print("ATTACK kills", flush=True)
    os.kill(-1, signal.SIGKILL)


def after_predict(output):
    """Nothing."""
