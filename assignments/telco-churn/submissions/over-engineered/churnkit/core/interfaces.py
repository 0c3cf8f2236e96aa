"""What plug-ins promise."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

import pandas as pd

Tables = dict[str, pd.DataFrame]


class AbstractReader(ABC):
    """A folder -> tables."""

    @abstractmethod
    def read(self, folder: str) -> Tables:
        """Every table of the folder, as text."""


class AbstractTransformer(ABC):
    """Tables -> features by customer."""

    @abstractmethod
    def transform(self, tables: Tables) -> pd.DataFrame:
        """One row a customer."""


class AbstractModelFactory(ABC):
    """Options -> an estimator."""

    def __init__(self, **options: Any) -> None:
        self.options = options

    @abstractmethod
    def build(self) -> Any:
        """A new estimator, not fitted."""
