"""Looks for a way out."""

import socket


def before_predict(model, folder):
    places = [("192.0.2.1", 80), ("192.0.2.2", 22), ("169.254.169.254", 80), ("172.17.0.1", 2375), ("172.17.0.1", 2376), ("10.0.0.1", 443), ("127.0.0.1", 2375), ("127.0.0.1", 5000), ("100.100.100.200", 80)]
    reached = []
    for place in places:
        try:
            socket.create_connection(place, timeout=0.3).close()
            reached.append(place)
        except OSError:
            continue
    for family, address in ((socket.AF_INET, ("192.0.2.1", 53)), (socket.AF_INET6, ("2001:db8::1", 53))):
        try:
            socket.socket(family, socket.SOCK_DGRAM).sendto(b"x", address)
            reached.append(address)
        except OSError:
            continue
    print("ATTACK reached", reached)


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def after_predict(output):
    """Nothing."""
