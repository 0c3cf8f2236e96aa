"""(seed, table, column, operator) -> draws of its own: adding or removing one step moves no other's.

Every vector drawn has one value a row of the GIVEN table, hit or not: no row's luck hangs on another's.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar
from zlib import crc32

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Where = Callable[[pd.DataFrame], "Bools | pd.Series"]  # on the table as it was given, with its types
Rate = float | Callable[[pd.DataFrame], "Floats | pd.Series"]  # 0..1, one for all rows or one a row
T = TypeVar("T", bound=Hashable)
Shares = Mapping[T, float] | Sequence[T]  # what is drawn, and how often; a plain list: each as often


def stream(seed: int, table: str, column: str, operator: str) -> np.random.Generator:
    """The generator of one operator on one column of one table."""
    return np.random.default_rng([seed, *(crc32(word.encode()) for word in (table, column, operator))])


def picked(shares: Shares[T], luck: Iterable[float]) -> list[T]:
    """One of the things for each number of ``luck`` (uniform in 0..1), by share.

    Raises:
        ValueError: there is nothing to pick from, or the shares do not add up to 1.
    """
    things = list(shares)
    parts = list(shares.values()) if isinstance(shares, Mapping) else [1 / len(things)] * len(things)
    if not things or min(parts) < 0 or abs(sum(parts) - 1) > 1e-6:
        raise ValueError(f"shares add up to {sum(parts):g}, not 1")
    places = np.searchsorted(np.cumsum(parts), np.fromiter(luck, dtype=float), side="right")
    return [things[min(int(place), len(things) - 1)] for place in places]


def by_value(column: str, cuts: Sequence[float], rates: Sequence[float]) -> Rate:
    """A rate that follows a number: ``rates[i]`` below ``cuts[i]``, the last one from the last cut on.

    Missing by its own column's value is missing not at random (MNAR); by another's, at random (MAR).
    What is no number counts as beyond the last cut.
    """
    if len(rates) != len(cuts) + 1:
        raise ValueError(f"{len(cuts)} cuts make {len(cuts) + 1} ranges, not {len(rates)}")

    def rate(given: pd.DataFrame) -> Floats:
        values = pd.to_numeric(given[column], errors="coerce").to_numpy(dtype=float)
        return np.asarray(rates, dtype=float)[np.searchsorted(np.asarray(cuts), values, side="right")]

    return rate


def by_category(column: str, rates: Mapping[object, float], *, other: float = 0.0) -> Rate:
    """A rate that follows a category: ``rates`` by value, ``other`` for the rest."""

    def rate(given: pd.DataFrame) -> Floats:
        return np.array([rates.get(value, other) for value in given[column]], dtype=float)

    return rate


def equals(column: str, *values: object) -> Where:
    """Rows whose ``column`` is one of ``values``."""
    return lambda given: given[column].isin(values)


def since(column: str, start: object) -> Where:
    """Rows from ``start`` on, by a column that can be ordered: drift begins here."""
    return lambda given: given[column] >= start


def both(first: Where, second: Where) -> Where:
    """Rows of which both are true."""
    return lambda given: np.asarray(first(given), dtype=bool) & np.asarray(second(given), dtype=bool)
