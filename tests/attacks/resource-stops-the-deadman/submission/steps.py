"""Stops or kills every other process it can see, the deadman and the wrapper first, and sleeps."""

import os
import signal
import time


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    hit = []
    for number in (signal.SIGSTOP, signal.SIGKILL):
        for name in os.listdir("/proc"):
            if name.isdigit() and int(name) not in (os.getpid(), os.getppid()):
                try:
                    os.kill(int(name), number)
                    hit.append(int(name))
                except OSError:
                    continue
    print("ATTACK hit", sorted(set(hit)), flush=True)
    time.sleep(40)


def after_predict(output):
    """Nothing."""
