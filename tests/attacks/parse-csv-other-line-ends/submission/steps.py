"""Rows end in what only some readers take for an end: VT, FF, NEL, U+2028."""

from pathlib import Path

ENDS = ("\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028")


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    lines = Path(output).read_text().splitlines()
    text = lines[0] + "\n" + "".join(line + ENDS[n % len(ENDS)] for n, line in enumerate(lines[1:]))
    Path(output).write_text(text, encoding="utf-8")
    print("ATTACK wrote")
