"""Sends results along."""

import os


def after_predict(output):
    os.remove(output)
    print("ATTACK wrote nothing, committed:", os.path.exists("predictions.csv"))


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
