"""A node of a syntax tree -> what could stand there: a mistake people make, or the same said otherwise.

A mutant has one mistake in one place: a good suite turns red. A neutral edit changes nothing that can be
observed: an honest suite stays green, and one that merely recognises the original does not. The operators
follow Offutt et al., "An experimental determination of sufficient mutant operators" (ACM TOSEM 5(2), 1996);
those for tables and models are in table_operators.py. Beside mutants.py.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator

Function = ast.FunctionDef | ast.AsyncFunctionDef
Change = tuple[str, ast.AST]  # the operator's name, and what stands in the node's place

COMPARE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult, ast.Pow: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
MIRRORED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt,
    ast.Gt: ast.Lt,
    ast.LtE: ast.GtE,
    ast.GtE: ast.LtE,
}
# a step that is forgotten with text or numbers: the method's receiver stands in its place
FORGOTTEN = frozenset(
    {"strip", "lstrip", "rstrip", "lower", "upper", "title", "casefold", "replace", "round", "abs"}
)


def mistakes(node: ast.AST) -> Iterator[Change]:
    """Every mutant of this one node."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in COMPARE:
        yield "comparison", replaced(node, ops=[COMPARE[type(node.ops[0])]()])
    elif isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC and not _is_text(node):
        yield "arithmetic", replaced(node, op=ARITHMETIC[type(node.op)]())
    elif isinstance(node, ast.BoolOp):
        yield "and-or", replaced(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub | ast.Invert):
        yield "negation", node.operand
    elif isinstance(node, ast.Constant):
        yield from _constants(node)
    elif isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        yield "return", replaced(node, value=ast.Constant(None))
    elif isinstance(node, ast.Call):
        yield from _calls(node)


def neutral(node: ast.AST) -> Iterator[Change]:
    """Every edit of this one node after which the program does what it did."""
    if isinstance(node, ast.If) and node.orelse and not _is_elif(node):
        turned = ast.UnaryOp(op=ast.Not(), operand=node.test)
        yield "branches-turned", replaced(node, test=turned, body=node.orelse, orelse=node.body)
    elif isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in MIRRORED:
        left, right = node.left, node.comparators[0]
        if _is_plain(left) and _is_plain(right):
            yield (
                "comparison-mirrored",
                replaced(node, left=right, ops=[MIRRORED[type(node.ops[0])]()], comparators=[left]),
            )
    elif isinstance(node, ast.Return) and node.value is not None and not _is_plain(node.value):
        yield "result-named", _named_result(node)
    elif isinstance(node, Function) and (name := _renamable(node)):
        yield "local-renamed", _renamed(node, name)


def _constants(node: ast.Constant) -> Iterator[Change]:
    if isinstance(node.value, bool):
        yield "constant", ast.Constant(not node.value)
    elif isinstance(node.value, int | float):
        yield "constant", ast.Constant(node.value + 1)


def _calls(node: ast.Call) -> Iterator[Change]:
    if isinstance(node.func, ast.Attribute):
        receiver = node.func.value
        if node.func.attr in FORGOTTEN and not isinstance(receiver, ast.Constant):
            yield "step-forgotten", receiver


def _named_result(node: ast.Return) -> ast.AST:
    assert node.value is not None
    named = ast.Assign(targets=[ast.Name("outcome_", ast.Store())], value=node.value, lineno=node.lineno)
    then = replaced(node, value=ast.Name("outcome_", ast.Load()))
    assert isinstance(then, ast.stmt)
    return ast.If(test=ast.Constant(True), body=[named, then], orelse=[])


def _renamable(node: Function) -> str:
    """A local variable that is surely seen by nobody else; "" when there is none."""
    inside = [part for statement in node.body for part in ast.walk(statement)]
    scopes = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda | ast.Global | ast.Nonlocal
    if any(
        isinstance(part, scopes | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp)
        for part in inside
    ):
        return ""
    words = {part.id for part in inside if isinstance(part, ast.Name)}
    if words & {"locals", "eval", "exec", "vars", "globals", "dir"}:
        return ""
    arguments = {part.arg for part in ast.walk(node.args) if isinstance(part, ast.arg)}
    stored = [part.id for part in inside if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)]
    return next((name for name in stored if name not in arguments and f"{name}_" not in words), "")


def _renamed(node: Function, name: str) -> ast.AST:
    twin = copy.deepcopy(node)
    for part in ast.walk(twin):
        if isinstance(part, ast.Name) and part.id == name:
            part.id = f"{name}_"
        elif isinstance(part, ast.ExceptHandler) and part.name == name:
            part.name = f"{name}_"
    return twin


def replaced(node: ast.AST, **fields: object) -> ast.AST:
    """The node with other fields; what it holds is shared, as trees are copied before they are changed."""
    given = {**{name: getattr(node, name, None) for name in node._fields}, **fields}
    return ast.copy_location(type(node)(**given), node)


def _is_text(node: ast.BinOp) -> bool:
    """``+`` and ``%`` on text raise when they are swapped, which tests nothing."""
    return any(
        isinstance(side, ast.JoinedStr) or (isinstance(side, ast.Constant) and isinstance(side.value, str))
        for side in (node.left, node.right)
    )


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_plain(node: ast.expr) -> bool:
    return isinstance(node, ast.Name | ast.Constant)


def _is_elif(node: ast.If) -> bool:
    return len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If)
