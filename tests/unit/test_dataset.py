"""An edition's name changes with whatever decides its bytes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
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


PARENT = """
import os, subprocess, sys
words = [sys.executable, "-m", "harness.offspring", str(os.getpid()), sys.argv[1], sys.argv[2]]
subprocess.run(words, check=False)
"""
CHILD = """
import os, sys, time
from pathlib import Path
from neighbour import WORD
Path(sys.argv[1]).write_text(f"{os.getpid()} {WORD}")
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_a_generator_ends_with_a_grading_that_is_killed_and_finds_its_neighbours(tmp_path: Path) -> None:
    (tmp_path / "generate.py").write_text(CHILD)
    (tmp_path / "neighbour.py").write_text("WORD = 'found'")
    told = tmp_path / "told"
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(tmp_path / "generate.py"), str(told)])
    try:
        pid, word = _eventually(lambda: told.read_text() if told.exists() else "").split()
    finally:
        parent.kill()
        parent.wait()
    assert word == "found"
    assert _eventually(lambda: "gone" if _is_gone(int(pid)) else "") == "gone"


def _is_gone(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIG_DFL)
    except ProcessLookupError:
        return True
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


def _eventually(ask) -> str:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if found := ask():
            return str(found)
        time.sleep(0.05)
    raise AssertionError("it did not happen")
