"""Sealed rows with probes, a model of known skill, and the files that both leave behind."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from graders.kit.case.evidence import write
from harness.model import (
    AnswerKey,
)

NATURAL, STRESSED, PROBED = 1500, 800, 40


def make_rows(
    seed: int = 1, *, natural: int = NATURAL, stressed: int = STRESSED, probed: int = PROBED
) -> pd.DataFrame:
    """Sealed rows with three probes: spelling (equal, two variants), price (higher), new (finite).

    `signal` is what a model can know of a row; drop it before sealing.
    """
    rng = np.random.default_rng(seed)
    parts = [_plain(rng, "natural", natural), _plain(rng, "stressed", stressed)]
    variants = {
        "spelling": (("case", "equal"), ("typo", "equal")),
        "price": (("dearer", "higher"),),
        "new": (("wallet", "finite"),),
    }
    for probe, others in variants.items():
        base = _plain(rng, "probe", probed).assign(probe=probe, variant="base")
        parts.append(base)
        parts += [base.assign(variant=name, rule=rule) for name, rule in others]
    rows = pd.concat(parts, ignore_index=True)
    rows.insert(0, "id", [f"R{n:06d}" for n in rng.permutation(len(rows))])
    return rows


def _plain(rng: np.random.Generator, role: str, many: int) -> pd.DataFrame:
    signal = rng.normal(size=many)
    chance = 1.0 / (1.0 + np.exp(-(1.8 * signal - 1.2)))
    return pd.DataFrame(
        {
            "role": role,
            "label": (rng.random(many) < chance).astype("int8"),
            "entity": [f"{role}-{n}" for n in range(many)],
            "probe": "",
            "variant": "",
            "rule": "",
            "signal": signal,
        }
    )


def model(rows: pd.DataFrame, *, noise: float, seed: int = 7) -> np.ndarray:
    """Predictions that know the signal up to noise; the noise belongs to the entity, so probes stay equal."""
    rng = np.random.default_rng(seed)
    codes, entities = pd.factorize(rows["entity"] + rows["probe"])
    blur = rng.normal(size=len(entities))[codes] * noise
    dearer = rows["variant"].eq("dearer").to_numpy() * 0.3
    return np.asarray(1.0 / (1.0 + np.exp(-(1.8 * (rows["signal"].to_numpy() + blur + dearer) - 1.2))))


def write_key(folder: Path, rows: pd.DataFrame, *, baseline: np.ndarray, reference: np.ndarray) -> AnswerKey:
    """The sealed half."""
    folder.mkdir(parents=True, exist_ok=True)
    rows.drop(columns="signal", errors="ignore").to_parquet(folder / "rows.parquet")
    anchors = pd.DataFrame({"id": rows["id"], "baseline": baseline, "reference": reference})
    anchors.sample(frac=1.0, random_state=0).to_parquet(folder / "anchors.parquet")
    slices = pd.DataFrame({"id": rows["id"], "plan": np.resize(["basic", "business", ""], len(rows))})
    slices.to_parquet(folder / "slices.parquet")
    return AnswerKey(root=folder)


def write_predictions(folder: Path, stage: str, ids: Iterable[str], values: Iterable[float]) -> None:
    """predictions.csv of a stage."""
    lines = [f"{name},{float(value)!r}" for name, value in zip(ids, values, strict=True)]
    write(folder, stage, "predictions.csv", "id,prediction\n" + "\n".join(lines) + "\n")
