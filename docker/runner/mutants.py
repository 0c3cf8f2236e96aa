"""/submission -> /output: its files with one small change each, for its tests to notice.

`python3 -I mutants.py --seed N --draw N --mistakes N` in the tools container; nothing is executed.
`mutants.json` is a list of

    id        what it is called; says nothing of what it is
    file      which file
    function  the function it is in, and its first line, in `line`
    neutral   true when the program does what it did
    operator, was, now   what was changed, in words
    tables    true for a mistake with tables or models (table_operators.py), false for any other
    kinds     what the function is for (kinds.py)
    whole     true for the first two: a statement at the top of every function, which fails or does nothing
    part      true for copies with such a statement everywhere that fails in the functions of one kind only,
              `kinds`, which are `places`: `[file, line, function]`; and for one in which it fails nowhere

and `sources/sources.json` of `id, file, line, whole, part` and `sources`, the new texts by file. The tests
run where the second can be read and the first cannot, as it tells mistakes from neutral edits.

Mutants are drawn a function at a time, so that every function has one before any has two, and by `--draw` and
what the function is: another layout, other locals and other functions change nothing of it. Every text of one
change is written by one printer, the neutral ones too: how it looks tells nobody which is which. Functions
outside the tests that are more than a docstring count; code outside functions does not, as importing it runs
it.
"""

from __future__ import annotations

import ast
import copy
import hashlib
import json
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))  # -I leaves the script's folder out

import kinds
import operators
import sabotage
import syntax
import table_operators
import workspace

A_NEUTRAL = 7  # so many mistakes come with one edit that changes nothing
MAX_BYTES = 6_000_000  # of all new texts of one change together
MAX_WHOLE_BYTES = 3_000_000  # of a copy with every function changed; the smallest files are in it
SHOWN = 120
Function = ast.FunctionDef | ast.AsyncFunctionDef
Site = tuple[int, str, int, int, int]  # file, maker, function, place by the order of walking, which change
Kinds = dict[str, dict[int, frozenset[str]]]
Pool = tuple[float, list[tuple[float, Site]]]  # of one function, in the order they were drawn
MISTAKES, TABLES, NEUTRAL = "mistakes", "tables", "neutral"
LIKENESS = "likeness"
LOGS = frozenset({"log", "logger", "logging", "print", "warnings"})
MAKERS: dict[str, Callable[[ast.AST], Iterator[operators.Change]]] = {
    MISTAKES: operators.mistakes,
    TABLES: table_operators.mistakes,
    NEUTRAL: operators.neutral,
}
MOST_PLACES = 20  # of a kind that are named


def main(words: list[str], places: workspace.Places) -> int:
    """Draw and write."""
    if words[0::2] != ["--seed", "--draw", "--mistakes"] or not all(word.isdigit() for word in words[1::2]):
        workspace.say("usage: mutants.py --seed N --draw N --mistakes N")
        return 2
    rng = random.Random(int(words[1]))  # noqa: S311 - a draw, no secret
    found = syntax.sources(places.submission)
    targets = [source for source in found if sabotage.is_target(source)]
    drawn = whole(found, rng)
    if int(words[5]):
        known, own = kinds.of(targets), random.Random(int(words[3]))  # noqa: S311 - a draw, no secret
        drawn += parts(found, known, rng) + draw(targets, own, most=int(words[5]), known=known)
    for number, entry in enumerate(drawn):
        entry["id"] = f"m{number:03}"
    given = ("id", "file", "line", "whole", "part", "sources")
    folder = places.output / "sources"
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "sources.json", [{name: entry[name] for name in given} for entry in drawn])
    for entry in drawn:
        del entry["sources"]
    _write(places.output / "mutants.json", drawn)
    return 0


def whole(found: list[syntax.Source], rng: random.Random) -> list[dict[str, Any]]:
    """Two copies in random order: every function fails, and every function does what it did."""
    kept = _within(found)
    entries = []
    for neutral in rng.sample((True, False), 2):
        changed, _ = sabotage.broken(kept, rng, fails=not neutral)
        if changed:
            entries.append(_throughout(changed, neutral=neutral, part=False))
    return entries


