"""Works in parallel."""

import atexit
import multiprocessing
import signal
import subprocess
import tempfile
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor


def square(value):
    """A square."""
    return value * value


def before_train(data, model):
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("fork")) as pool:
        assert sum(pool.map(square, range(50))) == 40425
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(square, range(50))) == 40425
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"x" * 1_000_000)
    assert subprocess.run(["python", "-c", "print(1)"], capture_output=True, text=True).stdout == "1\n"
    atexit.register(print, "honest to the end")


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
