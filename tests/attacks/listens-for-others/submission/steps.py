"""Looks for a way out."""

import os
import socket


def before_predict(model, folder):
    server = socket.socket()
    server.bind(("0.0.0.0", 8080))
    server.listen()
    if os.fork() == 0:
        os.setsid()
        server.settimeout(2)
        try:
            server.accept()
            print("ATTACK somebody came", flush=True)
        except OSError:
            print("ATTACK nobody came", flush=True)
        os._exit(0)
    os.wait()


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def after_predict(output):
    """Nothing."""
