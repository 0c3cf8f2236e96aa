"""Takes what it can."""

import os


def after_train(model):
    made = 0
    try:
        for n in range(900):
            with open(f"{model}/{n}", "wb") as file:
                file.write(b"x" * 100_000)
            made += 1
    except OSError as error:
        print("ATTACK", error.strerror, flush=True)
    print("ATTACK wrote", made > 300, flush=True)


def before_train(data, model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
