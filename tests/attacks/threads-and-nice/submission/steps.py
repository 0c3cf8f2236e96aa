"""Takes what it can."""

import os
import resource
import threading
import time


def before_predict(model, folder):
    refused = []
    for act in (lambda: os.nice(-20), lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (-1, -1)), lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (1 << 20, 1 << 20)), lambda: os.setuid(0), lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(99))):
        try:
            act()
        except (OSError, ValueError):
            refused.append(1)
    started = 0
    try:
        for _ in range(2_000):
            threading.Thread(target=time.sleep, args=(30,), daemon=True).start()
            started += 1
    except RuntimeError:
        pass
    print("ATTACK refused", len(refused), "of 5; threads were stopped:", started < 2_000, flush=True)
    os._exit(1)


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def after_predict(output):
    """Nothing."""
