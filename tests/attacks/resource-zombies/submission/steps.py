"""Leaves a hundred dead children unburied, and as many orphans."""

import os
import time


def before_train(data, model):
    for n in range(50):
        if os.fork() == 0:
            if n % 2 and os.fork() == 0:
                os.setsid()
                time.sleep(0.2)
            os._exit(0)
    time.sleep(1)
    states = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            states.append(open(f"/proc/{name}/stat").read().rsplit(")", 1)[1].split()[0])
    print("ATTACK zombies", states.count("Z"))


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
