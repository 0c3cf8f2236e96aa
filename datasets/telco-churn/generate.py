"""A seed -> one edition of telco-churn: public tables, rows to predict, the sealed answer key.

python generate.py --seed N --out DIR. The same seed writes the same bytes; another seed another edition.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path

import hidden
import pandas as pd
import parts
import pyarrow as pa
import pyarrow.parquet as pq
import world
from ids import Registry
from mess import NATURAL, Mess

HERE = Path(__file__).parent
TABLES = ("customers", "usage", "contacts")


def main(argv: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Write one edition of the telco-churn data set.")
    parser.add_argument("--seed", type=int, required=True, help="the edition")
    parser.add_argument("--out", type=Path, required=True, help="an empty or absent folder")
    args = parser.parse_args(argv)
    if args.out.exists() and any(args.out.iterdir()):
        parser.error(f"{args.out} is not empty")
    generate(args.seed, args.out)
    return 0


def generate(seed: int, out: Path) -> None:
    """Write `public/`, `inputs/` and `sealed/` below ``out``."""
    split = parts.split(seed, world.live(seed))
    registry = Registry(seed)

    maker = Mess(seed, "train", NATURAL)
    train = registry.publish(
        "train", parts.with_near_duplicates(maker.export(split["train"], outcome=True), maker)
    )
    checker = Mess(seed, "validation", NATURAL)
    validation = registry.publish("validation", checker.export(split["validation"]))
    answers = split["validation"].customers[["entity", "churned"]]
    inputs, rows, log = hidden.build(seed, split["natural"], registry)

    _write_tables(out / "public", train)
    _write_tables(out / "public" / "validation", validation)
    _write_csv(out / "public" / "validation" / "labels.csv", _labels(answers, registry, validation.customers))
    _write_text(out / "public" / "dictionary.md", (HERE / "dictionary.md").read_text(encoding="utf-8"))
    for name, tables in inputs.items():
        _write_tables(out / "inputs" / name, tables)
    _seal(
        seed,
        out / "sealed",
        rows,
        pd.concat([*maker.log, *checker.log, *log], ignore_index=True),
        registry,
        train,
    )


def _labels(answers: pd.DataFrame, registry: Registry, order: pd.DataFrame) -> pd.DataFrame:
    labels = pd.DataFrame(
        {"id": answers["entity"].map(registry.ids), "label": answers["churned"].astype(int).astype(str)}
    )
    return labels.set_index("id").loc[order["id"]].reset_index()


def _write_tables(folder: Path, tables: world.Tables) -> None:
    for name, table in zip(TABLES, tables.all, strict=True):
        _write_csv(folder / f"{name}.csv", table)


def _write_csv(path: Path, table: pd.DataFrame) -> None:
    _write_text(path, table.to_csv(index=False, lineterminator="\n"))


def _write_text(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def _seal(
    seed: int, folder: Path, rows: pd.DataFrame, log: pd.DataFrame, registry: Registry, train: world.Tables
) -> None:
    """The answer key. The canary stands, uncompressed, in every file here and nowhere else."""
    canary = f"takehome-canary-{hashlib.sha256(f'telco-churn/{seed}/sealed'.encode()).hexdigest()[:32]}"
    columns = ["id", "role", "label", "entity", "probe", "variant", "rule"]
    rows = rows[columns].sort_values("id", ignore_index=True)
    log = log.assign(id=log["entity"].map(registry.ids)).drop(columns="entity")
    copies = log["operator"].eq("near duplicate") & log["column"].eq("id")
    log.loc[copies, ["old", "new"]] = log.loc[copies, ["old", "new"]].map(registry.ids.__getitem__)
    _write_parquet(folder / "rows.parquet", rows, canary)
    _write_parquet(folder / "mess.parquet", log, canary)
    counts = {"train": len(train.customers), "validation": parts.VALIDATION}
    counts |= {str(role): int(count) for role, count in rows["role"].value_counts().sort_index().items()}
    meta = {"dataset": "telco-churn", "seed": seed, "canary": canary, "counts": counts, "metric": "roc_auc"}
    _write_text(folder / "meta.json", json.dumps(meta, indent=2) + "\n")


def _write_parquet(path: Path, table: pd.DataFrame, canary: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    arrow = pa.Table.from_pandas(table, preserve_index=False)
    pq.write_table(arrow.replace_schema_metadata({**(arrow.schema.metadata or {}), "canary": canary}), path)


if __name__ == "__main__":
    sys.exit(main())
