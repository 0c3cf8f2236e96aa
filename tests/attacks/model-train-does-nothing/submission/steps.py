"""Reads the pickle that runs code."""

import pickle
from pathlib import Path


def before_predict(model, folder):
    pickle.loads(Path(model, "evil.pkl").read_bytes())


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def after_predict(output):
    """Nothing."""
