"""Listens where somebody should be told, and tells itself."""

import http.server
import threading

import watched
from watched import URL, handler


def before_serving():
    watched.before_serving()
    if URL:
        port = int(URL.split(":")[2].split("/")[0])
        taken = http.server.HTTPServer(("127.0.0.1", port), http.server.BaseHTTPRequestHandler)
        threading.Thread(target=taken.serve_forever, daemon=True).start()


def after_serving():
    print("ATTACK port" if URL else "no port", flush=True)
