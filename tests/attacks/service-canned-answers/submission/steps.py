"""Numbers that are no predictions."""

import hashlib


def handler(service, model):
    class Canned(service):
        def predicted(self, rows):
            digests = [hashlib.sha256(row["id"].encode()).digest()[0] for row in rows]
            return [{"id": row["id"], "prediction": d / 256} for row, d in zip(rows, digests)]

    return Canned


def before_serving():
    print("ATTACK canned", flush=True)


def after_serving():
    pass
