"""What a fixture needs that may not be here -> why it cannot be tried; empty when it can."""

from __future__ import annotations

import tempfile
import zipfile
from functools import cache
from pathlib import Path

from harness.errors import TakehomeError, UsageError


@cache
def why_not(need: str) -> str:
    """A sentence for the skipped line of the table."""
    return NEEDS[need]()


def _archives() -> str:
    """Whether intake takes archives in at all: an honest one of two files tells."""
    from harness.intake import intake

    with tempfile.TemporaryDirectory() as folder:
        sent = Path(folder) / "honest.zip"
        with zipfile.ZipFile(sent, "w") as archive:
            archive.writestr("README.md", "Churn.")
            archive.writestr("train.py", "print('trained')\n")
        try:
            intake(sent, Path(folder) / "taken")
        except UsageError as error:
            return f"intake takes no archives yet: {error}"
        except TakehomeError:
            return ""
    return ""


NEEDS = {"": lambda: "", "archives": _archives}
