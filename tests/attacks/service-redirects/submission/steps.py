"""Elsewhere."""

import itertools

PLACES = itertools.cycle(["http://172.17.0.1:2375/info", "http://127.0.0.1:22/", "file:///output/probe.json"])


def handler(service, model):
    class Elsewhere(service):
        def do_POST(self):
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(307)
            self.send_header("Location", next(PLACES))
            self.send_header("Content-Length", "0")
            self.end_headers()

    return Elsewhere


def before_serving():
    print("ATTACK elsewhere", flush=True)


def after_serving():
    pass
