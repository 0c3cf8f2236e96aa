"""A backend that runs when somebody builds."""

import os

for name in ("TAKEHOME_HOME", "TMPDIR"):
    if top := os.environ.get(name):
        with open(top + "/sentinel.txt", "w") as file:
            file.write("it ran")

VERSION = "1"


def get_requires_for_build_wheel(config_settings=None):
    """What pip asks first."""
    return []
