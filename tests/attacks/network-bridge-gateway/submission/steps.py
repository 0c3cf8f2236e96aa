"""Tries the engine's gateway and its neighbours on the bridge."""

import socket
import time


def reach(family, address):
    """How a connection ends, and whether at once."""
    begin = time.monotonic()
    try:
        with socket.socket(family, socket.SOCK_STREAM) as client:
            client.settimeout(3)
            client.connect(address)
        end = "CONNECTED"
    except OSError as error:
        end = type(error).__name__
    return end if time.monotonic() - begin < 1 else f"{end} SLOW"


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    ends = [reach(socket.AF_INET, (f"172.17.0.{n}", port)) for n in (1, 2, 3) for port in (22, 80, 2375, 2376, 5000)]
    print("ATTACK reached", sorted(set(ends)))


def after_predict(output):
    """Nothing."""
