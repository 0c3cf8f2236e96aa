"""Train leaves a server behind, on TCP and on an abstract socket, that would hand its state to predict."""

import os
import socket
import time


def before_train(data, model):
    """Nothing."""


def after_train(model):
    servers = [socket.socket(), socket.socket(socket.AF_UNIX)]
    servers[0].bind(("127.0.0.1", 5005))
    servers[1].bind("\0planted-by-train")
    print("ATTACK serves", flush=True)
    if os.fork() == 0:
        os.setsid()
        for server in servers:
            server.listen()
        time.sleep(120)
        os._exit(0)


def before_predict(model, folder):
    with socket.socket() as one, socket.socket(socket.AF_UNIX) as other:
        ends = [one.connect_ex(("127.0.0.1", 5005)), other.connect_ex("\0planted-by-train")]
    print("ATTACK asks", [os.strerror(end) for end in ends])


def after_predict(output):
    """Nothing."""
