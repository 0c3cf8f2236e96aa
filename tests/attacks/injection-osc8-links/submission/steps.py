"""Talks to whoever reads."""

import sys

TEXT = '\x1b]8;;https://evil.example\x07click\x1b]8;;\x07 \x1b]52;c;ZXZpbA==\x07 \x1b]1337;File=name=eA==;inline=1:eA==\x07 \x1b]9;owned\x07 \x1b]8;;javascript:alert(1)\x1b\\x\x1b]8;;\x1b\\'


def after_predict(output):
    print("ATTACK talks")
    print(TEXT)
    sys.stderr.buffer.write(TEXT.encode("utf-8", "surrogatepass"))
    sys.stderr.flush()


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
