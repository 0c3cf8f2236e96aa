"""Puts something else where the predictions were."""

import os
import socket


def after_predict(output):
    if "/output/" not in output:
        return
    os.remove(output)
    socket.socket(socket.AF_UNIX).bind(output)
    print("ATTACK swapped")


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
