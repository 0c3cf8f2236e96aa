"""Connects to abstract unix sockets of neighbours and of the engine."""

import os
import socket

USUAL = (
    "\0containerd-shim", "\0/containerd-shim/moby/shim.sock", "\0/tmp/.X11-unix/X0", "\0/tmp/dbus", "\0planted",
    "\0/run/containerd/s/0", "\0docker", "\0/org/kernel/linux/storage/multipathd",
)


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    listed = open("/proc/net/unix").read().split("\n")[1:] if os.path.exists("/proc/net/unix") else []
    names = {line.split()[-1].replace("@", "\0", 1) for line in listed if "@" in line} | set(USUAL)
    open_ones = []
    for name in names:
        with socket.socket(socket.AF_UNIX) as client:
            if client.connect_ex(name) == 0:
                open_ones.append(name)
    print("ATTACK tried", len(names), "open", open_ones)


def after_predict(output):
    """Nothing."""
