"""A seed -> one edition of telco-churn: public tables, rows to predict, the sealed answer key.

python generate.py --seed N --out DIR. The same seed writes the same bytes; another seed another edition.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import card
import hidden
import pandas as pd
import parts
import world
from mess import NATURAL, export

from harness.edition import Registry, three_inputs, write_edition

HERE = Path(__file__).parent


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
    """Write the edition of ``seed`` below ``out``."""
    split = parts.split(seed, world.live(seed))
    registry = Registry(seed)
    public: dict[str, pd.DataFrame | str] = {"dictionary.md": (HERE / "dictionary.md").read_text("utf-8")}

    train = export(seed, "train", NATURAL, split["train"], outcome=True)
    public |= registry.publish("train", train.tables.files, world.KEYS, own=world.OWN)
    check = export(seed, "validation", NATURAL, split["validation"])
    checked = registry.publish("validation", check.tables.files, world.KEYS, own=world.OWN)
    public |= {f"validation/{name}": table for name, table in checked.items()}
    public["validation/labels.csv"] = _labels(split["validation"], registry, checked["customers.csv"]["id"])

    tables, rows, masks = hidden.build(seed, split["natural"], registry)
    about = card.about(seed, tuple(registry.ids[key] for key in parts.canary_keys()))
    mask = registry.published(pd.concat([train.mask, check.mask, *masks], ignore_index=True))
    write_edition(
        out,
        public=public,
        inputs=three_inputs(tables, rows, about),
        rows=rows,
        mask=mask,
        about=about,
        together=registry.copies(),
    )


def _labels(clean: world.Tables, registry: Registry, order: pd.Series) -> pd.DataFrame:
    """id,label in the order of the published customers; clean labels."""
    label = clean.customers["churned"].astype(int).astype(str)
    label.index = pd.Index(clean.customers["entity"].map(registry.ids))
    return pd.DataFrame({"id": order, "label": label.loc[order].to_numpy()})


if __name__ == "__main__":
    sys.exit(main())
