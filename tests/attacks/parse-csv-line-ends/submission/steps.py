"""Rows end in CR alone; the same table, so the same points."""

from pathlib import Path


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    Path(output).write_bytes(Path(output).read_bytes().replace(b"\r\n", b"\r"))
    print("ATTACK wrote")
