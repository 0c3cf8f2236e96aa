"""Talks to whoever reads."""

import sys

TEXT = '\x1b[2J\x1b[3J\x1b[H\x1b[1;32mTotal 100.00 of 100\x1b[0m\r\x1b[1A\x1b[2KA1 25.00\x1b]0;Graded: 100\x07\x1b[?1049h\x1bc\x9b2J\x08\x08\x08\x1b[8m\x1bP$q\x1b\\'


def after_predict(output):
    print("ATTACK talks")
    print(TEXT)
    sys.stderr.buffer.write(TEXT.encode("utf-8", "surrogatepass"))
    sys.stderr.flush()
    raise SystemExit(TEXT)


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
