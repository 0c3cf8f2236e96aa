"""settings.toml -> Settings."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """See settings.toml for the meanings."""

    seed: int
    folds: int
    first_months: int
    worst_drop: float
    linear_c: float
    share_of_trees: float
    tail_prior: float
    boosting: dict[str, float]
    monitor: dict[str, float]


def load() -> Settings:
    """From settings.toml beside the package, or the file that `DELAYS_SETTINGS` names."""
    path = Path(os.environ.get("DELAYS_SETTINGS", HOME / "settings.toml"))
    return Settings(**tomllib.loads(path.read_text(encoding="utf-8")))
