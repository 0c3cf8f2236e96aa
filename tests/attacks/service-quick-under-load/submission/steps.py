"""A guess is quicker."""

import threading
import time

CALLS, LOCK = [], threading.Lock()


def handler(service, model):
    class Hurried(service):
        def predicted(self, rows):
            now = time.monotonic()
            with LOCK:
                CALLS[:] = [moment for moment in CALLS if now - moment < 1.0] + [now]
                hurried = len(CALLS) > 4 and len(rows) == 1
            if hurried:
                waits = [min(1.0, float(row["wait_minutes"]) / 600) for row in rows]
                return [{"id": row["id"], "prediction": 0.1 + w / 2} for row, w in zip(rows, waits)]
            if len(rows) == 1:
                time.sleep(0.125)
            return super().predicted(rows)

    return Hurried


def before_serving():
    print("ATTACK hurried", flush=True)


def after_serving():
    pass
