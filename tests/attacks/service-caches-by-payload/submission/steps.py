"""Tickets without their ids are keys."""

import json
import time

SEEN = {}


def handler(service, model):
    class Cached(service):
        def predicted(self, rows):
            found = []
            for row in rows:
                key = json.dumps({name: value for name, value in row.items() if name != "id"}, sort_keys=True)
                if key not in SEEN:
                    if len(rows) == 1:
                        time.sleep(0.125)
                    SEEN[key] = super().predicted([row])[0]["prediction"]
                found.append({"id": row["id"], "prediction": SEEN[key]})
            return found

    return Cached


def before_serving():
    print("ATTACK cache", flush=True)


def after_serving():
    pass
