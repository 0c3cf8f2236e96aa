"""Drop by drop."""

import time


def handler(service, model):
    class Hostile(service):
        def do_POST(self):
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            for _ in range(100_000):
                self.wfile.write(b" ")
                time.sleep(0.2)

    return Hostile


def before_serving():
    print("ATTACK loris", flush=True)


def after_serving():
    print("ATTACK loris", flush=True)
