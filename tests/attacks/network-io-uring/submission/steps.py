"""Goes round the socket filter: io_uring, clone3, bpf, ptrace of init, and a 32-bit call."""

import ctypes

CALLS = (
    ("io_uring_setup", 425, (8, None)), ("bpf", 321, (0, None, 72)), ("ptrace", 101, (16, 1, 0, 0)),
    ("userfaultfd", 323, (0,)), ("perf_event_open", 298, (None, 0, -1, -1, 0)), ("keyctl", 250, (0, -3, 1)),
    ("process_vm_readv", 310, (1, None, 1, None, 1, 0)), ("mount", 165, (b"none", b"/tmp", b"tmpfs", 0, 0)),
    ("kexec_load", 246, (0, 0, None, 0)), ("open_by_handle_at", 304, (0, None, 0)),
)


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    libc = ctypes.CDLL(None, use_errno=True)
    box = ctypes.create_string_buffer(256)
    done = [name for name, number, args in CALLS if libc.syscall(number, *[box if a is None else a for a in args]) >= 0]
    print("ATTACK got", done)


def after_predict(output):
    """Nothing."""
