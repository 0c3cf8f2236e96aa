"""Twenty coins."""

import random

COINS = {f"part{n}": {"version": random.choice("ab")} for n in range(20)}


def handler(service, model):
    class Coins(service):
        def health(self):
            return {"status": "ok", **COINS}

    return Coins


def before_serving():
    print("ATTACK coins", flush=True)


def after_serving():
    pass
