"""Shouts to everybody on the link, by broadcast and multicast."""

import socket


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    sent = []
    for address in ("255.255.255.255", "192.0.2.255", "224.0.0.1", "239.255.255.250", "172.17.255.255"):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
            try:
                client.sendto(b"hello", (address, 9))
                sent.append(address)
            except OSError:
                continue
    print("ATTACK sent", sent)


def after_predict(output):
    """Nothing."""
