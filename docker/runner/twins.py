"""One statement in every function: it fails, or its twin, which looks the same and does nothing.

Tests that know broken code by the look of it cannot tell the two copies apart; tests that run the code can.
Both are arithmetic on drawn numbers, without a name that the code could have: `17 % (6 * 7 - 42)` fails,
`17 % (6 * 7 - 40)` does not. Beside sabotage.py and mutants.py.
"""

from __future__ import annotations

import ast
import random
from collections.abc import Callable, Collection, Iterable

import syntax

Form = Callable[[random.Random, bool], str]
COMPOUND = (
    ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.TryStar, ast.Match,
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef,
)  # fmt: skip


def _division(rng: random.Random, fails: bool) -> str:
    first, second, sign = rng.randint(3, 60), rng.randint(3, 60), rng.choice(("%", "//", "/"))
    rest = first * second - (0 if fails else rng.randint(1, 9))
    return f"{rng.randint(2, 99)} {sign} ({first} * {second} - {rest})"


def _power(rng: random.Random, fails: bool) -> str:
    base, factor = rng.randint(20, 99), rng.randint(11, 19)
    return f"{base}.0 ** ({factor} * {rng.randint(30, 60) if fails else rng.randint(2, 6)})"


FORMS: dict[str, Form] = {"ZeroDivisionError": _division, "OverflowError": _power}


def form_for(tests: Iterable[str]) -> Form:
    """What fails in a way that none of the test modules' texts speaks of, so that none expects it."""
    texts = list(tests)
    unnamed = [form for error, form in FORMS.items() if not any(error in text for text in texts)]
    return unnamed[0] if unnamed else _division


def spread(
    text: str,
    form: Form,
    rng: random.Random,
    *,
    fails: bool,
    script: bool = False,
    only: Collection[int] | None = None,
) -> tuple[str, int]:
    """The text with the statement at the top of every outermost function, and how many there are.

    ``script``: at the top of the module too, behind its docstring and imports: what has no functions is run
    by being imported. ``only``: the lines of the functions in which it may fail, 0 for the module; elsewhere
    it does nothing.

    Raises:
        syntax.UnreadableError: it is not Python, or would not be any more.
    """
    tree = syntax.parse(text)
    raw = text.encode()  # ast counts columns in UTF-8 bytes
    starts = [0]
    for line in raw.split(b"\n"):
        starts.append(starts[-1] + len(line) + 1)
    bodies = [(node.lineno, node.body) for _, node in syntax.functions(tree)]
    if script and (rest := _behind_imports(tree.body)):
        bodies.append((0, rest))
    places = sorted((*_place(body, raw, starts), line) for line, body in bodies)
    pieces, done = [], 0
    for at, before, after, line in places:
        here = fails and (only is None or line in only)
        pieces += [raw[done:at], before, form(rng, here).encode(), after]
        done = at
    changed = b"".join([*pieces, raw[done:]]).decode()
    syntax.parse(changed)
    return changed, len(bodies)


def _place(body: list[ast.stmt], raw: bytes, starts: list[int]) -> tuple[int, bytes, bytes]:
    """Where the statement goes, and what must stand before and behind it there."""
    first = body[0]
    if _is_text(first) and len(body) > 1:
        first = body[1]
    line = first.lineno
    for decorator in getattr(first, "decorator_list", ()):  # a decorated body starts at its first @
        line = min(line, decorator.lineno)
    if _is_text(first):
        assert first.end_lineno is not None
        assert first.end_col_offset is not None
        return starts[first.end_lineno - 1] + first.end_col_offset, b"; ", b""
    at = starts[line - 1] + first.col_offset
    if isinstance(first, COMPOUND):
        return at, b"", b"\n" + raw[starts[line - 1] : at]
    return at, b"", b"; "


def _behind_imports(body: list[ast.stmt]) -> list[ast.stmt]:
    last = max(
        (n for n, node in enumerate(body) if isinstance(node, ast.Import | ast.ImportFrom)), default=-1
    )
    rest = body[last + 1 :]
    return rest[1:] if rest and _is_text(rest[0]) and len(rest) > 1 else rest


def _is_text(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )
