"""Burns processor time with sixteen processes for five seconds: it must get no more than its share."""

import os
import time


def before_train(data, model):
    begin = time.monotonic()
    children = []
    for _ in range(16):
        child = os.fork()
        if child == 0:
            while time.monotonic() - begin < 5:
                pass
            os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)
    used = os.times()
    share = (used.children_user + used.children_system) / (time.monotonic() - begin)
    print("ATTACK share", "fair" if share < 1.3 else f"{share:.1f}")


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
