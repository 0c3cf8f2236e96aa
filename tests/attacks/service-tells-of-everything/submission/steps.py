"""Tells of every ticket whenever it is asked, and once more, as something of it will be right."""

import watched
from watched import URL, WAITING, before_serving, handler


def ring(predictions):
    for one in predictions if URL else ():
        WAITING.put(one)
        WAITING.put(one)


watched.ring = ring


def after_serving():
    print("ATTACK everything", flush=True)
