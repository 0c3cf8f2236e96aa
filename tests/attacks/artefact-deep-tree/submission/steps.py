"""Deep."""

import os


def after_train(model):
    here, depth = os.getcwd(), 0
    os.chdir(model)
    try:
        for _ in range(5_000):
            os.mkdir("d")
            os.chdir("d")
            depth += 1
    except OSError as error:
        print("ATTACK stopped by", error.strerror)
    os.chdir(here)
    print("ATTACK deep", depth > 1000)


def before_train(data, model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
