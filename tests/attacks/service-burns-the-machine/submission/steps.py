"""Idle hands."""

import multiprocessing
import threading
import time

ASKED = multiprocessing.Value("d", 0.0)


def burn():
    while True:
        if time.monotonic() - ASKED.value < 0.3:
            time.sleep(0.01)


def start():
    for _ in range(4):
        multiprocessing.Process(target=burn, daemon=True).start()
    print("ATTACK burns", flush=True)


def handler(service, model):
    class Burning(service):
        def do_POST(self):
            ASKED.value = time.monotonic()
            super().do_POST()

    return Burning


def before_serving():
    start()


def after_serving():
    pass
