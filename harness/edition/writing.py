"""Tables, sealed rows, mask, about -> the folder of an edition. The same input writes the same bytes."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from harness.croissant import describe
from harness.edition.about import About
from harness.edition.checks import check
from harness.edition.permutation import FILE, FOLDER, plan_of
from harness.mess.sheet import MASK

ROW_COLUMNS = ("id", "role", "label", "entity", "probe", "variant", "rule")
WRITTEN_AT = 1_577_836_800  # 2020-01-01: no file's time tells when, or in which order, it was written
Content = pd.DataFrame | str | bytes


def write_edition(
    out: Path,
    *,
    public: Mapping[str, Content],
    inputs: Mapping[str, Mapping[str, pd.DataFrame]],
    rows: pd.DataFrame,
    mask: pd.DataFrame,
    about: About,
    sealed: Mapping[str, pd.DataFrame] | None = None,
    together: Sequence[Sequence[str]] = (),
) -> None:
    """Write ``public/`` (with a Croissant file), ``inputs/``, ``sealed/`` and ``about.json`` below ``out``.

    public: file name (``validation/labels.csv``) -> a table, or its text or bytes. inputs: ``all``, ``one``,
    ``shuffled`` -> tables by file name. rows: one line a row of ``all`` (ROW_COLUMNS). mask: as
    ``harness.mess`` makes it, keys published; more columns may stand beside. sealed: name -> what a grader of
    this data set needs besides (the identifiers planted in notes); beside ``rows`` in the answer key.
    together: ids of training rows that are one thing entered twice (``Registry.copies``).

    Raises:
        SpecError: the edition would break its contract (checks.py); nothing is written.
    """
    check(public=public, inputs=inputs, rows=rows, mask=mask, about=about)
    files = {name: as_bytes(content) for name, content in public.items()}
    files["croissant.json"] = describe(
        {name: content for name, content in files.items() if name.endswith(".csv")},
        dictionary=files["dictionary.md"].decode("utf-8"),
        card=about.card,
        key=about.id,
        table=about.table,
        keys={**about.keys, "labels.csv": "id"},
    ).encode()
    for name, content in files.items():
        _write(out / "public" / name, content)
    for folder, tables in inputs.items():
        for name, table in tables.items():
            _write(out / "inputs" / folder / name, as_bytes(table))
    plan = plan_of(about, together).model_dump_json(indent=1) + "\n"
    _write(out / "inputs" / FOLDER / FILE, plan.encode())
    _seal(out / "sealed", rows, {"mask": _ordered(mask), **(sealed or {})}, about, public)
    _write(out / "about.json", (about.model_dump_json(indent=2) + "\n").encode())


def as_bytes(content: Content) -> bytes:
    """A table as the CSV that candidates get; text in UTF-8."""
    if isinstance(content, bytes):
        return content
    if isinstance(content, str):
        return content.encode()
    text: str = content.to_csv(index=False, lineterminator="\n")
    return text.encode()


def _ordered(mask: pd.DataFrame) -> pd.DataFrame:
    return mask[[*MASK, *(name for name in mask.columns if name not in MASK)]]


def _seal(
    folder: Path,
    rows: pd.DataFrame,
    others: Mapping[str, pd.DataFrame],
    about: About,
    public: Mapping[str, Content],
) -> None:
    """The answer key. The canary stands, uncompressed, in every file here and nowhere else."""
    source = f"{about.dataset}/{about.seed}/sealed"
    canary = f"takehome-canary-{hashlib.sha256(source.encode()).hexdigest()[:32]}"
    rows = rows[list(ROW_COLUMNS)].sort_values("id", ignore_index=True)
    _write_parquet(folder / "rows.parquet", rows, canary)
    for name, table in others.items():
        _write_parquet(folder / f"{name}.parquet", table, canary)
    counts = {
        name.removesuffix(f"/{about.table}") if "/" in name else "train": len(table)
        for name, table in public.items()
        if name.rpartition("/")[2] == about.table and isinstance(table, pd.DataFrame)
    }
    counts |= {str(role): int(count) for role, count in rows["role"].value_counts().sort_index().items()}
    meta = {"dataset": about.dataset, "seed": about.seed, "canary": canary, "counts": counts}
    _write(folder / "meta.json", (json.dumps(meta | {"metric": about.metric}, indent=2) + "\n").encode())


def _write_parquet(path: Path, table: pd.DataFrame, canary: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    arrow = pa.Table.from_pandas(table, preserve_index=False)
    pq.write_table(arrow.replace_schema_metadata({**(arrow.schema.metadata or {}), "canary": canary}), path)
    os.utime(path, (WRITTEN_AT, WRITTEN_AT))


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (WRITTEN_AT, WRITTEN_AT))
