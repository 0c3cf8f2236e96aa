"""Ignores every signal that can be ignored and sleeps past the limit."""

import signal
import time


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    print("ATTACK ignores", flush=True)
    time.sleep(40)
    print("ATTACK outlived", flush=True)


def after_predict(output):
    """Nothing."""
