"""AnswerKey -> Answers, aligned by row. What is wrong in here is ours: InfraError, never the candidate's."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graders.ranking import Bools, Floats, Ints
from harness.errors import InfraError
from harness.model import AnswerKey

if TYPE_CHECKING:
    import pandas as pd

Texts = NDArray[np.object_]

ROLES = ("natural", "stressed", "probe")
BASE = "base"
RULES = ("equal", "lower", "higher", "finite")
TEXT_COLUMNS = ("id", "role", "entity", "probe", "variant", "rule")
HINT = "delete the edition's folder: it is generated again from its seed; then run `takehome certify`"


@dataclass(frozen=True, eq=False)
class Ids:
    """The ids of the rows that were to be predicted, in the order every array here has."""

    names: tuple[str, ...]

    @cached_property
    def at(self) -> dict[str, int]:
        """Where an id stands."""
        return {name: n for n, name in enumerate(self.names)}


@dataclass(frozen=True)
class Pairs:
    """Probe rows two by two: the same entity as it was (``base``) and written otherwise (``variant``)."""

    probe: str
    rule: str
    base: Ints
    variant: Ints
    entity: Ints  # numbered, for averaging within an entity first


@dataclass(frozen=True, eq=False)
class Answers:
    """The sealed rows and what the two golden submissions predict for them."""

    ids: Ids
    role: Texts
    label: Bools
    baseline: Floats
    reference: Floats
    pairs: tuple[Pairs, ...]

    def of(self, role: str) -> Bools:
        """Which rows play ``role``."""
        return np.asarray(self.role == role, dtype=np.bool_)


def read(key: AnswerKey) -> Answers:
    """Read and check both sealed tables; the same bytes are parsed once per process.

    Raises:
        InfraError: a table is absent, unreadable, or does not hold what the contract says.
    """
    digests = []
    for name in ("rows", "anchors"):
        try:
            digests.append(hashlib.sha256((key.root / f"{name}.parquet").read_bytes()).hexdigest())
        except OSError as error:
            raise _ours(f"the table {name!r} cannot be read: {type(error).__name__}") from error
    return _parse(key, tuple(digests))


@lru_cache(maxsize=4)
def _parse(key: AnswerKey, digests: tuple[str, ...]) -> Answers:
    """``digests`` only names the content, so that a changed file is read again."""
    rows, anchors = key.table("rows"), key.table("anchors")
    _columns(rows, "rows", text=TEXT_COLUMNS)
    _columns(anchors, "anchors", text=("id",))
    if unknown := sorted(set(rows["role"]) - set(ROLES)):
        raise _ours(f"rows have unknown roles: {unknown[:5]}")
    ids = Ids(tuple(rows["id"].tolist()))
    if len(ids.at) != len(ids.names) or not ids.names:
        raise _ours("the ids of its rows are not unique, or there are none")
    order = [ids.at.get(name, -1) for name in anchors["id"].tolist()]
    if -1 in order or sorted(order) != list(range(len(ids.names))):
        raise _ours("the ids of its tables 'rows' and 'anchors' differ")
    return Answers(
        ids=ids,
        role=rows["role"].to_numpy(dtype=object),
        label=_labels(rows),
        baseline=_probabilities(anchors, "baseline", order),
        reference=_probabilities(anchors, "reference", order),
        pairs=_pairs(rows),
    )


def _columns(table: pd.DataFrame, name: str, *, text: tuple[str, ...]) -> None:
    needed = (*text, "label") if name == "rows" else (*text, "baseline", "reference")
    if absent := [c for c in needed if c not in table.columns]:
        raise _ours(f"the table {name!r} lacks {', '.join(absent)}")
    for column in text:
        if not all(isinstance(value, str) for value in table[column].tolist()):
            raise _ours(f"{name}.{column} holds something other than text")


def _labels(rows: pd.DataFrame) -> Bools:
    labels = rows["label"].to_numpy()
    if labels.dtype.kind not in "iub" or not np.isin(labels, (0, 1)).all():
        raise _ours("rows.label holds something other than the integers 0 and 1")
    return labels.astype(np.bool_)


def _probabilities(anchors: pd.DataFrame, column: str, order: list[int]) -> Floats:
    values = anchors[column].to_numpy()
    if values.dtype.kind != "f" or not ((values >= 0.0) & (values <= 1.0)).all():
        raise _ours(f"anchors.{column} holds something other than probabilities")
    aligned = np.empty(len(order))
    aligned[order] = values
    aligned.setflags(write=False)
    return aligned


def _pairs(rows: pd.DataFrame) -> tuple[Pairs, ...]:
    """Every variant beside the base of its (entity, probe), grouped by probe and rule."""
    columns = [rows[c].tolist() for c in ("role", "entity", "probe", "variant", "rule")]
    probes = [(n, *rest) for n, (role, *rest) in enumerate(zip(*columns, strict=True)) if role == "probe"]
    bases: dict[tuple[str, str], int] = {}
    for n, entity, probe, variant, _ in probes:
        if variant == BASE and bases.setdefault((entity, probe), n) != n:
            raise _ours(f"the probe {probe!r} has two base rows for one entity")
    grouped: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    numbers: dict[str, int] = {}
    for n, entity, probe, variant, rule in probes:
        if variant == BASE:
            continue
        if (entity, probe) not in bases or rule not in RULES:
            raise _ours(f"the probe {probe!r} has a variant without a base row or a known rule")
        number = numbers.setdefault(entity, len(numbers))
        grouped.setdefault((probe, rule), []).append((bases[entity, probe], n, number))
    return tuple(
        Pairs(probe, rule, *(np.array(column, dtype=np.int64) for column in zip(*pairs, strict=True)))
        for (probe, rule), pairs in sorted(grouped.items())
    )


def _ours(what: str) -> InfraError:
    return InfraError(f"the answer key is damaged: {what}", hint=HINT)
