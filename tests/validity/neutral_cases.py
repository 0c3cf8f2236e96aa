"""The same work in another form: no point may move."""

from __future__ import annotations

import ast
import io
import re
import shutil
import tokenize
from pathlib import Path

from harness.model import ExtraStage
from tests.validity.case import Case
from tests.validity.edits import every, write

TELCO, SERVICE, DRIFT = "telco-churn/reference", "serve-model/reference", "delay-drift/reference"


def _without_comments(text: str) -> str:
    kept = [t for t in tokenize.generate_tokens(io.StringIO(text).readline) if t.type != tokenize.COMMENT]
    return re.sub(r"[ \t]+$", "", tokenize.untokenize(kept), flags=re.MULTILINE)


def _quotes(text: str) -> str:
    """Plain double quotes become single ones."""
    out = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        plain = token.type == tokenize.STRING and re.fullmatch(r'"[^"\'\\]*"', token.string)
        out.append(token._replace(string=f"'{token.string[1:-1]}'") if plain else token)
    return tokenize.untokenize(out)


def _reordered(text: str) -> str:
    """Functions that follow each other at the end of a module, the other way round."""
    tree = ast.parse(text)
    lines = text.splitlines()
    tail: list[tuple[int, int]] = []
    nodes = [n for n in tree.body if not (isinstance(n, ast.If))]
    for node in reversed(nodes):
        if not isinstance(node, ast.FunctionDef) or node.decorator_list:
            break
        tail.append((node.lineno - 1, node.end_lineno or node.lineno))
    if len(tail) < 2:
        return text
    first, last = tail[-1][0], tail[0][1]
    pieces = ["\n".join(lines[a:b]) for a, b in tail]
    return "\n".join([*lines[:first], "\n\n\n".join(pieces), *lines[last:]]) + "\n"


def _renamed(text: str) -> str:
    """Locals of every function, plainly assigned and never declared outside, get a suffix."""
    tree = ast.parse(text)
    places: list[tuple[int, int, str]] = []
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        arguments = {a.arg for a in ast.walk(function.args) if isinstance(a, ast.arg)}
        stored = {
            n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
        }
        nested = any(
            isinstance(n, ast.FunctionDef | ast.Lambda | ast.Global)
            for n in ast.walk(function)
            if n is not function
        )
        if nested:
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Name) and node.id in stored - arguments:
                places.append((node.lineno - 1, node.col_offset, node.id))
    lines = [line.encode() for line in text.splitlines()]
    for row, column, name in sorted(set(places), reverse=True):
        line = lines[row]
        assert line[column:].startswith(name.encode())
        lines[row] = line[:column] + name.encode() + b"_value" + line[column + len(name.encode()) :]
    return b"\n".join(lines).decode() + "\n"


def _src_layout(package: str):
    def edit(root: Path) -> None:
        (root / "src").mkdir()
        shutil.move(root / package, root / "src" / package)
        for path in (root / "settings.toml",):
            if path.exists():
                shutil.move(path, root / "src" / path.name)
        project = root / "pyproject.toml"
        text = project.read_text("utf-8").replace('pythonpath = ["."]', 'pythonpath = ["src", "."]')
        project.write_text(text, "utf-8")

    return edit


def _split(root: Path) -> None:
    """The dates of cleaning in a module of their own."""
    path = root / "churn/cleaning.py"
    text = path.read_text("utf-8")
    found = next(n for n in ast.parse(text).body if isinstance(n, ast.FunctionDef) and n.name == "date")
    lines = text.splitlines()
    date = "\n".join(lines[found.lineno - 1 : found.end_lineno])
    (root / "churn/dates.py").write_text(
        '"""Dates as the systems write them."""\n\nfrom __future__ import annotations\n\nimport pandas as pd\n\n\n'
        + date
        + "\n",
        "utf-8",
    )
    rest = [*lines[: found.lineno - 1], *lines[found.end_lineno :]]
    text = "\n".join(rest).replace(
        "import pandas as pd\n", "import pandas as pd\n\nfrom churn.dates import date\n", 1
    )
    path.write_text(re.sub(r"\n{4,}", "\n\n\n", text) + "\n", "utf-8")


CASES = (
    Case(
        "reformatted",
        TELCO,
        every("churn/*.py", lambda text: ast.unparse(ast.parse(text)) + "\n"),
        in_ci=True,
    ),
    Case("comments-gone", TELCO, every("churn/*.py", _without_comments)),
    Case("single-quotes", TELCO, every("churn/*.py", _quotes)),
    Case("functions-reordered", TELCO, every("churn/*.py", _reordered)),
    Case("locals-renamed", TELCO, every("churn/*.py", _renamed)),
    Case("src-layout", TELCO, _src_layout("churn")),
    Case("file-split", TELCO, _split),
    Case("windows-line-ends", TELCO, every("churn/*.py", lambda text: text.replace("\n", "\r\n"))),
    Case("an-unused-note", TELCO, write("NOTES.txt", "Call the data team on Monday.\n")),
    Case(
        "reformatted-with-trials",
        TELCO,
        every("churn/*.py", lambda text: ast.unparse(ast.parse(text)) + "\n"),
        asks=(ExtraStage.TRIALS,),
    ),
    Case(
        "service-reformatted",
        SERVICE,
        every("escalation/*.py", lambda text: ast.unparse(ast.parse(text)) + "\n"),
    ),
    Case("service-locals-renamed", SERVICE, every("escalation/*.py", _renamed)),
)
