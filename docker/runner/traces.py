"""What refers to what in a submission: which code is run at all, which is a copy, and which hides as text.

    imported    a file that code outside the tests imports by its name: code, wherever it lies
    used        a function whose name something besides itself and the tests mentions
    shape       a digest of a function without its names and constants: copies have the same
    statements  how many different statements it has, the constants aside: formatting does not change it
    runs_text   the code executes text: exec, eval or compile of something computed, runpy, a loader

Names are matched as names, across files and without types: what is thought used may not be. It is for
telling what may count in a submission's favour; nothing is charged for being unused. Beside static.py.
"""

from __future__ import annotations

import ast
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import syntax
import workspace

Function = ast.FunctionDef | ast.AsyncFunctionDef
TEST_FOLDERS = frozenset({"test", "tests"})
TEST_NAME = re.compile(r"^(test_.*|.*_test|conftest)\.py$")
WORD = re.compile(r"[A-Za-z_]\w*")
LONGEST_MENTION = 200  # a string that may name a function: "module:function", a registry's key
RUNS_TEXT = frozenset({"exec", "eval", "compile"})
LOADERS = frozenset(
    {"runpy", "SourceFileLoader", "SourcelessFileLoader", "spec_from_file_location", "load_source"}
)
MOST_TEXTS, MOST_NAMES = 200, 20_000


def named_test(name: str) -> bool:
    """By its name or folder a part of the tests."""
    path = PurePosixPath(name)
    return bool(TEST_NAME.match(path.name) or TEST_FOLDERS.intersection(path.parts[:-1]))


@dataclass(frozen=True)
class Traced:
    """What all files together mention and import."""

    mentions: Counter[str]
    modules: frozenset[str]
    runs_text: bool

    def uses(self, function: dict[str, Any]) -> bool:
        """Something besides the function itself mentions it, or the class that it is called through."""
        own: dict[str, int] = function["own"]
        return not own or any(self.mentions[name] > times for name, times in own.items())

    def imports(self, source: syntax.Source) -> bool:
        """Code outside the tests imports a module of this name."""
        return PurePosixPath(source.name).stem in self.modules


def put_together(seen: Sequence[dict[str, Any]]) -> Traced:
    """The traces of all files as one; what tests import they may, and what they mention they only test."""
    modules = {name for trace in seen if not trace["test"] for name in trace["modules"]}
    mentions: Counter[str] = Counter()
    for trace in seen:
        if not trace["test"] or trace["stem"] in modules:
            mentions.update(trace["mentions"])
    return Traced(mentions, frozenset(modules), any(t["runs_text"] for t in seen if not t["test"]))


def trace(source: syntax.Source, trees: Sequence[ast.Module]) -> dict[str, Any]:
    """What one file mentions and imports, and whether it runs text; plain data, as it crosses a pipe."""
    nodes = [node for tree in trees for node in ast.walk(tree)]
    return {
        "test": named_test(source.name),
        "stem": PurePosixPath(source.name).stem,
        "mentions": dict(_mentions(nodes).most_common(MOST_NAMES)),
        "modules": sorted(_modules(nodes)),
        "runs_text": any(_runs_text(node) for node in nodes),
    }


def of_function(name: str, node: Function) -> dict[str, Any]:
    """``statements``, ``shape``, and ``own``: the names it may be called by, with its own mentions of each.

    Nobody mentions what a decorator registered or what Python calls by itself: they have none.
    """
    *outer, last = name.split(".")
    called_by_others = bool(node.decorator_list) or (last.startswith("__") and last.endswith("__"))
    inside = _mentions(ast.walk(node))
    own = {} if called_by_others else {part: inside[part] for part in (*outer[-1:], last)}
    return {"statements": statements(node.body), "shape": shape(node), "own": own}


def of_top_level(tree: ast.Module) -> dict[str, Any]:
    """The code outside functions is run by whoever runs or imports the file."""
    outside = [node for node in tree.body if not isinstance(node, Function | ast.ClassDef)]
    whole = ast.Module(body=outside, type_ignores=[])
    return {"statements": statements(outside), "shape": shape(whole), "own": {}}


def statements(body: Iterable[ast.stmt]) -> int:
    """Different statements, the constants in them aside: a thousand times the same counts once."""
    inner = (node for statement in body for node in ast.walk(statement) if isinstance(node, ast.stmt))
    return len({_dump(node, names=True) for node in inner if not _is_text(node)})


def shape(node: ast.AST) -> str:
    """The same for two pieces of code that differ in names and constants only."""
    return hashlib.sha256(_dump(node, names=False).encode("utf-8", "replace")).hexdigest()[:12]


def texts_with_code(top: Path) -> list[syntax.Source]:
    """Files that are not called Python and are, the largest first: what ``exec`` may be fed with."""
    others = [
        syntax.Source(syntax.plain(name), Path(entry.path))
        for entry, name in workspace.walk(top)
        if not name.lower().endswith((".py", ".ipynb"))
        and entry.is_file(follow_symlinks=False)
        and entry.stat(follow_symlinks=False).st_size <= syntax.MAX_BYTES
        and not syntax.NOT_THEIRS.intersection(Path(name).parts)
    ]
    others.sort(key=lambda source: (-source.path.stat().st_size, source.name))
    return [source for source in others[:MOST_TEXTS] if _has_code(source)]


def _has_code(source: syntax.Source) -> bool:
    try:
        tree = syntax.parse(syntax.decode(syntax.read(source.path))[0])
    except syntax.UnreadableError:
        return False
    return any(isinstance(node, Function | ast.ClassDef | ast.Import | ast.ImportFrom) for node in tree.body)


def _mentions(nodes: Iterable[ast.AST]) -> Counter[str]:
    found: Counter[str] = Counter()
    for node in nodes:
        if isinstance(node, ast.Name):
            found[node.id] += 1
        elif isinstance(node, ast.Attribute):
            found[node.attr] += 1
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and len(node.value) <= LONGEST_MENTION
        ):
            found.update(WORD.findall(node.value))
    return found


def _modules(nodes: Iterable[ast.AST]) -> set[str]:
    """The last part of every imported module, and what ``from package import`` may name a module by."""
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found.update(alias.name.rpartition(".")[2] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.update(alias.name for alias in node.names)
            found.add((node.module or "").rpartition(".")[2])
        elif isinstance(node, ast.Call) and _name(node.func) in ("import_module", "__import__"):
            found.update(a.value.rpartition(".")[2] for a in node.args if _is_string(a))  # type: ignore[attr-defined]
    return found


def _runs_text(node: ast.AST) -> bool:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RUNS_TEXT:
        return not (node.args and _is_string(node.args[0]))
    return isinstance(node, ast.Name | ast.Attribute) and _name(node) in LOADERS


def _is_string(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _is_text(node: ast.stmt) -> bool:
    """A docstring or a bare constant: no statement that does anything."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def _dump(node: ast.AST, *, names: bool) -> str:
    """The tree as text without constants, and without names unless they are asked for."""
    words: list[str] = []
    waiting: list[ast.AST] = [node]
    while waiting:
        part = waiting.pop()
        words.append(type(part).__name__)
        if isinstance(part, ast.Constant) or _is_docstring_holder(part):
            continue
        if names:
            words.append(_name(part))
        waiting.extend(reversed(list(ast.iter_child_nodes(part))))
    return " ".join(words)


def _is_docstring_holder(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