def parts(found: list[syntax.Source], known: Kinds, rng: random.Random) -> list[dict[str, Any]]:
    """In random order a copy for each kind of code, where only that fails, and one where nothing does.

    They look alike, so that whoever turns red on all of them does so on the last too.
    """
    entries = []
    kept = _within(found)
    named = {
        (source.name, node.lineno): name
        for source in kept
        if sabotage.is_target(source)
        for name, node in _functions(source)
    }
    for kind in kinds.KINDS:
        own = [
            (file, line) for file in known for line, its in known[file].items() if kind in its and (
                (file, line) in named or not named
            )
        ]  # fmt: skip
        lines: dict[str, set[int]] = {}
        for file, line in own:
            lines.setdefault(file, set()).add(line)
        changed = sabotage.broken(kept, rng, fails=True, only=lines)[0] if own else {}
        if set(lines) & {source.name for source in changed}:
            places = [[file, max(1, line), named.get((file, line), "")] for file, line in sorted(own)]
            entry = _throughout(changed, neutral=False, part=True)
            entries.append({**entry, "kinds": [kind], "places": places[:MOST_PLACES]})
    if entries:
        changed, _ = sabotage.broken(kept, rng, fails=False)
        entries.append(_throughout(changed, neutral=True, part=True))
    rng.shuffle(entries)
    return entries


def _within(found: list[syntax.Source]) -> list[syntax.Source]:
    """The smallest files, as many as there is room for."""
    kept, size = [], 0
    for source in sorted(found, key=lambda source: source.path.stat().st_size):
        size += source.path.stat().st_size if sabotage.is_target(source) else 0
        if size <= MAX_WHOLE_BYTES:
            kept.append(source)
    return kept


def _functions(source: syntax.Source) -> list[tuple[str, Function]]:
    try:
        return list(syntax.functions(syntax.parse(syntax.decode(syntax.read(source.path))[0])))
    except syntax.UnreadableError:
        return []


def _throughout(changed: dict[syntax.Source, str], *, neutral: bool, part: bool) -> dict[str, Any]:
    texts = {source.name: text for source, text in changed.items()}
    words = {"operator": "every-function", "was": "", "now": "", "tables": False, "kinds": [], "places": []}
    place = {"file": min(texts), "function": "every function", "line": 1}
    return {**place, "whole": not part, "part": part, "neutral": neutral, **words, "sources": texts}


def _write(path: Path, found: object) -> None:
    path.write_text(json.dumps(found) + "\n", encoding="utf-8")


