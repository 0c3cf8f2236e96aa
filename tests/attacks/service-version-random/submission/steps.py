"""A version out of a hat."""

import uuid

VERSION = uuid.uuid4().hex


def handler(service, model):
    class Drawn(service):
        def health(self):
            return {"status": "ok", "model_version": VERSION}

    return Drawn


def before_serving():
    print("ATTACK version", VERSION, flush=True)


def after_serving():
    pass
