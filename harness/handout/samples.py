"""Samples of what goes in and must come out: three rows to predict, the file to write, one row as JSON."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from harness.handout.layout import VALIDATION, Layout, tables_of

ROWS = 3


def write_samples(data: Path, layout: Layout, into: Path) -> None:
    """``input/`` (whole tables of a few validation rows), ``predictions.csv`` and ``payload.json``."""
    tables = {path.name: _rows(path) for path in tables_of(data / VALIDATION)}
    chosen = _telling(tables, layout)[:ROWS]
    for name, rows in tables.items():
        _write(
            into / "input" / name, _header(data / VALIDATION / name), _belonging(rows, name, layout, chosen)
        )
    lines = "".join(f"{name},0.5\n" for name in chosen)
    _write_text(into / "predictions.csv", "id,prediction\n" + lines)
    one = {
        name.removesuffix(".csv"): _belonging(rows, name, layout, chosen[:1]) for name, rows in tables.items()
    }
    _write_text(into / "payload.json", json.dumps(one, indent=1, ensure_ascii=False) + "\n")


def _telling(tables: dict[str, list[dict[str, str]]], layout: Layout) -> list[str]:
    """The ids to predict, those with lines in every table first: an empty table shows nothing."""
    held = [{row[layout.keys[name]] for row in rows} for name, rows in tables.items() if name in layout.keys]
    ids = [row[layout.id] for row in tables[layout.table]]
    return sorted(ids, key=lambda name: -sum(name in keys for keys in held))


def _belonging(
    rows: list[dict[str, str]], name: str, layout: Layout, chosen: list[str]
) -> list[dict[str, str]]:
    key = layout.keys.get(name)
    return [row for row in rows if row[key] in chosen] if key else rows[:ROWS]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [{k: v or "" for k, v in row.items() if k is not None} for row in csv.DictReader(lines)]


def _header(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return next(csv.reader(lines))


def _write(path: Path, header: list[str], rows: list[dict[str, str]]) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, header, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    _write_text(path, out.getvalue())


def _write_text(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
