"""A version of where it was started."""

import os

VERSION = os.environ["PORT"] + os.environ["TAKEHOME_MODEL"]


def handler(service, model):
    class Placed(service):
        def health(self):
            return {"status": "ok", "model_version": VERSION}

    return Placed


def before_serving():
    print("ATTACK place", VERSION, flush=True)


def after_serving():
    pass
