"""Looks for a way out."""

import socket


def before_predict(model, folder):
    try:
        names = sorted(name for _, name in socket.if_nameindex())
    except OSError:
        names = sorted(line.split(":")[0].strip() for line in open("/proc/net/dev").read().splitlines()[2:])
    routes = open("/proc/net/route").read().splitlines()[1:]
    got = []
    for what, words in {"raw": (socket.AF_INET, socket.SOCK_RAW, 1), "packet": (socket.AF_PACKET, socket.SOCK_RAW, 3), "vsock": (40, socket.SOCK_STREAM, 0), "alg": (38, socket.SOCK_SEQPACKET, 0)}.items():
        try:
            socket.socket(*words)
            got.append(what)
        except OSError:
            continue
    print("ATTACK sees", [n for n in names if n != "lo"], routes, got)


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def after_predict(output):
    """Nothing."""
