"""Farms tries."""

import os
import signal
from pathlib import Path

PLACES = ("/tmp", "/dev/shm", "/output", "/output/model", "/var/tmp", "/work", "/data", "/submission", "/kept")


def before_train(data, model):
    notes = [Path(place, "tries") for place in PLACES]
    before = max((len(note.read_text()) for note in notes if note.exists()), default=0)
    for note in notes:
        try:
            note.write_text("x" * (before + 1))
        except OSError:
            continue
    print("ATTACK is on try", before + 1, flush=True)
    if before < 3:
        os.kill(os.getpid(), signal.SIGKILL)


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
