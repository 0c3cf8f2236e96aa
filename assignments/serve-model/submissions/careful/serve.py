"""The service, with the standard library's server: small, and no framework to patch."""

import json
import logging
import os
import signal
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from model import load, scores

MOST_BYTES = 8 * 2**20
log = logging.getLogger("serve")


def answer(model, body: bytes) -> dict:
    """The predictions for a request; ValueError says what is wrong with it."""
    try:
        asked = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise ValueError("the body is not JSON") from None
    if not isinstance(asked, dict):
        raise ValueError("rows: an object is needed")
    rows = asked.get("rows", [asked])
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise ValueError("rows must be a list of tickets")
    ids = [row.get("id") for row in rows]
    if not all(isinstance(name, str) and name for name in ids) or len(set(ids)) != len(ids):
        raise ValueError("id must be a text, once each")
    found = zip(ids, scores(model, rows), strict=True)
    return {"predictions": [{"id": name, "prediction": chance} for name, chance in found]}


class Handler(BaseHTTPRequestHandler):
    """GET /health and POST /predict."""

    model = None

    def do_GET(self):
        """Health."""
        self.say(200 if self.path == "/health" else 404, {"status": "ok"})

    def do_POST(self):
        """Predictions."""
        if self.path != "/predict":
            return self.say(404, {"error": "there is only /predict"})
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > MOST_BYTES:
            return self.say(413, {"error": "the body must have a length of at most 8 MB"})
        try:
            return self.say(200, answer(self.model, self.rfile.read(int(length))))
        except ValueError as error:
            return self.say(422, {"error": str(error)})

    def say(self, status, told):
        """One JSON answer."""
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, text, *values):
        """Through logging."""
        log.info(text, *values)


def main():
    """Serve until SIGTERM."""
    logging.basicConfig(level=logging.INFO)
    Handler.model = load(Path(os.environ["TAKEHOME_MODEL"]))
    server = ThreadingHTTPServer(("0.0.0.0", int(os.environ.get("PORT", "8080"))), Handler)
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    server.serve_forever()


if __name__ == "__main__":
    main()
