"""Slow."""

import time


def handler(service, model):
    class Slow(service):
        def predicted(self, rows):
            if len(rows) == 1:
                time.sleep(0.125)
            return super().predicted(rows)

    return Slow


def before_serving():
    pass


def after_serving():
    pass
