"""Asks the kernel by netlink for links, routes, audit, connector and uevents."""

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
    print("ATTACK given", allowed([(str(n), 16, kind, n) for n in range(23) for kind in (2, 3)]))


def after_predict(output):
    """Nothing."""
