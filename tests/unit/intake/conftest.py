"""Taking archives, folders and repositories in, each into its own corner of tmp_path."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.intake import Caps, intake
from harness.model import Submission

Take = Callable[..., Submission]
Commit = Callable[..., Path]


@pytest.fixture
def take(tmp_path: Path) -> Take:
    """``take(bytes, name)``: the bytes as a file of that name, taken in."""

    def taken(content: bytes, name: str = "work.zip", caps: Caps | None = None) -> Submission:
        source = tmp_path / name
        source.write_bytes(content)
        return intake(source, tmp_path / "run" / "submission", caps=caps)

    return taken


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with two commits, a tag, a branch, an executable and a link."""
    root = tmp_path / "theirs"
    root.mkdir()
    (root / "predict.py").write_text("print(1)\n")
    (root / "run.sh").write_text("#!/bin/sh\n")
    (root / "run.sh").chmod(0o755)
    (root / "latest.py").symlink_to("predict.py")
    git(root, "init", "-q", "-b", "main")
    commit(root, "one")
    git(root, "tag", "first")
    (root / "train.py").write_text("print(2)\n")
    commit(root, "two")
    git(root, "branch", "other")
    return root


def git(root: Path, *arguments: str) -> str:
    """The git of this machine, as a candidate would have used it at home."""
    who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(("git", *who, *arguments), cwd=root, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def commit(root: Path, message: str) -> str:
    """Everything in the folder as one commit."""
    git(root, "add", "-A", "-f")
    git(root, "commit", "-q", "-m", message)
    return git(root, "rev-parse", "HEAD")
