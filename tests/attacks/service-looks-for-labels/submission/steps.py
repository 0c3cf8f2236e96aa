"""A search."""

import os
import pathlib


def search():
    found = []
    for top in ("/plan", "/data", "/input", "/output", "/keys", "/sealed", "/submission"):
        found += [str(path) for path in pathlib.Path(top).glob("**/*")] if os.path.isdir(top) else []
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            found += [name for name in ("plan", "sealed", "probe.py") if name in (process / "cmdline").read_text()]
        except OSError:
            continue
    return found


def handler(service, model):
    class Searching(service):
        def health(self):
            print("ATTACK found", search(), flush=True)
            return super().health()

    return Searching


def before_serving():
    pass


def after_serving():
    pass
