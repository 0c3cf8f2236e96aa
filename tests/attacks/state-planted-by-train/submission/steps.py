"""Leaves notes for later."""

import os
from pathlib import Path

PLACES = ("/tmp", "/tmp/home", "/dev/shm", "/output", "/var/tmp", "/opt", "/data", "/submission", "/dev", "/run", "/")


def after_train(model):
    planted = []
    for place in PLACES:
        try:
            Path(place, "planted.txt").write_text("from train")
            planted.append(place)
        except OSError:
            continue
    print("ATTACK planted", planted)


def before_predict(model, folder):
    print("ATTACK finds", [place for place in PLACES if os.path.exists(f"{place}/planted.txt")])


def before_train(data, model):
    """Nothing."""


def after_predict(output):
    """Nothing."""
