"""Sends results along."""

import shutil


def after_predict(output):
    shutil.copy("predictions.csv", output)
    print("ATTACK copied")


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
