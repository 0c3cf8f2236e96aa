"""Asks the address where clouds tell a machine its credentials."""

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
    ends = [reach(socket.AF_INET, (address, 80)) for address in ("169.254.169.254", "169.254.170.2")]
    ends.append(reach(socket.AF_INET6, ("fd00:ec2::254", 80)))
    print("ATTACK reached", sorted(set(ends)))


def after_predict(output):
    """Nothing."""
