"""What git cannot hold, made in a temporary folder: links, pipes, deep trees, names, archives, repositories.

Each builder gets the folder with the base and the fixture's files in it, adds to it, and may answer another
path: that is sent instead.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

from tests.attacks.archives import ARCHIVES
from tests.attacks.repositories import REPOSITORIES

Builder = Callable[[Path], Path | None]


def links_everywhere(folder: Path) -> None:
    (folder / "README.md").symlink_to("/etc/shadow")
    (folder / "up").symlink_to("../../../../../..")
    (folder / "circle").symlink_to("circle")
    (folder / "dangling").symlink_to("/nonexistent")
    (folder / "tests" / "conftest.py").symlink_to("/proc/self/environ")
    (folder / "data").symlink_to("/", target_is_directory=True)


def pipes_everywhere(folder: Path) -> None:
    os.mkfifo(folder / "ASSUMPTIONS.md")
    os.mkfifo(folder / "requirements.txt")
    os.mkfifo(folder / "tests" / "test_pipe.py")
    here = Path.cwd()
    os.chdir(folder)  # a socket's path has at most 108 bytes
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("Makefile")
    finally:
        os.chdir(here)


def deep_tree(folder: Path) -> None:
    here = Path.cwd()
    os.chdir(folder)
    try:
        for _ in range(5_000):
            os.mkdir("d")
            os.chdir("d")
    finally:
        os.chdir(here)


def large_toml(folder: Path) -> None:
    (folder / "submission.toml").write_text("[commands]\ntrain = 'x'\n" + "# comment\n" * 1_600_000)


def large_makefile(folder: Path) -> None:
    (folder / "Makefile").write_text("train" + " \n\t" * 4_000_000 + "x\n" + "train\n\n\n" * 500_000)


def many_python_files(folder: Path) -> None:
    body = "".join(
        f"def f{n}(a, b=[]):\n    if a == None:\n        return eval('1')\n    return b\n\n\n"
        for n in range(20)
    )
    for n in range(3_000):
        (folder / f"part_{n:04}.py").write_text(body)


def large_python_file(folder: Path) -> None:
    (folder / "large.py").write_text("x = [\n" + "    'abcdefghij', 1, 2, 3,\n" * 1_200_000 + "]\n")


def endless_lint(folder: Path) -> None:
    (folder / "lint.py").write_text("import os\n" + "if os == None: eval('1')\n" * 250_000)


def hostile_folder_name(folder: Path) -> Path:
    named = folder.with_name("\x1b[2J[red]x\u202e<img src=x onerror=alert(1)>\n::error::x")
    folder.rename(named)
    return named


BUILDERS: dict[str, Builder] = {
    **{
        builder.__name__: builder
        for builder in (
            links_everywhere, pipes_everywhere, deep_tree, large_toml, large_makefile, many_python_files,
            large_python_file, endless_lint, hostile_folder_name,
        )
    },
    **ARCHIVES,
    **REPOSITORIES,
}  # fmt: skip