def draw(
    targets: list[syntax.Source], rng: random.Random, *, most: int, known: Kinds | None = None
) -> list[dict[str, Any]]:
    """At most so many mistakes of either sort, and neutral edits among them, in one random order."""
    key = rng.getrandbits(64)
    pools: dict[str, list[Pool]] = {maker: [] for maker in MAKERS}
    for number, answer in enumerate(syntax.each(targets, sites)):
        if not isinstance(answer, str):
            for maker in MAKERS:
                for pool, likeness in zip(answer[maker], answer[LIKENESS], strict=True):
                    own = random.Random(f"{key}/{maker}/{likeness}")  # noqa: S311 - as above
                    own.shuffle(pool)
                    drawn = [(own.random(), (number, maker, *site)) for site in pool]
                    pools[maker].append((own.random(), drawn))
    mistakes = [site for maker in (MISTAKES, TABLES) for site in _round_robin(pools[maker], most)]
    chosen = mistakes + _round_robin(pools[NEUTRAL], -(-len(mistakes) // A_NEUTRAL))
    chosen = [site for _, site in sorted(chosen)]
    made = [entry for entry in _all_made(targets, chosen) if entry is not None]
    kept, size = [], 0
    for entry in made:
        entry["kinds"] = sorted((known or {}).get(entry["file"], {}).get(entry["line"], ()))
        size += sum(map(len, entry["sources"].values()))
        if size <= MAX_BYTES:
            kept.append(entry)
    return kept


def _round_robin(pools: list[Pool], many: int) -> list[tuple[float, Site]]:
    found: list[tuple[float, Site]] = []
    for turn in range(max((len(pool) for _, pool in pools), default=0)):
        found += [pool[turn] for _, pool in sorted(pools) if turn < len(pool)]
        if len(found) >= many:
            break
    return found[:many]


def sites(source: syntax.Source) -> dict[str, list[Any]]:
    """A pool for each function: where in it something can be changed, and which of the changes there.

    Beside them LIKENESS: what is the same of a function however it is laid out and its locals are called.

    Raises:
        syntax.UnreadableError: it is not Python.
    """
    tree = syntax.parse(syntax.decode(syntax.read(source.path))[0])
    pools: dict[str, list[Any]] = {maker: [] for maker in (*MAKERS, LIKENESS)}
    for number, (_, node) in enumerate(syntax.functions(tree)):
        docstring, unseen = _docstring(node), _unseen(node)
        pools[LIKENESS].append(_likeness(node, docstring))
        for kind, make in MAKERS.items():
            pools[kind].append(
                [
                    [number, place, which]
                    for place, part in enumerate(ast.walk(node))
                    if part is not docstring and id(part) not in unseen
                    for which, _ in enumerate(make(part))
                ]
            )
    return pools


def _all_made(targets: list[syntax.Source], chosen: list[Site]) -> Iterator[dict[str, Any] | None]:
    """Those of a file together, so that it is parsed once; in the order they were drawn."""
    made: dict[Site, dict[str, Any]] = {}
    for number in sorted({site[0] for site in chosen}):
        own = [site for site in chosen if site[0] == number]
        (answer,) = syntax.each(
            [targets[number]], lambda source, own=own: {"made": changed(source, own)}, seconds=60
        )
        if not isinstance(answer, str):
            made |= dict(zip(own, answer["made"], strict=True))
    return (made.get(site) for site in chosen)


def changed(source: syntax.Source, own: list[Site]) -> list[dict[str, Any]]:
    """Each site's change as the file's whole new text."""
    text, _ = syntax.decode(syntax.read(source.path))
    tree = syntax.parse(text)
    return [_changed(tree, source.name, site) for site in own]


def _changed(tree: ast.Module, file: str, site: Site) -> dict[str, Any]:
    _, maker, number, place, which = site
    twin = copy.deepcopy(tree)
    name, own = list(syntax.functions(twin))[number]
    target = list(ast.walk(own))[place]
    operator, new = list(MAKERS[maker](target))[which]
    entry = {
        "file": file,
        "function": name,
        "line": own.lineno,
        "whole": False,
        "part": False,
        "neutral": maker == NEUTRAL,
        "tables": maker == TABLES,
        "operator": operator,
    }
    was, now = _shown(target), _shown(new)
    text = ast.unparse(ast.fix_missing_locations(_Swap(target, new).visit(twin)))
    return {**entry, "was": was, "now": now, "sources": {file: f"{text}\n"}}


def _likeness(function: Function, docstring: ast.AST | None) -> str:
    """A digest of its tree without the docstring, in which names that it binds are called by their order."""
    bound = {part.arg for part in ast.walk(function) if isinstance(part, ast.arg)}
    bound |= {p.id for p in ast.walk(function) if isinstance(p, ast.Name) and isinstance(p.ctx, ast.Store)}
    names: dict[str, str] = {}
    found = []
    for part in ast.walk(function):
        name = getattr(part, "id", getattr(part, "arg", getattr(part, "attr", getattr(part, "value", ""))))
        if part is docstring or isinstance(name, ast.AST):
            name = ""
        if name in bound if isinstance(name, str) else False:
            name = names.setdefault(name, f"v{len(names)}")
        found.append(f"{type(part).__name__}:{name!r}")
    return hashlib.sha256("\n".join(found).encode("utf-8", "surrogatepass")).hexdigest()


def _unseen(function: Function) -> set[int]:
    """What no test is asked to look at: types in annotations, which do nothing, and what goes to a log."""
    found: set[int] = set()
    for node in ast.walk(function):
        within: list[ast.AST | None] = []
        if isinstance(node, ast.arg | ast.AnnAssign):
            within = [node.annotation]
        elif isinstance(node, Function):
            within = [node.returns]
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and _logs(node.value):
            within = [node.value]
        found |= {id(part) for one in within if one is not None for part in ast.walk(one)}
    return found


def _logs(call: ast.Call) -> bool:
    root = call.func
    while isinstance(root, ast.Attribute):
        root = root.value
    return isinstance(root, ast.Name) and root.id.strip("_").lower() in LOGS


def _docstring(function: Function) -> ast.AST | None:
    first = function.body[0]
    has = ast.get_docstring(function, clean=False) is not None and isinstance(first, ast.Expr)
    return first.value if has and isinstance(first, ast.Expr) else None


class _Swap(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        if node is self._old:
            return self._new
        return super().generic_visit(node)


def _shown(node: ast.AST) -> str:
    line = " ".join(ast.unparse(ast.fix_missing_locations(copy.deepcopy(node))).split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 3]}..."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], workspace.Places()))
