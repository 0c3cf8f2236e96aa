"""Ends itself by a segmentation fault, a core dump asked for."""

import ctypes


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    print("ATTACK crashes", flush=True)
    ctypes.string_at(0)
