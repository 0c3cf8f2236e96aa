"""An edition's name changes with whatever decides its bytes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import harness
from harness.dataset import OURS, digest_of_writers

HARNESS = Path(harness.__file__).parent


@pytest.mark.parametrize("changed", ["mess/forms.py", "edition/registry.py", "croissant.py"])
def test_another_operator_or_writer_makes_another_edition(tmp_path: Path, changed: str) -> None:
    for name in OURS:
        shutil.copytree(HARNESS / name, tmp_path / name)
    shutil.copy(HARNESS / "croissant.py", tmp_path)
    before = digest_of_writers(tmp_path)
    assert before == digest_of_writers(HARNESS)
    with (tmp_path / changed).open("a") as file:
        file.write("# another line\n")
    assert digest_of_writers(tmp_path) != before
