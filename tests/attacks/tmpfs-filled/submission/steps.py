"""Takes what it can."""

import os


def before_predict(model, folder):
    for place in ("/work", "/tmp", "/dev/shm", "/output"):
        try:
            with open(f"{place}/filler", "wb") as file:
                while True:
                    file.write(b"x" * (1 << 20))
        except OSError as error:
            print("ATTACK", place, error.strerror, flush=True)
        if place != "/output":
            os.remove(f"{place}/filler")


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def after_predict(output):
    """Nothing."""
