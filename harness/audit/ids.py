"""Does an id tell its row's label, or what the row is for? Its number, length, signs, what it hashes to."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from harness.audit.cells import Floats
from harness.audit.findings import Chance, Measured, Noted, Weight
from harness.audit.laid import HIDDEN, TRAIN, VALIDATION, Laid, Part
from harness.audit.signal import Bools, Ints, binned, enough, rank_test, table_test

SCAN = "ids"
ACT = "draw ids at random after the labels, unrelated to them (harness.edition.Registry does)"
MODULI = (2, 3, 7, 10, 16)


def scan(laid: Laid) -> Measured:
    """Ids against labels in every part, against roles in the hidden rows, and ids that occur in two parts."""
    measured = Measured()
    about = laid.about
    for part in laid.parts:
        names = {about.id: (part.main[about.id], part.label)}
        if about.group and about.group in part.main.columns:
            names[about.group] = _entities(part, about.group)
        for column, (ids, label) in names.items():
            if enough(label):
                _against_label(f"{part.folder}/{about.table}", column, ids, label, measured)
    _against_role(laid, measured)
    _in_two_parts(laid, measured)
    return measured


def readings(ids: pd.Series[str]) -> Iterator[tuple[str, Floats | None, Ints]]:
    """(what, values that have an order or None, codes): all that an id could be read as."""
    number = np.asarray(ids.map(_base36), dtype=np.float64)
    rank = np.asarray(ids.rank(method="average"), dtype=np.float64)
    length = np.asarray(ids.str.len(), dtype=np.float64)
    ordered = {"its number": number, "its place in the alphabet": rank, "its length": length}
    for what, values in ordered.items():
        yield what, values, binned(values)
    for what, cells in (("its first sign", ids.str[:1]), ("its first two signs", ids.str[:2]),
                        ("its last sign", ids.str[-1:]), ("its shape", ids.map(_shape))):  # fmt: skip
        yield what, None, pd.factorize(cells)[0].astype(np.int64)
    for name, digest in _HASHES.items():
        hashed = np.array([digest(text.encode()) for text in ids], dtype=np.int64)
        for modulus in MODULI:
            yield f"{name} of it modulo {modulus}", None, hashed % modulus


def _against_label(where: str, column: str, ids: pd.Series[str], label: Bools, measured: Measured) -> None:
    for what, values, codes in readings(ids):
        told = f"{what} tells the label"
        if values is not None:
            value, p = rank_test(label, values)
            measured.chances.append(Chance(SCAN, where, column, told, "AUC", value, p, ACT))
        value, p = table_test(codes, label.astype(np.int64))
        measured.chances.append(Chance(SCAN, where, column, told, "chi-square", value, p, ACT))


def _against_role(laid: Laid, measured: Measured) -> None:
    rows = laid.hidden.rows
    assert rows is not None
    role = pd.factorize(rows["role"])[0].astype(np.int64)
    if role.max() < 1:
        return
    where = f"{laid.hidden.folder}/{laid.about.table}"
    for what, _, codes in readings(rows["id"]):
        value, p = table_test(codes, role)
        told = f"{what} tells whether a row is natural, stressed or a probe"
        measured.chances.append(
            Chance("ids and roles", where, laid.about.id, told, "chi-square", value, p, ACT)
        )


def _in_two_parts(laid: Laid, measured: Measured) -> None:
    ids = {part.name: set(part.main[laid.about.id]) for part in laid.parts}
    for one, other in ((TRAIN, HIDDEN), (VALIDATION, HIDDEN), (TRAIN, VALIDATION)):
        shared = sorted((ids[one] & ids[other]) - {""})
        if shared:
            measured.noted.append(
                Noted(
                    scan=SCAN,
                    weight=Weight.FLAW,
                    table=laid.about.table,
                    column=laid.about.id,
                    what=f"{len(shared)} ids stand in the {one} and the {other} rows, e.g. {shared[0]!r}",
                    statistic="ids in both parts",
                    value=len(shared),
                    threshold=0,
                    source="an id in two parts is a label looked up",
                    act="give each part fresh ids (harness.edition.Registry does)",
                )
            )


def _entities(part: Part, group: str) -> tuple[pd.Series[str], Bools]:
    """Each entity once, positive when any of its rows is."""
    label = pd.Series(part.label).groupby(part.main[group]).any()
    return pd.Series(label.index.astype(str)), label.to_numpy(dtype=np.bool_)


def _base36(text: str) -> float:
    signs = "".join(c for c in text.casefold() if c.isascii() and c.isalnum())
    digits = "".join(c for c in signs if c.isdigit())
    if digits and len(digits) >= len(signs) - 4:  # a number behind a prefix
        return float(digits[:15])
    return float(int(signs[:10], 36)) if signs else float("nan")


def _shape(text: str) -> str:
    return "".join("9" if c.isdigit() else "a" if c.islower() else "A" if c.isupper() else c for c in text)


_HASHES: dict[str, Callable[[bytes], int]] = {
    "crc32": zlib.crc32,
    "md5": lambda data: int(hashlib.md5(data, usedforsecurity=False).hexdigest()[-8:], 16),
    "sha256": lambda data: int(hashlib.sha256(data).hexdigest()[-8:], 16),
    "the sum of the signs": sum,
}
