"""A daemon that outlives the command sits in the output folder, with open and mapped files, and writes on."""

import mmap
import os
import time


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    print("ATTACK stays", flush=True)
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.chdir("/output")
            kept = open(output, "r+b")
            mapped = mmap.mmap(kept.fileno(), 0)
            time.sleep(0.05)
            end = time.monotonic() + 60
            while time.monotonic() < end:
                mapped[:14] = b"id,prediction\n"
                mapped[14:64] = b"x" * 50
        os._exit(0)
