"""Numbers that are none."""

import itertools

ODD = itertools.cycle(["NaN", "1e999", "9" * 5000, "[" * 50_000 + "]" * 50_000, "-Infinity", "true"])
TURN = itertools.count()


def handler(service, model):
    class Odd(service):
        def do_POST(self):
            if next(TURN) % 3:
                super().do_POST()
                return
            rows = self.asked()
            body = '{"predictions": [' + ", ".join(
                '{"id": "%s", "prediction": %s, "model_version": %s}' % (row["id"], next(ODD), next(ODD)) for row in rows
            ) + "]}"
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body.encode())

    return Odd


def before_serving():
    print("ATTACK odd", flush=True)


def after_serving():
    print("ATTACK odd", flush=True)
