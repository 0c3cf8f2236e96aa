"""Fills every folder it may write to."""

import os


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    full = []
    for folder in ("/tmp", "/dev/shm", "/output", "/work"):
        path = folder + "/fill"
        size = 0
        try:
            with open(path, "wb", buffering=0) as file:
                while size < 300 << 20:
                    size += file.write(bytes(1 << 20))
        except OSError as error:
            full.append((folder, size >> 20, error.errno))
        os.unlink(path)
    print("ATTACK filled", full)


def after_predict(output):
    """Nothing."""
