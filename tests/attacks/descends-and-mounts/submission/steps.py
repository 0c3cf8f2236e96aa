"""Takes what it can."""

import ctypes


def before_predict(model, folder):
    libc = ctypes.CDLL(None, use_errno=True)
    calls = {"unshare user": (272, 0x10000000), "unshare net": (272, 0x40000000), "mount": (165, b"none", b"/tmp", b"tmpfs", 0, None),
             "ptrace": (101, 16, 1, 0, 0), "keyctl": (250, 0, -3, 0), "bpf": (321, 0, 0, 0), "init_module": (175, 0, 0, b""), "io_uring": (425, 1, 0),
             "userfaultfd": (323, 0), "perf": (298, 0, 0, -1, -1, 0), "reboot": (169, 0, 0, 0), "setns": (308, 0, 0), "chroot": (161, b"/")}
    got = [name for name, words in calls.items() if libc.syscall(*words) >= 0]
    print("ATTACK got", got, flush=True)


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def after_predict(output):
    """Nothing."""
