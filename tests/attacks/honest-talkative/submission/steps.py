"""Talks."""

import logging


def before_train(data, model):
    for n in range(20_000):
        print(f"\r\x1b[32m{n / 200:.0f} %|####|\x1b[0m epoch {n} <loss> & accuracy", end="\n" if n % 100 == 0 else "")
    logging.warning("::group:: is only text here")


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
