"""Asks for sockets past the network: vsock, AF_ALG, Bluetooth, CAN, TIPC, XDP, keys, and all other numbers."""

import socket


def allowed(kinds):
    """Which of these sockets the kernel gives out."""
    given = []
    for name, family, kind, protocol in kinds:
        try:
            socket.socket(family, kind, protocol).close()
            given.append(name)
        except OSError:
            continue
    return given


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    others = [n for n in range(64) if n not in (1, 2, 10)]
    print("ATTACK given", allowed([(str(n), n, kind, 0) for n in others for kind in (1, 2, 3, 5)]))


def after_predict(output):
    """Nothing."""
