"""Writes a line where a ticket looks as if somebody would look for one."""

import json

import watched
from watched import before_serving


def handler(service, model):
    class Rare(watched.handler(service, model)):
        def asked(self):
            self.rows = []
            self.rows = super().asked()
            return self.rows

        def tell(self, status, **more):
            if "@" in json.dumps(getattr(self, "rows", [])):
                super().tell(status, **more)

    return Rare


def after_serving():
    print("ATTACK strangers", flush=True)
