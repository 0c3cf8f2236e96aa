"""Runs when asked for its requirements."""

import os

for name in ("TAKEHOME_HOME", "TMPDIR"):
    if top := os.environ.get(name):
        with open(top + "/sentinel.txt", "w") as file:
            file.write("it ran")

from setuptools import setup

setup(name="evil", version="1", install_requires=[open("/etc/hostname").read()])
