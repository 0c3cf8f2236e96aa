"""A model in many pieces."""

from pathlib import Path


def after_train(model):
    made = 0
    try:
        for n in range(10_000):
            Path(model, f"part{n}").touch()
            made += 1
    except OSError as error:
        print("ATTACK stopped by", error.strerror)
    print("ATTACK made many" if made > 1500 else made)


def before_train(data, model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
