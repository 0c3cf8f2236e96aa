"""Looks on 127.0.0.1 for services of the host: MLflow, the engine, a database, any port at all."""

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


OPEN = []


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    for port in range(1, 65536):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as client:
            # a port may be given to the asker itself, who then talks to himself
            if client.connect_ex(("127.0.0.1", port)) == 0 and client.getsockname() != client.getpeername():
                OPEN.append(port)
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        own = reach(socket.AF_INET, server.getsockname())
    print("ATTACK open", OPEN, "own", own)


def after_predict(output):
    """Nothing."""
