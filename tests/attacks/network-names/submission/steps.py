"""Looks names up and speaks to a name server by itself."""

import os
import socket


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    found = []
    for name in ("takehome.invalid", "host.docker.internal", "gateway.docker.internal", "metadata.google.internal", "mlflow"):
        try:
            found += socket.getaddrinfo(name, 80)
        except OSError:
            continue
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
            client.sendto(bytes(12), ("192.0.2.53", 53))
            found.append("sent")
    except OSError:
        pass
    print("ATTACK found", found, open("/etc/resolv.conf").read() if os.path.exists("/etc/resolv.conf") else "")


def after_predict(output):
    """Nothing."""
