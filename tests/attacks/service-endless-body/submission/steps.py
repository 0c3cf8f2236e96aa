"""Without end."""

def handler(service, model):
    class Hostile(service):
        def do_POST(self):
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[")
            while True:
                self.wfile.write(b"0.5," * 50_000)

    return Hostile


def before_serving():
    print("ATTACK endless", flush=True)


def after_serving():
    print("ATTACK endless", flush=True)
