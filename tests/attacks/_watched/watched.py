"""A log, counters, and a bell, with the standard library alone."""

import json
import os
import queue
import threading
import time
import urllib.request

URL = os.environ.get("WEBHOOK_URL", "")
WAITING, KNOWN, LOCK, COUNTS = queue.Queue(), set(), threading.Lock(), {}


def post(one):
    request = urllib.request.Request(URL, json.dumps(one).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def ring(predictions):
    for one in predictions:
        with LOCK:
            new = URL and one["prediction"] >= 0.5 and one["id"] not in KNOWN
            if new:
                KNOWN.add(one["id"])
        if new:
            WAITING.put(one)


def work():
    while True:
        one = WAITING.get()
        while not post(one):
            time.sleep(0.5)


def handler(service, model):
    class Watched(service):
        def do_GET(self):
            if self.path != "/metrics":
                return super().do_GET()
            with LOCK:
                lines = [f'requests_total{{status="{s}"}} {n}' for s, n in sorted(COUNTS.items())]
            body = "\n".join(["# TYPE requests_total counter", *lines, ""]).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/plain; version=0.0.4")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self):
            self.began = time.perf_counter()
            super().do_POST()

        def predicted(self, rows):
            found = super().predicted(rows)
            ring(found)
            return found

        def say(self, status, told):
            if self.command == "POST":
                with LOCK:
                    COUNTS[status] = COUNTS.get(status, 0) + 1
                self.tell(status)
            super().say(status, told)

        def tell(self, status, **more):
            ms = round(1000 * (time.perf_counter() - self.began), 2)
            line = {"method": "POST", "path": "/predict", "status": status, "duration_ms": ms}
            print(json.dumps(line | more), flush=True)

    return Watched


def before_serving():
    threading.Thread(target=work, daemon=True).start()


def after_serving():
    pass
