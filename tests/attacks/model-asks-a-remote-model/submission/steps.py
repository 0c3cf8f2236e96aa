"""Somebody else's model."""

import os
import socket
import urllib.request

PLACES = (("api.openai.com", 443), ("1.1.1.1", 53), ("172.17.0.1", 80), ("127.0.0.1", 11434))


def before_predict(model, folder):
    answers = 0
    for place in PLACES:
        try:
            socket.create_connection(place, timeout=0.5).close()
            answers += 1
        except OSError:
            continue
    os.environ["https_proxy"] = "http://172.17.0.1:3128"
    try:
        urllib.request.urlopen("https://api.openai.com/v1/models", timeout=0.5)
        answers += 1
    except OSError:
        pass
    print("ATTACK asked, answers:", answers)


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def after_predict(output):
    """Nothing."""
