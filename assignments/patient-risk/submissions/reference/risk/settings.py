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
    shortest_cm: float
    tallest_cm: float
    lightest_kg: float
    heaviest_kg: float
    least_note_count: int
    boosting: dict[str, float] = field(default_factory=dict)
    linear: dict[str, float] = field(default_factory=dict)


def load(path: Path | None = None) -> Settings:
    """Read ``path``, else the file named by RISK_SETTINGS, else the one beside the package."""
    path = path or Path(os.environ.get("RISK_SETTINGS", DEFAULT))
    with path.open("rb") as file:
        return Settings(**tomllib.load(file))
