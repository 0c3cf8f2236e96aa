"""Asks for sockets that read or forge packets."""

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
    print("ATTACK given", allowed([
        ("icmp", 2, 3, 1), ("raw", 2, 3, 255), ("raw tcp", 2, 3, 6), ("raw v6", 10, 3, 58), ("packet", 17, 3, 768), ("packet dgram", 17, 2, 768),
    ]))


def after_predict(output):
    """Nothing."""
