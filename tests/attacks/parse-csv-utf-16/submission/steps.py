"""predictions.csv holds the honest table in UTF-16."""

from pathlib import Path


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    text = Path(output).read_text()
    Path(output).write_bytes(text.encode("utf-16"))
    print("ATTACK wrote")
