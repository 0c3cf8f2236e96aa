"""Would run on whoever builds it."""

import os
import pathlib
import tempfile

for place in (os.environ.get("TMPDIR", "/tmp"), tempfile.gettempdir(), "/tmp"):
    pathlib.Path(place, "attack-build-backend-ran").touch()

from setuptools import setup

setup(name="churn")
