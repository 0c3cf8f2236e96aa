"""A configuration -> a pipeline that can be fitted, saved and asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import churnkit.data.readers
import churnkit.data.transformers
import churnkit.models.factories
import churnkit.models.stack  # noqa: F401  (plug-ins register themselves)
from churnkit.core.events import Bus
from churnkit.core.registry import HANDLERS, MODELS, READERS, TRANSFORMERS

DEFAULT = Path(__file__).parents[2] / "config" / "default.json"


class Pipeline:
    """Reader, transformers and model, put together from a configuration."""

    def __init__(self, config: dict[str, Any]) -> None:
        parts = config["pipeline"]
        self.reader = READERS.create(parts["reader"])
        self.transformers = [TRANSFORMERS.create(spec) for spec in parts["transformers"]]
        self.model = MODELS.create(parts["model"]).build()
        self.bus = Bus([HANDLERS.create({"type": name}) for name in config["bus"]["handlers"]])
        self.columns: list[str] = []

    @classmethod
    def from_file(cls, path: Path = DEFAULT) -> Pipeline:
        """The pipeline of a configuration file."""
        return cls(json.loads(path.read_text(encoding="utf-8")))

    def features(self, folder: str) -> pd.DataFrame:
        """All transformers side by side, one row a customer."""
        tables = self.reader.read(folder)
        ids = tables["customers"]["id"]
        return pd.concat([t.transform(tables).reindex(ids) for t in self.transformers], axis=1)

    def fit(self, folder: str) -> Pipeline:
        """Fit the model on the customers of a folder."""
        table = self.features(folder)
        outcome = self.reader.read(folder)["customers"]["churned"].eq("yes").to_numpy()
        self.columns = list(table.columns)
        self.bus.tell("fit", rows=len(table), columns=len(self.columns))
        self.model.fit(table.to_numpy(dtype=float), outcome)
        return self

    def predict(self, folder: str) -> pd.Series:
        """Probability of leaving by customer id."""
        table = self.features(folder).reindex(columns=self.columns)
        chance = self.model.predict_proba(table.to_numpy(dtype=float))[:, 1]
        self.bus.tell("predict", rows=len(table))
        return pd.Series(np.round(chance, 6), index=table.index, name="prediction")
