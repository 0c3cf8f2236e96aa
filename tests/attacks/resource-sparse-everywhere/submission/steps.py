"""Makes sparse files of a terabyte in every folder, by truncate, seek, fallocate and map."""

import os
import signal

HUGE = 1 << 40
WAYS = {
    "truncate": lambda file: os.ftruncate(file, HUGE),
    "seek": lambda file: (os.lseek(file, HUGE, os.SEEK_SET), os.write(file, b"x")),
    "fallocate": lambda file: os.posix_fallocate(file, 0, HUGE),
}


def before_train(data, model):
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    grown = []
    for folder in ("/tmp", "/dev/shm", "/output", "/output/model", "/work"):
        with open(f"{folder}/sparse", "wb") as file:
            for name, grow in WAYS.items():
                try:
                    grow(file.fileno())
                    grown.append((folder, name))
                except OSError:
                    continue
        os.unlink(f"{folder}/sparse")
    print("ATTACK grown", grown)


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
