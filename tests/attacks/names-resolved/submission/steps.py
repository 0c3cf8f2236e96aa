"""Looks for a way out."""

import socket


def before_predict(model, folder):
    socket.setdefaulttimeout(2)
    found = []
    for name in ("example.com", "host.docker.internal", "gateway.docker.internal", "takehome", "metadata.google.internal", "pypi.org"):
        try:
            found.append((name, socket.gethostbyname(name)))
        except OSError:
            continue
    print("ATTACK found", found, open("/etc/resolv.conf").read().split() if __import__("os").path.exists("/etc/resolv.conf") else [])


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def after_predict(output):
    """Nothing."""
