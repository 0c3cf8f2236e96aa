"""/data -> /output/variants: the same tables with one thing wrong, and once with nothing wrong.

`python3 -I broken.py --seed N` in the tools container; /submission is the candidate's code, of which only the
names in it are read, and /input are rows without labels. `broken.json` is `tests_may_read`, whether anything
in the tests looks like the place of the data, and `variants`, a list of

    name     missing-column, empty-column, empty-table, cut-table, swapped-labels; as-good, as-good-too
    file     the changed table, `column` what is wrong with it ("" where that is no column), `rows` it had
    files    the tables that differ, which lie in `variants/<name>/`

A column that is missing or empty is one that the code names and that is filled in at prediction too, and no
key. Rows in another order, under each other's ids, are as good; `as-good` has also a column that nobody
knows. Only CSV tables that lie in the folder itself are broken; a table that cannot be told is left whole,
and its variant is not made.
"""

from __future__ import annotations

import ast
import csv
import io
import json
import random
import sys
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))  # -I leaves the script's folder out

import sabotage
import syntax
import workspace

MAX_BYTES = 48_000_000  # of one table
MAX_ROWS = 2_000_000
LONGEST = 80  # of a name
FILLED = 0.2  # a column that is filled in less often at prediction is known only afterwards
EXTRA = ("batch", "load", "import", "source", "export")
Table = list[list[str]]


def main(words: list[str], places: workspace.Places, inputs: Path = Path("/input")) -> int:
    """Break and write."""
    if words[:1] != ["--seed"] or len(words) != 2 or not words[1].isdigit():
        workspace.say("usage: broken.py --seed N")
        return 2
    rng = random.Random(int(words[1]))  # noqa: S311 - a draw, no secret
    tables = {path.name: found for path in sorted(places.data.glob("*.csv")) if (found := read(path))}
    named = names_in(syntax.sources(places.submission))
    made = variants(tables, {p.name: f for p in sorted(inputs.glob("*.csv")) if (f := read(p))}, named, rng)
    try:
        for entry, changed in made:
            folder = places.output / "variants" / entry["name"]
            folder.mkdir(parents=True)
            for name, text in changed.items():
                (folder / name).write_text(text, "utf-8", newline="")
        listed = [{**entry, "files": sorted(changed)} for entry, changed in made]
        found = {"tests_may_read": tests_may_read(syntax.sources(places.submission)), "variants": listed}
        (places.output / "broken.json").write_text(json.dumps(found) + "\n", "utf-8")
    except OSError as error:
        workspace.say(f"stopped: {error}")
        return workspace.CANNOT_KEEP
    return 0


def read(path: Path) -> Table | None:
    """Header and rows, or None for what is no table that could be broken with certainty."""
    try:
        if path.stat().st_size > MAX_BYTES:
            return None
        rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    except (OSError, ValueError, csv.Error):
        return None
    whole = len(rows) > 2 and len(rows) <= MAX_ROWS and len(set(rows[0])) == len(rows[0]) > 1
    return rows if whole and all(len(row) == len(rows[0]) for row in rows) else None


def names_in(found: list[syntax.Source]) -> Counter[str]:
    """The strings in the code outside the tests, which may be names of columns."""
    return _strings([source for source in found if sabotage.is_target(source)])


def tests_may_read(found: list[syntax.Source]) -> bool:
    """A string in the tests is the place of the public data, or a part of it."""
    tests = _strings([s for s in found if s.kind == "python" and not sabotage.is_target(s)], own=False)
    return any("TAKEHOME_DATA" in word or "data" in word.strip("/.").split("/")[:1] for word in tests)


def _strings(found: list[syntax.Source], *, own: bool = True) -> Counter[str]:
    """``own``: also those that are joined to a folder of the test's own, such as ``tmp_path / "data"``."""

    def strings(source: syntax.Source) -> dict[str, Any]:
        tree = syntax.parse(syntax.decode(syntax.read(source.path))[0])
        joined = [n for n in ast.walk(tree) if isinstance(n, ast.BinOp) and "tmp" in ast.unparse(n.left)]
        left_out = set() if own else {id(n.right) for n in joined}
        nodes = [node for node in ast.walk(tree) if id(node) not in left_out]
        words = {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}
        return {"names": sorted(word for word in words if len(word) < LONGEST)}

    answers = syntax.each(found, strings)
    return Counter(name for answer in answers if not isinstance(answer, str) for name in answer["names"])


