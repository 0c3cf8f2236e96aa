"""Deep."""

def handler(service, model):
    class Deep(service):
        def do_GET(self):
            if self.path not in ("/openapi.json", "/version"):
                super().do_GET()
                return
            body = b"[" * 900_000 if self.path == "/version" else b'{"paths": ' * 90_000
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Deep


def before_serving():
    print("ATTACK deep", flush=True)


def after_serving():
    pass
