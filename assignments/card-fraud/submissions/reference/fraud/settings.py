"""settings.toml -> Settings. The only place that reads configuration."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

DEFAULT = Path(__file__).parent.parent / "settings.toml"


@dataclass(frozen=True)
class Settings:
    """What a run can be tuned by; the names are those of settings.toml."""

    seed: int
    folds: int
    retry_seconds: float
    ripe_days: float
    half_life_days: float
    shop_prior: float
    rates: dict[str, float] = field(default_factory=dict)
    boosting: dict[str, float] = field(default_factory=dict)


def load(path: Path | None = None) -> Settings:
    """Read ``path``, else the file named by FRAUD_SETTINGS, else the one beside the package."""
    path = path or Path(os.environ.get("FRAUD_SETTINGS", DEFAULT))
    with path.open("rb") as file:
        return Settings(**tomllib.load(file))
