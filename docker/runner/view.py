"""A parsed file -> scopes with their nodes in order, and what a name stands for. Beside smells.py.

A scope is one function without the functions inside it, or the code outside functions; all cells of a
notebook are one, as they share their names. Types are not inferred: a name is what it was last given.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import syntax

Function = ast.FunctionDef | ast.AsyncFunctionDef
Cells = Sequence[tuple[int | None, ast.Module]]
TOP_LEVEL = "<module>"
BINDS = (
    ast.Assign, ast.AnnAssign, ast.AugAssign, ast.NamedExpr, ast.For, ast.AsyncFor, ast.comprehension,
)  # fmt: skip


@dataclass(frozen=True)
class Binding:
    """``name`` was given ``value`` at ``order``; ``index`` is its place in a tuple of targets, or -1."""

    name: str
    order: int
    value: ast.expr
    index: int = -1


@dataclass(frozen=True)
class Hit:
    """One occurrence. ``function``: the outermost function around it, as static.json names it."""

    rule: str
    line: int
    cell: int | None
    function: str
    message: str


@dataclass
class Scope:
    """Nodes of one function or of the code outside functions, in the order of the text."""

    function: str
    node: ast.AST
    nodes: list[ast.AST] = field(default_factory=list)
    cells: dict[int, int | None] = field(default_factory=dict)
    order: dict[int, int] = field(default_factory=dict)
    bindings: list[Binding] = field(default_factory=list)

    def calls(self) -> Iterator[ast.Call]:
        """Every call."""
        return (node for node in self.nodes if isinstance(node, ast.Call))

    def at(self, node: ast.AST) -> int:
        """The place of a node of this scope in the text."""
        return self.order[id(node)]

    def last(self, name: str, before: int) -> Binding | None:
        """What ``name`` was last given before a place in the text, loops and branches aside."""
        found = [b for b in self.bindings if b.name == name and b.order < before]
        return max(found, key=lambda b: b.order, default=None)

    def given(self, name: str, after: int, before: int) -> bool:
        """Whether ``name`` is assigned anew between two places."""
        return any(b.name == name and after < b.order < before for b in self.bindings)

    def hit(self, rule: str, node: ast.AST, message: str) -> Hit:
        """``node`` breaks ``rule``."""
        line = getattr(node, "lineno", 1)
        return Hit(rule, line, self.cells.get(id(node)), self.function, message)


@dataclass(frozen=True)
class View:
    """One file: its scopes, and what its imports name."""

    name: str
    scopes: tuple[Scope, ...]
    imports: dict[str, str]
    attributes: frozenset[str]  # every name after a dot
    texts: frozenset[str]  # every text constant

    def dotted(self, node: ast.AST) -> str:
        """``pd.read_csv`` -> ``pandas.read_csv``; "" for what is no chain of names."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return ""
        return ".".join([self.imports.get(node.id, node.id), *reversed(parts)])

    def uses(self, *libraries: str) -> bool:
        """Whether it imports any of them, or something of theirs."""
        return not {path.partition(".")[0] for path in self.imports.values()}.isdisjoint(libraries)

    def library(self, node: ast.AST, *libraries: str) -> str:
        """The last part of what is called, where an import says it is of one of ``libraries``; else ""."""
        function = node.func if isinstance(node, ast.Call) else node
        root, _, rest = self.dotted(function).partition(".")
        return rest.rpartition(".")[2] if root in libraries and self.uses(root) else ""

    def made_by(self, scope: Scope, node: ast.expr, before: int) -> ast.Call | None:
        """The call that made ``node``: itself, or what its name was last given, here or in the module."""
        if isinstance(node, ast.Name):
            found = scope.last(node.id, before)
            if found is None and scope.function != TOP_LEVEL:
                outer = [b for s in self.scopes if s.function == TOP_LEVEL for b in s.bindings]
                found = next((b for b in reversed(outer) if b.name == node.id), None)
            return found.value if found and isinstance(found.value, ast.Call) and found.index < 0 else None
        return node if isinstance(node, ast.Call) else None


