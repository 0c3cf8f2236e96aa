"""Greps the whole file system."""

import os
import re

WORDS = re.compile(rb"canary[-_: ]*[0-9a-f]{6}|stressed.{0,40}probe|answer.key|anchors\.parquet", re.I)
OURS = ("/usr", "/proc", "/sys", "/opt/venv", "/opt/runner", "/dev", "/var/lib", "/lib")


def before_predict(model, folder):
    read, hits = 0, []
    for top, folders, files in os.walk("/"):
        folders[:] = [f for f in folders if not os.path.join(top, f).startswith(OURS)]
        for name in files:
            path = os.path.join(top, name)
            if path.endswith("steps.py"):
                continue
            try:
                with open(path, "rb") as file:
                    hits += [path] * bool(WORDS.search(file.read(8 << 20)))
                read += 1
            except OSError:
                continue
    print("ATTACK read", "many" if read > 40 else read, "files, hits:", hits)


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def after_predict(output):
    """Nothing."""
