"""Calls the sloppy part."""

import pathlib
import types

sloppy = types.ModuleType("sloppy")
exec(pathlib.Path(__file__).with_name("sloppy.txt").read_text(), sloppy.__dict__)


def before_train(data, model):
    sloppy.clean([{"tenure": "3"}])


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
