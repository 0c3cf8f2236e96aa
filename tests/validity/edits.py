"""Edits of a submission, each a function of its folder. One that finds nothing to edit fails loudly."""

from __future__ import annotations

import ast
import re
import shutil
import textwrap
from collections.abc import Callable
from pathlib import Path

Edit = Callable[[Path], None]


def swap(name: str, old: str, new: str) -> Edit:
    """Replace every ``old`` in a file."""

    def edit(root: Path) -> None:
        text = _read(root, name)
        assert old in text, f"{name} does not hold {old!r}: the golden submission changed, so must the case"
        (root / name).write_text(text.replace(old, new), "utf-8")

    return edit


def sub(name: str, pattern: str, new: str) -> Edit:
    """Replace what a regular expression finds."""

    def edit(root: Path) -> None:
        text, count = re.subn(pattern, new, _read(root, name), flags=re.MULTILINE | re.DOTALL)
        assert count, f"{name} does not match {pattern!r}: the golden submission changed, so must the case"
        (root / name).write_text(text, "utf-8")

    return edit


def body(name: str, function: str, new: str) -> Edit:
    """Replace a function's body; its signature stays."""

    def edit(root: Path) -> None:
        text = _read(root, name)
        found = next(
            node
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == function
        )
        lines = text.splitlines()
        first, last = found.body[0].lineno - 1, found.end_lineno
        written = textwrap.indent(textwrap.dedent(new).strip("\n"), " " * found.body[0].col_offset)
        (root / name).write_text("\n".join([*lines[:first], written, *lines[last:]]) + "\n", "utf-8")

    return edit


def append(name: str, text: str) -> Edit:
    """Add to the end of a file, which may be new."""

    def edit(root: Path) -> None:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text("utf-8") if path.exists() else ""
        path.write_text(before + textwrap.dedent(text), "utf-8")

    return edit


def prepend(name: str, text: str) -> Edit:
    """Add before the first import of a file."""

    def edit(root: Path) -> None:
        before = _read(root, name)
        at = re.search(r"^(import|from) (?!__future__)", before, flags=re.MULTILINE)
        assert at, f"{name} imports nothing"
        (root / name).write_text(before[: at.start()] + textwrap.dedent(text) + before[at.start() :], "utf-8")

    return edit


def write(name: str, content: str | bytes) -> Edit:
    """A file of that content, whatever was there."""

    def edit(root: Path) -> None:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else textwrap.dedent(content).encode())

    return edit


def remove(*names: str) -> Edit:
    """Files and folders that go."""

    def edit(root: Path) -> None:
        for name in names:
            path = root / name
            assert path.exists(), f"there is no {name}"
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    return edit


def every(pattern: str, change: Callable[[str], str]) -> Edit:
    """Change the text of every file that matches."""

    def edit(root: Path) -> None:
        paths = sorted(root.glob(pattern))
        assert paths, f"no file matches {pattern}"
        for path in paths:
            path.write_text(change(path.read_text("utf-8")), "utf-8")

    return edit


def both(*edits: Edit) -> Edit:
    """One after the other."""

    def edit(root: Path) -> None:
        for each in edits:
            each(root)

    return edit


def _read(root: Path, name: str) -> str:
    return (root / name).read_text("utf-8")
