"""Forks until the kernel gives no more, children forking too."""

import os
import signal
import time


def before_train(data, model):
    children, why = [], "never refused"
    for _ in range(4000):
        try:
            child = os.fork()
        except OSError as error:
            why = error.strerror
            break
        if child == 0:
            time.sleep(10)
            os._exit(0)
        children.append(child)
    for child in children:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    print("ATTACK forked", len(children), why)


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
