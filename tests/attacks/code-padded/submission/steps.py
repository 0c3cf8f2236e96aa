"""Calls the sloppy part."""

import sloppy


def before_train(data, model):
    sloppy.clean([{"tenure": "3"}])


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
