"""What a piece of code says to who reads or calls it: types and words. For static.py, beside it.

hintable, hinted    parameters and results that could be annotated, and that are; `Any` says nothing
documented          a docstring that says more than the name does; for code outside functions, a docstring
                    of the file, or a comment before its first statement
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from typing import Any

Function = ast.FunctionDef | ast.AsyncFunctionDef
SELVES = frozenset({"self", "cls"})
IDLE = frozenset(
    ["the", "a", "an", "of", "to", "and", "or", "in", "on", "for", "from", "with", "by", "is", "are", "it",
     "this", "that", "its", "function", "method", "return", "returns", "get", "gets", "set", "todo", "class",
     "object"]
)  # fmt: skip
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|\d+")
LEAST_WORDS = 2  # that are not in the name
MOST_TEXT = 2_000


def of_function(name: str, node: Function) -> dict[str, Any]:
    """Its own signature and docstring; functions inside it are nobody's to call."""
    arguments = node.args
    given = [*arguments.posonlyargs, *arguments.args]
    if "." in name and given and given[0].arg in SELVES:
        given = given[1:]
    given += [*arguments.kwonlyargs, *(a for a in (arguments.vararg, arguments.kwarg) if a is not None)]
    hints = [*(a.annotation for a in given), node.returns]
    return {
        "hintable": len(hints),
        "hinted": sum(hint is not None and not _is_any(hint) for hint in hints),
        "documented": _says_more(ast.get_docstring(node, clean=False), name),
    }


def of_top_level(tree: ast.Module, text: str) -> dict[str, Any]:
    """The file as a whole, or one cell."""
    documented = _says_more(ast.get_docstring(tree, clean=False), "") or _begins_with_words(tree, text)
    return {"hintable": 0, "hinted": 0, "documented": documented}


def _is_any(hint: ast.expr) -> bool:
    name = hint.attr if isinstance(hint, ast.Attribute) else hint.id if isinstance(hint, ast.Name) else ""
    return name == "Any"


def _says_more(docstring: str | None, name: str) -> bool:
    known = {_stem(word) for word in WORD.findall(name)}
    words = {_stem(word) for word in WORD.findall((docstring or "")[:MOST_TEXT])} - IDLE
    return len(words - known) >= LEAST_WORDS


def _stem(word: str) -> str:
    """Near enough to tell that `loads` and `load` are one word."""
    word = word.lower()
    for end in ("ing", "ed", "es", "s"):
        if len(word) > len(end) + 2 and word.endswith(end):
            return word[: -len(end)]
    return word


def _begins_with_words(tree: ast.Module, text: str) -> bool:
    first = tree.body[0].lineno if tree.body else 0
    comments = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.start[0] >= first:
            break
        if token.type == tokenize.COMMENT and not token.string.startswith(("#!", "# %%", "# -*-")):
            comments.append(token.string)
    return _says_more(" ".join(comments), "")
