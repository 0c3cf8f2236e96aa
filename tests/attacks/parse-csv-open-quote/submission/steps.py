"""A quote in predictions.csv is never closed and swallows the rest, over and over."""

from pathlib import Path


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    lines = Path(output).read_text().splitlines()
    Path(output).write_text("id,prediction\n" + '"\n' + '\n""'.join(lines[1:]) + '\n"')
    print("ATTACK wrote")
