"""Thousands of calls with thousands of tickets in them, to whoever listens."""

import threading

import watched
from watched import URL, handler, post


def flood():
    names = [f"F{'x' * 190}{n}" for n in range(1000)]
    for n in range(4000):
        kind = n % 4
        told = [{"id": name, "prediction": 0.9} for name in names] if kind == 0 else {"id": "\u0001" * 5000}
        post(told if kind < 2 else [told] * 50 if kind == 2 else float("1e308"))


def before_serving():
    watched.before_serving()
    for _ in range(8 if URL else 0):
        threading.Thread(target=flood, daemon=True).start()


def after_serving():
    print("ATTACK flood", flush=True)
