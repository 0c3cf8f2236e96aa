"""Is anything of the sealed half in what is handed out? Columns, values, seeds and canaries."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from harness.audit.findings import Measured, Noted, Weight
from harness.audit.laid import Laid, Part, read_table

SCAN = "leftovers"
SEALED_COLUMNS = ("label", "role", "entity", "probe", "variant", "rule")
HANDED_OUT = ("public", "inputs")
TEXTS = (".md", ".json", ".yaml", ".yml", ".toml", ".txt", ".py")
SEED = re.compile(r"\b(?:random_?)?seed\b[\"']?\s*[:=]\s*\d+", re.IGNORECASE)
SAME = 0.9  # of the rows in which a column repeats a sealed one, value for value
MOST_KINDS = 200  # of a column that could stand for a role or a probe


def scan(laid: Laid) -> Measured:
    """Facts, no tests: any of them is a leak."""
    measured = Measured()
    for found in (_columns(laid), _values(laid), _canaries(laid), _seeds(laid)):
        measured.noted += list(found)
    return measured


def _columns(laid: Laid) -> Iterator[Noted]:
    """Column names of the label or the sealed rows in files that have no labels."""
    known = {str(c) for c in laid.train.main.columns}
    for path in _unlabelled(laid):
        for column in read_table(path).columns:
            at = path.relative_to(laid.folder).as_posix()
            if column == laid.about.label:
                yield _leak(
                    at, str(column), "the label's column is among the rows to predict", "drop the column"
                )
            elif column in SEALED_COLUMNS and column not in known:
                yield _leak(at, str(column), "a column of the sealed rows is handed out", "drop the column")
            elif path.name == laid.about.table and column not in known:
                act = "write the same columns in every part, or drop it"
                yield _leak(at, str(column), "a column that the training rows do not have", act)


def _unlabelled(laid: Laid) -> list[Path]:
    folders = [laid.folder / "public" / "validation", *sorted((laid.folder / "inputs").glob("*"))]
    return [
        p
        for f in folders
        for p in sorted(f.glob("*.csv")) + sorted(f.glob("*.parquet"))
        if p.name != "labels.csv"
    ]


def _values(laid: Laid) -> Iterator[Noted]:
    """A column of the inputs that repeats the sealed label, role, entity or probe, under whatever name."""
    part = laid.hidden
    assert part.rows is not None
    for sealed in SEALED_COLUMNS:
        if sealed not in part.rows.columns or part.rows[sealed].nunique() < 2:
            continue
        for column in part.main.columns:
            if column != laid.about.id and _repeats(part, str(column), sealed):
                at = f"{part.folder}/{laid.about.table}"
                yield _leak(
                    at, str(column), f"it repeats the sealed column {sealed!r}", "drop or redraw the column"
                )


def _repeats(part: Part, column: str, sealed: str) -> bool:
    """The same text in nearly all rows; or each value of one goes with one value of the other, and back."""
    assert part.rows is not None
    a, b = part.main[column].to_numpy(), part.rows[sealed].astype(str).to_numpy()
    if sealed == "entity":  # a precise figure names its person too, and may
        return bool((a == b).mean() > SAME)
    pairs = pd.DataFrame({"a": a, "b": b})
    if not 2 <= pairs["a"].nunique() <= MOST_KINDS:
        return False
    common = pairs.value_counts().reset_index()
    forth = common.drop_duplicates("a")["count"].sum() / len(pairs)
    back = common.drop_duplicates("b")["count"].sum() / len(pairs)
    share = float(pairs["b"].value_counts(normalize=True).iloc[0])
    return bool(min(forth, back) > share + (1 - share) * SAME)


def _canaries(laid: Laid) -> Iterator[Noted]:
    """The sealed half's canary in a file that is handed out."""
    needles = _sealed_canaries(laid.folder / "sealed")
    for path in _handed_out(laid.folder):
        content = path.read_bytes() if needles else b""
        if any(needle in content for needle in needles):
            at = path.relative_to(laid.folder).as_posix()
            yield _leak(
                at, "", "the sealed half's canary stands in it", "find what copies from sealed/ and stop it"
            )


def _sealed_canaries(sealed: Path) -> list[bytes]:
    meta = sealed / "meta.json"
    if not meta.is_file():
        return []
    try:
        canary = json.loads(meta.read_text("utf-8")).get("canary", "")
    except (ValueError, AttributeError):
        return []
    return [str(canary).encode()] if canary else []


def _seeds(laid: Laid) -> Iterator[Noted]:
    """Who knows the seed generates the labels."""
    for path in _handed_out(laid.folder):
        if path.suffix in TEXTS and (match := SEED.search(path.read_text("utf-8", errors="replace"))):
            at = path.relative_to(laid.folder).as_posix()
            yield _leak(
                at, "", f"it names a seed ({match.group(0)!r})", "leave the seed out of what is handed out"
            )


def _handed_out(folder: Path) -> list[Path]:
    return [p for top in HANDED_OUT for p in sorted((folder / top).rglob("*")) if p.is_file()]


def _leak(table: str, column: str, what: str, act: str) -> Noted:
    return Noted(
        scan=SCAN,
        weight=Weight.FLAW,
        table=table,
        column=column,
        what=what,
        source="what is sealed stays sealed",
        act=act,
    )