def view(source: syntax.Source, cells: Cells) -> View:
    """The file as scopes."""
    imports: dict[str, str] = {}
    for _, tree in cells:
        imports.update(_imports(tree))
    top = Scope(TOP_LEVEL, ast.Module(body=[], type_ignores=[]))
    scopes = [top]
    for cell, tree in cells:
        _fill(top, tree, cell, scopes, top_level=True)
    nodes = [node for scope in scopes for node in scope.nodes]
    texts = {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    attributes = frozenset(n.attr for n in nodes if isinstance(n, ast.Attribute))
    return View(source.name, tuple(scopes), imports, attributes, frozenset(texts))


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    """The value of a keyword argument."""
    return next((k.value for k in call.keywords if k.arg == name), None)


def unknown_keywords(call: ast.Call) -> bool:
    """Whether ``**something`` may hold any keyword."""
    return any(k.arg is None for k in call.keywords)


def is_constant(node: ast.AST | None, *values: object) -> bool:
    """Whether ``node`` is one of these constants, of the same type."""
    if not isinstance(node, ast.Constant):
        return False
    return any(node.value == v and type(node.value) is type(v) for v in values)


def method(call: ast.Call) -> str:
    """``fit`` of ``model.fit(...)``; "" for a plain call."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def receiver(call: ast.Call) -> ast.expr | None:
    """``model`` of ``model.fit(...)``."""
    return call.func.value if isinstance(call.func, ast.Attribute) else None


def names_in(node: ast.AST) -> set[str]:
    """Every name below a node."""
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def strings_in(node: ast.AST) -> set[str]:
    """Every text constant below a node."""
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def same(one: ast.AST | None, other: ast.AST | None) -> bool:
    """Whether two expressions read alike."""
    return one is not None and other is not None and ast.dump(one) == ast.dump(other)


def _imports(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                root = alias.name.partition(".")[0]
                yield (alias.asname, alias.name) if alias.asname else (root, root)
        elif isinstance(node, ast.ImportFrom):  # of what is beside it, with a dot before: no library
            module = "." * bool(node.level) + (f"{node.module}." if node.module else "")
            for alias in node.names:
                yield alias.asname or alias.name, f"{module}{alias.name}"


def _fill(scope: Scope, node: ast.AST, cell: int | None, scopes: list[Scope], *, top_level: bool) -> None:
    """Nodes below ``node`` in order; a function inside opens a scope of its own."""
    waiting: list[tuple[ast.AST, str]] = [(child, "") for child in reversed(list(ast.iter_child_nodes(node)))]
    while waiting:
        inner, prefix = waiting.pop()
        scope.order[id(inner)] = len(scope.nodes)
        scope.cells[id(inner)] = cell
        scope.nodes.append(inner)
        if isinstance(inner, Function):
            name = prefix + inner.name if top_level else scope.function
            made = Scope(name, inner)
            scopes.append(made)
            _fill(made, inner, cell, scopes, top_level=False)
            continue
        scope.bindings.extend(_bindings(inner, scope.order[id(inner)]))
        below = f"{prefix}{inner.name}." if isinstance(inner, ast.ClassDef) else prefix
        waiting.extend((child, below) for child in reversed(list(ast.iter_child_nodes(inner))))


def _bindings(node: ast.AST, begins: int) -> Iterator[Binding]:
    """What a node binds: when all of it was evaluated, but a loop's names before its body."""
    if not isinstance(node, BINDS):
        return
    order = begins + sum(1 for _ in ast.walk(node)) - 1
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield from _targets(target, node.value, order)
    elif isinstance(node, ast.AnnAssign | ast.AugAssign | ast.NamedExpr) and node.value is not None:
        yield from _targets(node.target, node.value, order)
    elif isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
        for name in sorted(names_in(node.target)):
            yield Binding(name, begins, node.iter, 0)


def _targets(target: ast.expr, value: ast.expr, order: int) -> Iterator[Binding]:
    if isinstance(target, ast.Name):
        yield Binding(target.id, order, value)
    elif isinstance(target, ast.Tuple | ast.List):
        pairs = isinstance(value, ast.Tuple) and len(value.elts) == len(target.elts)
        for index, element in enumerate(target.elts):
            if isinstance(element, ast.Name) and pairs:
                assert isinstance(value, ast.Tuple)
                yield Binding(element.id, order, value.elts[index])
            elif isinstance(element, ast.Name):
                yield Binding(element.id, order, value, index)
