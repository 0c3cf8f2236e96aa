"""Takes what it can."""

import signal


def before_predict(model, folder):
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            continue
    print("ATTACK ignores signals", flush=True)
    while True:
        pass


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def after_predict(output):
    """Nothing."""
