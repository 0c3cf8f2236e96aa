"""/submission -> /output/tree: the same files, but every function outside the tests raises.

Tests that stay green on it check nothing. `python3 -I sabotage.py` in the tools container; nothing is
executed. Signatures, decorators and module-level code stay; test modules, conftest.py and everything below a
folder called test or tests stay as they are. Exit code 0, or 73 when /output has no room.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path, PurePosixPath
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))  # -I leaves the script's folder out

import syntax
import workspace

BODY = b'raise RuntimeError("sabotaged")'
TEST_FOLDERS = frozenset({"test", "tests"})


def main(places: workspace.Places) -> int:
    """Copy everything, then rewrite what is not a test."""
    tree = places.output / "tree"
    try:
        tree.mkdir(parents=True, exist_ok=True)
        workspace.copy_tree(places.submission, tree)
        targets = [source for source in syntax.sources(tree) if is_target(source)]
        for source, answer in zip(targets, syntax.each(targets, rewrite), strict=True):
            if isinstance(answer, str):
                workspace.say(f"left as it is: {source.name}: {answer}")
    except OSError as error:
        workspace.say(f"stopped: {error}")
        return workspace.CANNOT_KEEP
    return 0


def is_target(source: syntax.Source) -> bool:
    """A Python module that is not part of the tests."""
    path = PurePosixPath(source.name)
    if source.kind != "python" or source.is_test or path.name == "conftest.py":
        return False
    return not TEST_FOLDERS.intersection(path.parts[:-1])


def rewrite(source: syntax.Source) -> dict[str, Any]:
    """Rewrite one file in place.

    Raises:
        syntax.UnreadableError: it is not Python; it stays as it is.
    """
    text, encoding = syntax.decode(syntax.read(source.path))
    changed, count = sabotage(text)
    if count:
        replace(source.path, changed.encode(encoding))
    return {"functions": count}


def sabotage(text: str) -> tuple[str, int]:
    """The text with every outermost function's body replaced, and how many there were.

    Raises:
        syntax.UnreadableError: it is not Python.
    """
    tree = syntax.parse(text)
    raw = text.encode()  # ast counts columns in UTF-8 bytes
    starts = [0]
    for line in raw.split(b"\n"):
        starts.append(starts[-1] + len(line) + 1)
    pieces, done, count = [], 0, 0
    for begin, end in (_span(node, starts) for _, node in syntax.functions(tree)):
        pieces += [raw[done:begin], BODY]
        done, count = end, count + 1
    changed = b"".join([*pieces, raw[done:]]).decode()
    syntax.parse(changed)
    return changed, count


def _span(node: ast.FunctionDef | ast.AsyncFunctionDef, starts: list[int]) -> tuple[int, int]:
    first, last = node.body[0], node.body[-1]
    line = first.lineno
    for decorator in getattr(first, "decorator_list", ()):  # a decorated body starts at its first @
        line = min(line, decorator.lineno)
    assert last.end_lineno is not None
    assert last.end_col_offset is not None
    return starts[line - 1] + first.col_offset, starts[last.end_lineno - 1] + last.end_col_offset


def replace(path: Path, content: bytes) -> None:
    """New content under the same mode."""
    mode = path.stat().st_mode & 0o777
    path.write_bytes(content)
    path.chmod(mode)


if __name__ == "__main__":
    sys.exit(main(workspace.Places()))
