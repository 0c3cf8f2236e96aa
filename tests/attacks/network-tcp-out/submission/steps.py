"""Opens connections to addresses outside, IPv4 and IPv6."""

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
    ends = [reach(socket.AF_INET, ("192.0.2.1", port)) for port in (22, 53, 80, 443, 8080)]
    ends += [reach(socket.AF_INET6, ("2001:db8::1", port)) for port in (80, 443)]
    print("ATTACK reached", sorted(set(ends)))


def after_predict(output):
    """Nothing."""
