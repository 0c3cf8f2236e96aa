"""A submission's files -> parsed Python, whatever was put into them. Runs inside the tools container.

Nothing is imported or executed. A file that is too large, no text, no Python, or that kills the parser is
recorded as such; it never stops the others. Shared by static.py and sabotage.py, which lie beside it.
"""

from __future__ import annotations

import ast
import io
import json
import os
import signal
import stat
import tokenize
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import workspace

MAX_FILES = 2_000
MAX_BYTES = 1_000_000
MAX_NOTEBOOK_BYTES = 64_000_000  # plots in the outputs make honest notebooks large
SECONDS_A_FILE = 20
NOT_THEIRS = frozenset({".git", "__pycache__", ".ipynb_checkpoints", "site-packages", "node_modules"})


class UnreadableError(Exception):
    """Why a file cannot be analysed; one short sentence."""


@dataclass(frozen=True)
class Source:
    """A file of the submission: its relative name and where it lies."""

    name: str
    path: Path

    @property
    def kind(self) -> str:
        """``python`` or ``notebook``."""
        return "notebook" if self.name.lower().endswith(".ipynb") else "python"

    @property
    def is_test(self) -> bool:
        """A module that pytest collects by its name."""
        name = Path(self.name).name
        return name.endswith("_test.py") or (name.startswith("test_") and name.endswith(".py"))


Work = Callable[[Source], dict[str, Any]]


def sources(top: Path) -> list[Source]:
    """The .py and .ipynb files below ``top`` in name order, without links and vendored code."""
    found = [
        Source(plain(name), Path(entry.path))
        for entry, name in workspace.walk(top)
        if name.lower().endswith((".py", ".ipynb"))
        and entry.is_file(follow_symlinks=False)
        and not NOT_THEIRS.intersection(Path(name).parts)
    ]
    return sorted(found, key=lambda source: source.name)


def read(path: Path) -> bytes:
    """The bytes of a regular file of a reasonable size.

    Raises:
        UnreadableError: it is not one.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise UnreadableError(f"cannot be opened: {error.strerror}") from None
    with os.fdopen(descriptor, "rb") as reader:
        found = os.fstat(reader.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise UnreadableError("not a regular file")
        most = MAX_NOTEBOOK_BYTES if path.suffix.lower() == ".ipynb" else MAX_BYTES
        if found.st_size > most:
            raise UnreadableError(f"{found.st_size:,} bytes; at most {most:,} are analysed")
        return reader.read(most)


def decode(raw: bytes) -> tuple[str, str]:
    """Text with ``\\n`` line ends, and the encoding it declares.

    Raises:
        UnreadableError: it is not text in that encoding, or has NUL characters.
    """
    if b"\0" in raw:
        raise UnreadableError("NUL characters: not a text file")
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(raw).readline)
        return io.TextIOWrapper(io.BytesIO(raw), encoding).read(), encoding
    except (SyntaxError, UnicodeError, LookupError) as error:
        raise UnreadableError(f"cannot be decoded: {_short(error)}") from None


def cells(raw: bytes) -> list[tuple[int, str]]:
    """``(number, code)`` of the code cells, numbered from 1 over all cells; magics become blank lines.

    Raises:
        UnreadableError: it is not a notebook.
    """
    try:
        document = json.loads(raw.decode("utf-8-sig"))
        listed = document["cells"]
        found = [(n, c) for n, c in enumerate(listed, 1) if c["cell_type"] == "code"]
        return [(number, _without_magics("".join(cell["source"]))) for number, cell in found]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableError(f"not a notebook: {_short(error)}") from None


def _without_magics(code: str) -> str:
    if code.lstrip().startswith("%%"):
        return ""
    return "\n".join("" if line.lstrip().startswith(("%", "!", "?")) else line for line in code.split("\n"))


def count_lines(text: str) -> int:
    """Lines as editors and ast count them."""
    return text.count("\n") + bool(text and not text.endswith("\n"))


def parse(text: str) -> ast.Module:
    """The syntax tree.

    Raises:
        UnreadableError: it is not Python, or too deep for the parser.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except SyntaxError as error:
        raise UnreadableError(f"line {error.lineno}: {_short(error.msg)}") from None
    except (RecursionError, MemoryError):
        raise UnreadableError("nested too deeply for the parser") from None
    except ValueError as error:
        raise UnreadableError(_short(error)) from None


def functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """``(Class.name, node)`` of the functions that are not inside another one, in source order."""
    waiting: list[tuple[str, ast.stmt]] = [("", node) for node in reversed(tree.body)]
    while waiting:
        prefix, node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield prefix + node.name, node
            continue
        inner = f"{prefix}{node.name}." if isinstance(node, ast.ClassDef) else prefix
        waiting.extend((inner, child) for child in reversed(list(statements(node))))


def statements(node: ast.AST) -> Iterator[ast.stmt]:
    """The statements directly inside a compound statement, except handlers and match cases included."""
    for field in ("body", "orelse", "handlers", "cases", "finalbody"):
        for child in getattr(node, field, ()) or ():
            if isinstance(child, ast.stmt):
                yield child
            elif isinstance(child, ast.ExceptHandler | ast.match_case):
                yield from child.body


def each(items: Sequence[Source], work: Work, *, seconds: int = SECONDS_A_FILE) -> list[dict[str, Any] | str]:
    """``work(item)`` for every item, in a child process: its answer, or why there is none.

    When the child dies at an item (a crash of the parser, memory, or too many ``seconds``), that item is
    charged with it and another child goes on behind it.
    """
    answers: list[dict[str, Any] | str] = []
    while len(answers) < len(items):
        got, ended = _in_child(items[len(answers) :], work, seconds)
        answers += got
        if len(answers) < len(items):
            answers.append(_why(ended, seconds))
    return answers


def _why(ended: int, seconds: int) -> str:
    if ended == signal.SIGALRM:
        return f"took more than {seconds} s"
    return f"the analyser died (signal {ended})" if ended else "the analyser failed"


def _in_child(items: Sequence[Source], work: Work, seconds: int) -> tuple[list[dict[str, Any] | str], int]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.close(reading)
            with os.fdopen(writing, "w", encoding="utf-8") as out:
                _answer(items, work, seconds, out)
            code = 0
        except Exception:  # noqa: BLE001 - a bug of ours at one file must not hide the others, but must be seen
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as lines:
        got = [json.loads(line) for line in lines if line.endswith("\n")]
    _, status = os.waitpid(child, 0)
    return got, os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def _answer(items: Sequence[Source], work: Work, seconds: int, out: io.TextIOBase) -> None:
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    for item in items:
        signal.alarm(seconds)
        try:
            answer: dict[str, Any] | str = work(item)
        except UnreadableError as error:
            answer = str(error)
        except (RecursionError, MemoryError):
            answer = "nested too deeply to analyse"
        signal.alarm(0)
        out.write(json.dumps(answer) + "\n")
        out.flush()


def _short(thing: object) -> str:
    return plain(str(thing).split("\n", 1)[0][:200]) or type(thing).__name__


def plain(text: str) -> str:
    """Text that any JSON reader takes: bytes of a file name that are not UTF-8 are spelt out."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
