"""A version off a clock."""

import time


def handler(service, model):
    class Clock(service):
        def health(self):
            now = str(int(time.time() * 10))
            names = ("version", "model_version", "model_id", "run_id", "fingerprint", "trained_at")
            return {"status": "ok", **dict.fromkeys(names, now), "model": {"version": now}}

        def end_headers(self):
            self.send_header("X-Model-Version", str(time.time()))
            super().end_headers()

    return Clock


def before_serving():
    print("ATTACK clock", flush=True)


def after_serving():
    pass
