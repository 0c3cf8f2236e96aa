"""A seed -> one edition of delay-drift: public tables, rows to predict, the sealed answer key.

python generate.py --seed N --out DIR. The same seed writes the same bytes; another seed another edition.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import batches
import pandas as pd
import parts
import tables
from about import about

from harness.edition import Registry, three_inputs, write_edition

HERE = Path(__file__).parent
# file -> the flight's column
KEYS = {"flights.csv": "id", "weather.csv": "flight_id"}


def main(argv: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Write one edition of the delay-drift data set.")
    parser.add_argument("--seed", type=int, required=True, help="the edition")
    parser.add_argument("--out", type=Path, required=True, help="an empty or absent folder")
    args = parser.parse_args(argv)
    if args.out.exists() and any(args.out.iterdir()):
        parser.error(f"{args.out} is not empty")
    generate(args.seed, args.out)
    return 0


def generate(seed: int, out: Path) -> None:
    """Write `public/`, `inputs/`, `sealed/` and `about.json` below ``out``."""
    made, registry = parts.build(seed), Registry(seed)
    lists = {"planes.csv": made.planes, "airlines.csv": tables.airlines()}
    train = _published(registry, "train", made.train.tables)
    validation = _published(registry, "validation", made.validation.tables)
    hidden = _published(registry, "hidden", made.hidden.tables)
    rows = made.hidden.rows.assign(id=made.hidden.rows["key"].map(registry.ids))
    card = about(seed, KEYS, [registry.ids[f"{parts.CANARY}{n}"] for n in range(parts.CANARIES)])
    masks = [made.train.mask, made.validation.mask, made.hidden.mask]
    checked = validation | lists
    watched = batches.build(seed, made.train.tables)
    write_edition(
        out,
        public=train
        | lists
        | {f"validation/{name}": table for name, table in checked.items()}
        | {
            "validation/labels.csv": _labels(made.labels, registry, validation["flights.csv"]["id"]),
            "dictionary.md": (HERE / "dictionary.md").read_text(encoding="utf-8"),
        },
        inputs=three_inputs(hidden | lists, rows, card),
        rows=rows,
        mask=registry.published(pd.concat(masks, ignore_index=True)),
        about=card,
        sealed={"monitor": watched.key},
    )
    batches.write(out / "inputs" / "monitor", watched, lists)


def _published(registry: Registry, part: str, exported: tables.Tables) -> dict[str, pd.DataFrame]:
    """The two files of a part that are keyed by flight."""
    named = {
        "flights.csv": exported.flights.rename(columns={"entity": "id"}),
        "weather.csv": exported.weather.rename(columns={"entity": "flight_id"}).drop(columns="row"),
    }
    return registry.publish(part, named, KEYS)


def _labels(labels: pd.Series, registry: Registry, order: pd.Series) -> pd.DataFrame:
    by_id = pd.Series(labels.astype(int).to_numpy(), index=labels.index.map(registry.ids))
    return pd.DataFrame({"id": order, "label": by_id.loc[order].to_numpy()})


if __name__ == "__main__":
    sys.exit(main())
