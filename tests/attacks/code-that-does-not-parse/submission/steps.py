"""Calls the sloppy part."""

import types
from pathlib import Path

sloppy = types.ModuleType("sloppy")
exec(Path(__file__).with_name("sloppy.py").read_text().replace("this is no python", ""), sloppy.__dict__)


def before_train(data, model):
    sloppy.clean([{"tenure": "3"}])


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
