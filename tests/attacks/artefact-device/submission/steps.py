"""Tries for /dev/sda."""

import os
import stat


def after_predict(output):
    for major, minor in ((8, 0), (1, 1), (254, 0)):
        try:
            os.mknod(f"/output/disk{major}", stat.S_IFBLK | 0o666, os.makedev(major, minor))
            print("ATTACK made a device")
        except OSError as error:
            print("ATTACK refused:", error.strerror)


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
