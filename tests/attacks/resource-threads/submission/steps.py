"""Starts threads until there are no more."""

import threading


def before_train(data, model):
    threads, why, gate = [], "never refused", threading.Event()
    try:
        while len(threads) < 10_000:
            threads.append(threading.Thread(target=gate.wait, daemon=True))
            threads[-1].start()
    except RuntimeError as error:
        why = str(error)
    gate.set()
    print("ATTACK threads", len(threads), why)


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
