"""The service, with the standard library alone; `steps.py` may put another handler in its place."""

import json
import os
import signal
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import steps
from model import load, scores

MODEL = load(Path(os.environ["TAKEHOME_MODEL"]))
PORT = int(os.environ.get("PORT", "8080"))


class Service(BaseHTTPRequestHandler):
    """GET /health and /openapi.json, POST /predict."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/health":
            self.say(200, self.health())
        elif self.path == "/openapi.json":
            self.say(200, {"openapi": "3.1.0", "paths": {"/predict": {"post": {}}}})
        else:
            self.say(404, {"detail": "there is no such path"})

    def do_POST(self):
        try:
            status, told = 200, {"predictions": self.predicted(self.asked())}
        except (ValueError, RecursionError) as error:
            status, told = 422, {"detail": str(error)}
        self.say(status, told)

    def health(self):
        return {"status": "ok", "model_version": MODEL["version"]}

    def asked(self):
        """The tickets of the request."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if "json" not in self.headers.get("Content-Type", ""):
            raise ValueError("the body must be application/json")
        told = json.loads(body)
        rows = told.get("rows", [told]) if isinstance(told, dict) else None
        if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
            raise ValueError("rows: a list of tickets is needed")
        names = [row.get("id") for row in rows]
        if not all(isinstance(name, str) and name for name in names) or len(set(names)) < len(names):
            raise ValueError("id: a text is needed, once a request")
        return rows

    def predicted(self, rows):
        return [{"id": row["id"], "prediction": p} for row, p in zip(rows, scores(MODEL, rows), strict=True)]

    def say(self, status, told):
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    """Many at once."""

    request_queue_size = 128
    daemon_threads = True


def main():
    """Serve until SIGTERM."""
    server = Server(("0.0.0.0", PORT), steps.handler(Service, MODEL))
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    steps.before_serving()
    server.serve_forever()
    steps.after_serving()
    sys.exit(0)


if __name__ == "__main__":
    main()
