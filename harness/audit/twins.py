"""Rows of one part that stand, alike or nearly, in another: a label that can be looked up.

People do resemble each other, so a twin is no leak by itself. How often two different entities look alike by
coincidence is measured among the hidden rows; what is counted beyond that is copies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from harness.audit.about import is_excused
from harness.audit.cells import words
from harness.audit.findings import Chance, Measured, Noted, Weight
from harness.audit.laid import Laid, Part
from harness.audit.signal import Ints
from harness.edition import About

SCAN = "near duplicates"
ALIKE = 0.8  # of the columns are equal after normalising
BANDS = 4  # so rows that differ in fewer than four columns share at least one band
CROWD = 40  # more rows than this in a band and it identifies nobody
SHARE = 0.005  # of the rows of a part: fewer copies than this move no score
ACT = "split by entity before copies are made, and draw a person's rows into one part only"

Pairs = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Twins:
    """Pairs of rows that are alike, across all parts put one after the other."""

    pairs: Pairs  # two columns of row numbers
    part: NDArray[np.object_]
    key: NDArray[np.object_]  # the entity where it is sealed, else the id
    sizes: Mapping[str, int]

    def across(self, one: str, other: str) -> int:
        """How many rows of ``other`` have a twin in ``one`` that is somebody else by name."""
        a, b = self.pairs[:, 0], self.pairs[:, 1]
        differ = self.key[a] != self.key[b]
        forth = differ & (self.part[a] == one) & (self.part[b] == other)
        back = differ & (self.part[b] == one) & (self.part[a] == other)
        return int(np.unique(np.concatenate([b[forth], a[back]])).size)


def scan(laid: Laid) -> Measured:
    """Copies between training, validation and hidden rows."""
    twins = find(laid)
    natural = laid.natural.name
    measured = Measured()
    for one, other in (("train", natural), ("validation", natural), ("train", "validation")):
        seen, p = _beyond_chance(twins, one, other, natural)
        if seen < SHARE * twins.sizes[other]:
            p = 1.0
        what = f"{seen} of {twins.sizes[other]} {other} rows have a near copy among the {one} rows"
        measured.chances.append(Chance(SCAN, laid.about.table, f"{one}/{other}", what, "rows", seen, p, ACT))
    if (inside := _inside_training(twins, natural)) and not declared(laid.about):
        measured.noted.append(
            Noted(
                scan=SCAN,
                weight=Weight.ADVICE,
                table=f"public/{laid.about.table}",
                what=f"{inside} training rows are near copies of another: a random hold-out is too good",
                act="declare it in about.traps (kind: duplicates) with its cue, or leave the copies out",
            )
        )
    return measured


def declared(about: About) -> tuple[str, ...]:
    """The names of traps that are copies of rows of the main table."""
    return tuple(t.name for t in about.traps if t.kind == "duplicates" and t.table == about.table)


def copies_in_training(laid: Laid) -> int:
    """Training rows that are near copies of another one, beyond coincidence; 0 when chance explains them."""
    return _inside_training(find(laid), laid.natural.name)


def find(laid: Laid) -> Twins:
    """All pairs that are alike."""
    parts = (laid.train, laid.validation, laid.natural)
    codes = _codes(parts, laid.about)
    pairs = np.unique(np.concatenate([_banded(codes[:, band]) for band in _bands(codes)]), axis=0)
    if len(pairs):
        pairs = pairs[(codes[pairs[:, 0]] == codes[pairs[:, 1]]).mean(axis=1) >= ALIKE]
    named = [p.main[laid.about.id] if p.rows is None else p.rows["entity"] for p in parts]
    part = np.repeat(np.array([p.name for p in parts], dtype=object), [len(p.main) for p in parts])
    key = np.concatenate([part[:0], *[n.astype(str).to_numpy(dtype=object) for n in named]])
    return Twins(pairs, part, key, {p.name: len(p.main) for p in parts})


def _codes(parts: tuple[Part, ...], about: About) -> Ints:
    """Rows of all parts by columns they share, as codes of plain words; and a print of the other tables."""
    shared = [c for c in parts[0].main.columns if all(c in p.main.columns for p in parts)]
    usable = [
        c for c in shared if c not in (about.id, about.label) and not is_excused(about, about.table, str(c))
    ]
    columns = [words(pd.concat([p.main[c] for p in parts], ignore_index=True)) for c in usable]
    for file, key in about.keys.items():
        if file != about.table and all(file in p.tables for p in parts):
            columns.append(pd.concat([_print(p, file, key, about) for p in parts], ignore_index=True))
    return np.column_stack([pd.factorize(c)[0].astype(np.int64) for c in columns])


def _print(part: Part, file: str, key: str, about: About) -> pd.Series[str]:
    """For each row of the main table the words of its rows in ``file``, in no order; its own ids left out."""
    table = part.tables[file]
    told = [c for c in table.columns if c != key and table[c].nunique() < len(table)]
    joined = pd.Series("", index=table.index)
    for column in told:
        joined = joined + words(table[column]) + "|"
    gathered = {k: "\n".join(sorted(set(v))) for k, v in joined.groupby(table[key])}
    ids = part.main[about.id]
    found = ids.map(gathered)
    return found.where(found.notna(), "none" + pd.Series(np.arange(len(ids)).astype(str), index=ids.index))


def _bands(codes: Ints) -> list[list[int]]:
    """Columns dealt out by how many values they have, so that every band has some that identify."""
    order = np.argsort([-np.unique(codes[:, n]).size for n in range(codes.shape[1])], kind="stable")
    count = max(1, min(BANDS, codes.shape[1] // 2))
    return [order[n::count].tolist() for n in range(count)]


def _banded(codes: Ints) -> Pairs:
    """Pairs of rows that are equal in every column of the band; crowds are passed over."""
    group = np.unique(codes, axis=0, return_inverse=True)[1].reshape(-1)
    order = np.argsort(group, kind="stable")
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    found = []
    for members in np.split(order, starts[1:]):
        if 2 <= members.size <= CROWD:
            one, other = np.triu_indices(members.size, k=1)
            found.append(np.column_stack([members[one], members[other]]))
    pairs = np.concatenate(found) if found else np.empty((0, 2), dtype=np.int64)
    return np.sort(pairs, axis=1)


def _beyond_chance(twins: Twins, one: str, other: str, natural: str) -> tuple[int, float]:
    """Rows of ``other`` with a twin in ``one``, and the chance of so many.

    Given how many coincidences there are in all, how they fall on the two kinds of pairs is binomial
    (J. Przyborowski & H. Wilenski, Biometrika 31 (1940) 313). A pair inside counts once of its two rows.
    """
    seen = twins.across(one, other)
    inside = twins.across(natural, natural) // 2
    at_risk = float(twins.sizes[one]) * twins.sizes[other]
    among = twins.sizes[natural] * (twins.sizes[natural] - 1.0) / 2.0
    p = stats.binom.sf(seen - 1, seen + inside, at_risk / (at_risk + among)) if seen else 1.0
    return seen, float(p)


def _inside_training(twins: Twins, natural: str) -> int:
    seen = twins.across("train", "train")
    inside = twins.across(natural, natural)
    at_risk, among = twins.sizes["train"] ** 2 / 2.0, twins.sizes[natural] ** 2 / 2.0
    p = (
        stats.binom.sf(seen // 2 - 1, seen // 2 + inside // 2, at_risk / (at_risk + among))
        if seen > 1
        else 1.0
    )
    return seen if p < 1e-4 and seen > SHARE * twins.sizes["train"] else 0
