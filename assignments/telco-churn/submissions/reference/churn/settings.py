"""settings.toml -> Settings. The only place that reads configuration."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

DEFAULT = Path(__file__).parent.parent / "settings.toml"


@dataclass(frozen=True)
class Settings:
    """What a run can be tuned by; the names are those of settings.toml."""

    snapshot: date
    recent_days: int
    last_months: int
    seed: int
    folds: int
    fuzzy_cutoff: float
    most_left: float
    boosting: dict[str, float] = field(default_factory=dict)
    linear: dict[str, float] = field(default_factory=dict)


def load(path: Path | None = None) -> Settings:
    """Read ``path``, else the file named by CHURN_SETTINGS, else the one beside the package."""
    path = path or Path(os.environ.get("CHURN_SETTINGS", DEFAULT))
    with path.open("rb") as file:
        return Settings(**tomllib.load(file))
