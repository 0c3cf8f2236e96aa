"""Children."""

import os
import signal
import time


def fork():
    print("ATTACK forks", flush=True)
    for _ in range(20):
        if os.fork() == 0:
            os.setsid()
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            while True:
                time.sleep(1)


def handler(service, model):
    return service


def before_serving():
    pass


def after_serving():
    fork()
