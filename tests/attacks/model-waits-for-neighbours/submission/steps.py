"""Somebody else's answers."""

import glob
import os
import time


def before_predict(model, folder):
    seen = set()
    end = time.monotonic() + 3
    while time.monotonic() < end:
        pids = [p for p in os.listdir("/proc") if p.isdecimal()]
        seen |= {p for p in pids if os.stat(f"/proc/{p}").st_uid not in (0, os.getuid())} if pids else set()
        seen |= set(glob.glob("/dev/shm/*") + glob.glob("/dev/mqueue/*") + glob.glob("/tmp/*/predictions.csv"))
        time.sleep(0.2)
    sockets = open("/proc/net/unix").read().count("\n") - 1 if os.path.exists("/proc/net/unix") else 0
    print("ATTACK sees neighbours", sorted(seen), "sockets", sockets)


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def after_predict(output):
    """Nothing."""
