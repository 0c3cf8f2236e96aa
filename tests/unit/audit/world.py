"""A small clean edition, written as plain files, to be spoilt by tests. The seed decides all."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

ABOUT: dict[str, Any] = {
    "dataset": "leavers", "seed": 1, "table": "people.csv",
    "id": "id", "label": "left", "positive": "yes", "metric": "roc_auc",
    "group": None, "time": None, "keys": {"people.csv": "id", "visits.csv": "person"}, "traps": [],
    "canaries": [],
    "card": {
        "title": "leavers", "description": "Nobody.", "licence": "https://example.org/l",
        "url": "https://example.org/x", "cite": "none", "creator": "nobody", "published": "2024-06-30",
    },
}  # fmt: skip
SIZES = {"train": 900, "validation": 300, "natural": 900, "stressed": 300}


@dataclass
class World:
    """Frames by part; ``hidden`` holds natural and stressed rows. Spoil it, then write it."""

    train: pd.DataFrame
    validation: pd.DataFrame
    hidden: pd.DataFrame
    visits: dict[str, pd.DataFrame]
    about: dict[str, Any] = field(default_factory=lambda: json.loads(json.dumps(ABOUT)))
    dictionary: str = "# Data dictionary\n\n| column | meaning |\n| --- | --- |\n| age | in years |\n"

    def write(self, out: Path) -> Path:
        """The folder as ``harness.edition`` lays it out."""
        for part, at in (("train", "public"), ("validation", "public/validation"), ("hidden", "inputs/all")):
            self._tables(part, getattr(self, part), out / at)
        some = self.hidden.sample(200, random_state=3)
        for name, frame in (("one", some.head(1)), ("shuffled", some)):
            self._tables("hidden", frame, out / "inputs" / name)
        labels = self.validation[["id", "truth"]].rename(columns={"truth": "label"})
        labels.to_csv(out / "public/validation/labels.csv", index=False)
        (out / "public/dictionary.md").write_text(self.dictionary)
        (out / "sealed").mkdir(parents=True)
        rows = self.hidden[["id", "role", "entity"]].assign(
            label=self.hidden["truth"].astype("int8"), probe="", variant="", rule=""
        )
        rows.sort_values("id").to_parquet(out / "sealed/rows.parquet", index=False)
        (out / "sealed/meta.json").write_text(json.dumps({"canary": "takehome-canary-1f2e3d4c"}))
        (out / "about.json").write_text(json.dumps(self.about))
        return out

    def _tables(self, part: str, frame: pd.DataFrame, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        handed = frame.drop(columns=["truth", "role", "entity"])
        if part == "train":
            handed = handed.assign(left=np.where(frame["truth"] == 1, "yes", "no"))
        handed.to_csv(folder / "people.csv", index=False)
        visits = self.visits[part]
        visits[visits["person"].isin(frame["id"])].to_csv(folder / "visits.csv", index=False)


def clean(seed: int, **sizes: int) -> World:
    """People with seven honest columns and a second table; about a quarter leave."""
    rng = np.random.default_rng(seed)
    wanted = SIZES | sizes
    frames = {part: people(rng, wanted[part]) for part in ("train", "validation", "natural")}
    stressed = frames["natural"].sample(wanted["stressed"], random_state=int(rng.integers(1 << 31))).copy()
    stressed["income"] = stressed["income"].map(lambda x: f"{x}".replace(".", ","))
    stressed["role"] = "stressed"
    stressed["id"] = ids(rng, wanted["stressed"])
    hidden = pd.concat([frames["natural"], stressed], ignore_index=True)
    hidden = hidden.iloc[rng.permutation(len(hidden))].reset_index(drop=True)
    parts = {"train": frames["train"], "validation": frames["validation"], "hidden": hidden}
    return World(**parts, visits={part: visits_of(rng, frame) for part, frame in parts.items()})


def people(rng: np.random.Generator, size: int) -> pd.DataFrame:
    age, income = rng.integers(18, 90, size), rng.lognormal(10, 0.5, size).round(2)
    plan = rng.choice(["basic", "plus", "family", "Basic "], size, p=[0.4, 0.3, 0.25, 0.05])
    days, calls = rng.exponential(300, size).round(1), rng.poisson(2.0, size)
    city = rng.choice([f"city {n}" for n in range(12)], size)
    logit = -1.6 + 0.03 * (age - 50) + 0.5 * (plan == "basic") - 0.002 * (days - 300) + 0.3 * (calls - 2)
    truth = (rng.random(size) < 1 / (1 + np.exp(-logit))).astype(int)
    day = rng.integers(0, 900, size)
    number = days.astype(object)
    number[rng.random(size) < 0.04] = ""
    frame = pd.DataFrame(
        {
            "id": ids(rng, size), "age": age, "income": income, "plan": plan, "days": number, "calls": calls,
            "city": city, "joined": pd.Timestamp("2020-01-01") + pd.to_timedelta(day, "D"),
            "truth": truth, "role": "natural",
        }
    )  # fmt: skip
    return frame.assign(joined=frame["joined"].dt.strftime("%Y-%m-%d"), entity=[f"p{n}" for n in range(size)])


def visits_of(rng: np.random.Generator, frame: pd.DataFrame) -> pd.DataFrame:
    counts = rng.poisson(1.5 + 1.0 * frame["truth"].to_numpy())
    person = np.repeat(frame["id"].to_numpy(), counts)
    minutes = rng.gamma(2.0, 10.0, person.size).round(1)
    visits = pd.DataFrame(
        {"person": person, "minutes": minutes, "kind": rng.choice(["shop", "phone"], person.size)}
    )
    return visits.iloc[rng.permutation(len(visits))].reset_index(drop=True)


def ids(rng: np.random.Generator, size: int) -> list[str]:
    signs = np.array(list("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"))
    return ["".join(row) for row in rng.choice(signs, (size, 9))]
