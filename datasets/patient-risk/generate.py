"""A seed -> one edition of patient-risk: public tables, rows to predict, the sealed answer key.

python generate.py --seed N --out DIR. The same seed writes the same bytes; another seed another edition.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pandas as pd
import parts
import recipe
from about import about
from tables import Tables

from harness.edition import Registry, three_inputs, write_edition

HERE = Path(__file__).parent
PARTS_MARK = "\x1f"  # between the parts of an identifier, as `graders.model_data.deid` reads them
# file -> the patient's column, the column of the row's own number
FILES = {
    "patients.csv": ("id", None),
    "labs.csv": ("patient_id", "lab_id"),
    "conditions.csv": ("patient_id", "condition_id"),
    "notes.csv": ("patient_id", "note_id"),
}
KEYS = {name: key for name, (key, _) in FILES.items()}
OWN = {name: own for name, (_, own) in FILES.items() if own}


def main(argv: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Write one edition of the patient-risk data set.")
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
    train, _ = _published(registry, "train", made.train.tables)
    validation, annotated = _published(registry, "validation", made.validation.tables)
    hidden, notes = _published(registry, "hidden", made.hidden.tables)
    rows = made.hidden.rows.assign(id=made.hidden.rows["key"].map(registry.ids))
    card = about(seed, KEYS, [registry.ids[f"{parts.CANARY}{n}"] for n in range(parts.CANARIES)])
    masks = [made.train.mask, made.validation.mask, made.hidden.mask]
    write_edition(
        out,
        public=train
        | {f"validation/{name}": table for name, table in validation.items()}
        | {
            "validation/labels.csv": _labels(made.labels, registry, validation["patients.csv"]["id"]),
            "validation/phi.csv": _planted(annotated).drop(columns="parts"),
            "dictionary.md": (HERE / "dictionary.md").read_text(encoding="utf-8"),
        },
        inputs=three_inputs(hidden, rows, card),
        rows=rows,
        mask=registry.published(pd.concat(masks, ignore_index=True)),
        about=card,
        together=registry.copies(),
        sealed={"phi": _planted(notes), "clinical": _clinical(notes)},
    )


def _published(registry: Registry, part: str, tables: Tables) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """The four files of a part, and its notes with what was planted in them."""
    named = {
        name: table.rename(columns={"entity": key, "row": own or "row"})
        for (name, (key, own)), table in zip(FILES.items(), tables.all, strict=True)
    }
    published = registry.publish(part, named, KEYS, own=OWN)
    notes = published["notes.csv"]
    return published | {"notes.csv": notes.drop(columns=recipe.CARRIED)}, notes


def _labels(labels: pd.Series, registry: Registry, order: pd.Series) -> pd.DataFrame:
    by_id = pd.Series(labels.astype(int).to_numpy(), index=labels.index.map(registry.ids))
    return pd.DataFrame({"id": order, "label": by_id.loc[order].to_numpy()})


def _planted(notes: pd.DataFrame) -> pd.DataFrame:
    """One line an identifier: the note, its type, its text, and the parts that must be gone."""
    lines = [
        (note, found.type, found.text, PARTS_MARK.join(found.parts))
        for note, planted in zip(notes["note_id"], notes["planted"], strict=True)
        for found in planted
    ]
    return pd.DataFrame(lines, columns=["note_id", "type", "text", "parts"])


def _clinical(notes: pd.DataFrame) -> pd.DataFrame:
    """One line a phrase that must be kept."""
    pairs = zip(notes["note_id"], notes["clinical"], strict=True)
    lines = [(note, phrase) for note, told in pairs for phrase in told]
    return pd.DataFrame(lines, columns=["note_id", "phrase"])


if __name__ == "__main__":
    sys.exit(main())
