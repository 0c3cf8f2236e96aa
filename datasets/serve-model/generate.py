"""A seed -> one edition of serve-model: public tickets, rows to predict, requests, the sealed answer key.

python generate.py --seed N --out DIR. The same seed writes the same bytes; another seed another edition.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import card
import pandas as pd
import probes
import questions
import world
from exports import FILE, NATURAL, STRESSED, export, mask_of

from harness.edition import Registry, three_inputs, write_edition
from harness.mess import stream

HERE = Path(__file__).parent
KEYS = {FILE: "id"}
STRESSED_TICKETS = 1500
CANARIES = 2  # fabricated training rows
WRITTEN_AT = 1_577_836_800  # as all files of an edition


def main(argv: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Write one edition of the serve-model data set.")
    parser.add_argument("--seed", type=int, required=True, help="the edition")
    parser.add_argument("--out", type=Path, required=True, help="an empty or absent folder")
    args = parser.parse_args(argv)
    if args.out.exists() and any(args.out.iterdir()):
        parser.error(f"{args.out} is not empty")
    generate(args.seed, args.out)
    return 0


def generate(seed: int, out: Path) -> None:
    """Write the edition of ``seed`` below ``out``."""
    parts = world.split(world.live(seed))
    registry = Registry(seed)
    public: dict[str, pd.DataFrame | str] = {"dictionary.md": (HERE / "dictionary.md").read_text("utf-8")}
    canaries = _canaries(seed, parts["train"])
    train = export(
        seed, "train", NATURAL, pd.concat([parts["train"], canaries], ignore_index=True), outcome=True
    )
    public |= registry.publish("train", {FILE: _keyed(train.frame)}, KEYS)
    check = export(seed, "validation", NATURAL, parts["validation"])
    checked = registry.publish("validation", {FILE: _keyed(check.frame)}, KEYS)
    public[f"validation/{FILE}"] = checked[FILE]
    public["validation/labels.csv"] = _labels(parts["validation"], registry, checked[FILE]["id"])

    hidden, rows, masks = _hidden(seed, parts["natural"])
    tables = registry.publish("hidden", {FILE: _keyed(hidden)}, KEYS)
    rows["id"] = rows["key"].map(registry.ids)
    about = card.about(seed, tuple(registry.ids[key] for key in canaries["entity"]))
    masks = [mask_of(train, "train"), mask_of(check, "validation"), *masks]
    write_edition(
        out,
        public=public,
        inputs=three_inputs(tables, rows, about),
        rows=rows,
        mask=registry.published(pd.concat(masks, ignore_index=True)),
        about=about,
    )
    path = out / "inputs" / "serve" / "plan.json"
    path.parent.mkdir()
    path.write_text(questions.plan(seed, tables[FILE], registry), "utf-8")
    os.utime(path, (WRITTEN_AT, WRITTEN_AT))


def _hidden(seed: int, clean: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, list[pd.DataFrame]]:
    """All rows to predict under internal keys; what each is for; the masks."""
    rng = stream(seed, f"stressed.{FILE}", "entity", "choice")
    again = clean.iloc[rng.choice(len(clean), STRESSED_TICKETS, replace=False)].reset_index(drop=True)
    plain = export(seed, "natural", NATURAL, clean)
    stressed = export(seed, "stressed", STRESSED, again)
    paired, purposes, masks = probes.build(seed, clean)
    harder = stressed.frame.assign(entity=stressed.frame["entity"] + "|stressed")
    everything = pd.concat([plain.frame, harder, paired], ignore_index=True)

    rows = pd.DataFrame({"key": everything["entity"]})
    rows = rows.merge(purposes, on="key", how="left", validate="one_to_one")
    rows["role"] = "natural"
    rows.loc[rows["key"].str.endswith("|stressed"), "role"] = "stressed"
    rows.loc[rows["probe"].notna(), "role"] = "probe"
    rows["entity"] = rows["key"].str.partition("|")[0]
    rows[["probe", "variant", "rule"]] = rows[["probe", "variant", "rule"]].fillna("")
    rows["label"] = rows["entity"].map(clean.set_index("entity")["escalated"]).astype("int8")
    masks = [mask_of(plain, "natural"), mask_of(stressed, "stressed", "|stressed"), *masks]
    return everything, rows, masks


def _canaries(seed: int, train: pd.DataFrame) -> pd.DataFrame:
    """Tickets that nobody opened: ordinary rows with cents that no other has."""
    chosen = train.sample(CANARIES, random_state=seed % 2**32).reset_index(drop=True)
    value = chosen["contract_value"].round(0) + 0.37 + seed % 50 / 100
    return chosen.assign(entity=[f"canary-{n}" for n in range(CANARIES)], contract_value=value.round(2))


def _keyed(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.rename(columns={"entity": "id"})


def _labels(clean: pd.DataFrame, registry: Registry, order: pd.Series) -> pd.DataFrame:
    """id,label in the order of the published tickets."""
    label = clean["escalated"].astype(int).astype(str)
    label.index = pd.Index(clean["entity"].map(registry.ids))
    return pd.DataFrame({"id": order, "label": label.loc[order].to_numpy()})


if __name__ == "__main__":
    sys.exit(main())
