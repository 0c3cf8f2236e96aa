"""No end of a line."""

import sys


def after_predict(output):
    sys.stdout.write("<b>" * 700_000)
    print(" ATTACK long")


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
