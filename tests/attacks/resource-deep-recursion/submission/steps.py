"""Recurses until the stack is gone."""

import sys
import threading


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    sys.setrecursionlimit(1 << 30)
    threading.stack_size(64 << 20)
    print("ATTACK recurses", flush=True)
    deeper = lambda n: [deeper(n + 1)]
    thread = threading.Thread(target=lambda: max([[]] * 9, key=lambda x: deeper(0)))
    thread.start()
    thread.join()
    print("ATTACK came back", flush=True)


def after_predict(output):
    """Nothing."""
