"""Takes what it can."""

import os


def before_predict(model, folder):
    print("ATTACK", flush=True)
    if os.fork() == 0:
        kept = []
        while True:
            kept.append(b"x" * (16 << 20))
    os.wait()


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def after_predict(output):
    """Nothing."""
