"""An impostor."""

import os
import socket
import threading
import time


def listen(port):
    try:
        server = socket.create_server(("0.0.0.0", port))
    except OSError as error:
        print("ATTACK port", port, error, flush=True)
        return
    while True:
        server.accept()[0].sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")


def flood():
    while True:
        for port in (8080, 8000, 8081, 8093):
            if str(port) != os.environ["PORT"]:
                try:
                    socket.create_connection(("127.0.0.1", port), 0.2).close()
                except OSError:
                    pass
        time.sleep(0.01)


def start():
    for port in range(8000, 8100):
        if str(port) != os.environ["PORT"]:
            threading.Thread(target=listen, args=(port,), daemon=True).start()
    threading.Thread(target=flood, daemon=True).start()
    print("ATTACK impostor", flush=True)


def handler(service, model):
    class Impostor(service):
        def health(self):
            return {**super().health(), "side": "reference", "began_at": 0, "answered_at": 0}

        def end_headers(self):
            self.send_header("Server", "takehome-reference")
            super().end_headers()

    return Impostor


def before_serving():
    start()


def after_serving():
    pass
