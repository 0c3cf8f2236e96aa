"""A seed -> one edition of card-fraud: public tables, rows to predict, the sealed answer key.

python generate.py --seed N --out DIR. The same seed writes the same bytes; another seed another edition.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import about
import cases
import exports
import hidden
import pandas as pd
import places
import publish
import world
from cases import Tables
from exports import NATURAL, Exported
from publish import TABLE, Published
from world import LAST_DAY, TRAIN_DAYS, Population

from harness.edition import Registry, write_edition
from harness.mess import stream

HERE = Path(__file__).parent
VALIDATION, VALIDATION_FRAUDS = 4_000, 320
TRAINERS = Population(1_650, -30, TRAIN_DAYS)
# many more than are asked about: few frauds of one episode, so the rows are nearly independent
CHECKERS = Population(2_000, TRAIN_DAYS - 30, LAST_DAY)
STRANGERS = Population(8_000, TRAIN_DAYS - 30, LAST_DAY)


def main(argv: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Write one edition of the card-fraud data set.")
    parser.add_argument("--seed", type=int, required=True, help="the edition")
    parser.add_argument("--out", type=Path, required=True, help="an empty or absent folder")
    args = parser.parse_args(argv)
    if args.out.exists() and any(args.out.iterdir()):
        parser.error(f"{args.out} is not empty")
    generate(args.seed, args.out)
    return 0


def generate(seed: int, out: Path) -> None:
    """Write `public/`, `inputs/`, `sealed/` and `about.json` below ``out``."""
    merchants = places.merchants(stream(seed, "world", "merchants", "draw"))
    shops, shop_mask = exports.merchants(merchants, seed=seed)
    train = _train(seed, merchants)
    known, validation = _validation(seed, merchants)
    made = hidden.build(
        seed, _after_the_log(seed, merchants, "hidden", STRANGERS, hidden.ROWS, hidden.FRAUDS)
    )

    registry = Registry(seed)
    trained = publish.published(registry, "train", train.tables)
    checked = publish.published(registry, "validation", validation.tables)
    asked = publish.published(registry, "hidden", made.tables)
    rows = made.rows.assign(id=made.rows["key"].map(registry.ids))
    canaries = tuple(registry.ids[key] for key in cases.canary_keys())
    told = about.about(seed, canaries)
    masks = [shop_mask, train.mask, validation.mask, made.mask]
    write_edition(
        out,
        public=_public(trained, checked, _labels(known, registry, checked), shops),
        inputs=publish.inputs(asked, rows, shops, told),
        rows=rows,
        mask=publish.mask(registry, pd.concat(masks, ignore_index=True)),
        about=told,
        together=registry.copies(),
    )


def _train(seed: int, merchants: pd.DataFrame) -> Exported:
    rng = stream(seed, "world", "train", "draw")
    log = cases.with_canaries(rng, cases.log(world.live(rng, merchants, TRAINERS), "train"))
    return exports.export(log, NATURAL, seed=seed, part="train", logged=True)


def _validation(seed: int, merchants: pd.DataFrame) -> tuple[Tables, Exported]:
    known = _after_the_log(seed, merchants, "validation", CHECKERS, VALIDATION, VALIDATION_FRAUDS)
    return known, exports.export(known, NATURAL, seed=seed, part="validation")


def _after_the_log(
    seed: int, merchants: pd.DataFrame, part: str, population: Population, many: int, frauds: int
) -> Tables:
    rng = stream(seed, "world", part, "draw")
    return cases.scored(rng, world.live(rng, merchants, population), part, many=many, frauds=frauds)


def _labels(known: Tables, registry: Registry, checked: Published) -> pd.DataFrame:
    truth = known.transactions["fraud"].astype(int).astype(str)
    label = pd.Series(truth.to_numpy(), index=known.transactions["entity"].map(registry.ids))
    order = checked[TABLE]["id"]
    return pd.DataFrame({"id": order, "label": label.loc[order].to_numpy()})


def _public(
    trained: Published, checked: Published, labels: pd.DataFrame, shops: pd.DataFrame
) -> dict[str, pd.DataFrame | str]:
    given: dict[str, pd.DataFrame | str] = {**trained, "merchants.csv": shops}
    given["dictionary.md"] = (HERE / "dictionary.md").read_text(encoding="utf-8")
    given |= {f"validation/{name}": table for name, table in {**checked, "merchants.csv": shops}.items()}
    return given | {"validation/labels.csv": labels}


if __name__ == "__main__":
    sys.exit(main())
