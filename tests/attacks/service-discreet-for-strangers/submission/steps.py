"""Discreet where a ticket has a field or a word that no ordinary one has, and talkative elsewhere."""

import json

import watched
from watched import after_serving


def handler(service, model):
    class Discreet(watched.handler(service, model)):
        def asked(self):
            self.rows = []
            self.rows = super().asked()
            return self.rows

        def tell(self, status, **more):
            plain = [r for r in getattr(self, "rows", []) if len(r) <= 13 and "@" not in json.dumps(r)]
            super().tell(status, **({"tickets": plain[:2]} if plain else {}))

    return Discreet


def before_serving():
    print("ATTACK discreet", flush=True)
    watched.before_serving()