def variants(
    tables: dict[str, Table], inputs: dict[str, Table], named: Counter[str], rng: random.Random
) -> list[tuple[dict[str, Any], dict[str, str]]]:
    """What is wrong, and the changed tables as text."""
    main, label = labelled(tables, inputs)
    made: list[tuple[dict[str, Any], dict[str, str]]] = []

    def add(name: str, file: str, column: str, changed: Table, *, cut: bool = False) -> None:
        text = written(changed)
        # in the middle of a line, as a copy that broke off leaves it
        text = text[: _within_a_line(text, rng)] if cut else text
        entry = {"name": name, "file": file, "column": column, "rows": len(tables[file]) - 1}
        made.append((entry, {file: text}))

    columns = usable(tables, inputs, named, skip=label)
    rng.shuffle(columns)
    columns.sort(key=lambda place: place[0] != main)  # what is named of another table may be read by position
    if columns:
        file, column = columns[0]
        at = tables[file][0].index(column)
        add("missing-column", file, column, [row[:at] + row[at + 1 :] for row in tables[file]])
    if main:
        add("empty-table", main, "", tables[main][:1])
    if columns:
        file, column = columns[1 % len(columns)]
        add("empty-column", file, column, _mapped(tables[file], column, lambda _: ""))
    values = sorted({row[tables[main][0].index(label)] for row in tables[main][1:]} - {""}) if label else []
    if main and (len(values) != 2 or rng.random() < 0.5):
        add("cut-table", main, "", tables[main], cut=True)
    elif main:
        other = dict(zip(values, values[::-1], strict=True))
        add("swapped-labels", main, label, _mapped(tables[main], label, lambda v: other.get(v, v)))
    if main:
        for name, extra in (("as-good", True), ("as-good-too", False)):
            entry = {"name": name, "file": main, "column": "", "rows": len(tables[main]) - 1}
            made.append((entry, as_good(tables, main, rng, extra=extra)))
    return made


def labelled(tables: dict[str, Table], inputs: dict[str, Table]) -> tuple[str, str]:
    """The table with the outcome, and its column: one of few values that is not among the rows to predict."""
    for name, table in tables.items():
        unknown = [c for c in table[0] if c not in inputs[name][0]] if name in inputs else []
        for column in unknown:
            at = table[0].index(column)
            if len({row[at] for row in table[1:]}) <= 20:
                return name, column
    one = [name for name in tables if name in inputs]
    return (max(one, key=lambda name: len(tables[name][0])), "") if one else ("", "")


def usable(
    tables: dict[str, Table], inputs: dict[str, Table], named: Counter[str], *, skip: str
) -> list[tuple[str, str]]:
    """Columns without which something should be said."""
    found = []
    for name, table in tables.items():
        if name not in inputs:
            continue
        for column in table[0][1:]:
            known = column in inputs[name][0] and column != skip and named[column] > 0
            if known and not column.lower().endswith("id") and _filled(inputs[name], column) >= FILLED:
                found.append((name, column))
    return found


def as_good(tables: dict[str, Table], main: str, rng: random.Random, *, extra: bool) -> dict[str, str]:
    """Rows in another order and, in every table alike, under each other's ids."""
    ids = [row[0] for row in tables[main][1:]]
    unique = len(set(ids)) == len(ids)
    new = dict(zip(ids, rng.sample(ids, len(ids)), strict=True)) if unique else {}
    column = f"{rng.choice(EXTRA)}_{rng.randrange(10, 99)}"
    changed = {}
    for name, table in tables.items():
        keys = _keys(table, new)
        rows = [[new.get(v, v) if at in keys else v for at, v in enumerate(row)] for row in table[1:]]
        header = table[0]
        if name == main:
            rng.shuffle(rows)
            if extra:
                header, rows = [*header, column], [[*row, f"{rng.randrange(1000)}"] for row in rows]
        if name == main or keys:
            changed[name] = written([header, *rows])
    return changed


def _keys(table: Table, ids: dict[str, str]) -> set[int]:
    """The columns that hold ids and nothing else."""
    some = table[1:501]
    return {at for at in range(len(table[0])) if ids and all(row[at] in ids or not row[at] for row in some)}


def written(table: Table) -> str:
    """As CSV."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(table)
    return out.getvalue()


def _within_a_line(text: str, rng: random.Random) -> int:
    at = text.find("\n", int(len(text) * rng.uniform(0.3, 0.6)))
    end = text.find("\n", at + 1)
    return max(at + 2, (at + end) // 2)


def _mapped(table: Table, column: str, change: Any) -> Table:
    at = table[0].index(column)
    return [table[0], *([*row[:at], change(row[at]), *row[at + 1 :]] for row in table[1:])]


def _filled(table: Table, column: str) -> float:
    at = table[0].index(column)
    return sum(bool(row[at].strip()) for row in table[1:]) / max(1, len(table) - 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], workspace.Places()))
