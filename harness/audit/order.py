"""Does the place of a row tell its label, or what it is for? The order of a file must say nothing."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from harness.audit.cells import instants, numbers
from harness.audit.findings import Chance, Measured, Noted, Weight
from harness.audit.laid import Laid, Part, read_table
from harness.audit.signal import BINS, Bools, enough, neighbour_test, rank_test, table_test

SCAN = "row order"
TOGETHER = 0.8  # of the rows begin another entity: fewer, and the rows of one are kept together
ACT = "shuffle the rows with a stream of their own after the labels are drawn (harness.edition.Registry does)"
ROLE_ACT = "shuffle natural, stressed and probe rows together before writing inputs/"


def scan(laid: Laid) -> Measured:
    """Position against label in every part and table; position against role; the batch of inputs/shuffled."""
    measured = Measured()
    for part in laid.parts:
        if not enough(part.label):
            continue
        if _by_time(part, laid):
            continue  # the order is the time column's, and tells no more than it
        _position(f"{part.folder}/{laid.about.table}", part.label, measured)
        for file, table in part.tables.items():
            if file != laid.about.table and file in laid.about.keys:
                _elsewhere(part, file, table[laid.about.keys[file]], laid, measured)
    _roles(laid, measured)
    _batch(laid, measured)
    return measured


def _position(where: str, label: Bools, measured: Measured) -> None:
    place = np.arange(label.size, dtype=np.float64)
    block = (place * BINS // label.size).astype(np.int64)
    digit, kinds = np.arange(label.size, dtype=np.int64) % 10, label.astype(np.int64)
    tested = (
        ("the place of a row tells its label", "AUC of the row number", rank_test(label, place)),
        ("some stretches have more positives", "chi-square of 20 blocks", table_test(block, kinds)),
        ("rows of one label stand together", "correlation of neighbours", neighbour_test(label)),
        ("the row number modulo ten tells the label", "chi-square", table_test(digit, kinds)),
    )
    for what, statistic, (value, p) in tested:
        measured.chances.append(Chance(SCAN, where, "", what, statistic, value, p, ACT))


def _elsewhere(part: Part, file: str, keys: pd.Series[str], laid: Laid, measured: Measured) -> None:
    """A table of several rows an entity: shuffled rows are tested one by one, rows kept together as one.

    (In a shuffled table entities with many rows are seen earlier, which is no leak.)
    """
    if _is_sorted_by_time(part.tables[file]):
        return  # a log in its own order: what its times tell is looked at as columns
    label = pd.Series(part.label, index=part.main[laid.about.id]).groupby(level=0).any()
    known = keys[keys.isin(label.index)].reset_index(drop=True)
    changes = int((known != known.shift()).sum())
    if changes < TOGETHER * len(known):
        known = known.drop_duplicates()
    if enough(found := label.loc[known].to_numpy(dtype=np.bool_)):
        _position(f"{part.folder}/{file}", found, measured)


def _roles(laid: Laid, measured: Measured) -> None:
    rows = laid.hidden.rows
    assert rows is not None
    role = pd.factorize(rows["role"])[0].astype(np.int64)
    if role.max() < 1:
        return
    where = f"{laid.hidden.folder}/{laid.about.table}"
    block = (np.arange(role.size) * BINS // role.size).astype(np.int64)
    value, p = table_test(block, role)
    what = "the place of a row tells whether it is natural, stressed or a probe"
    measured.chances.append(Chance(SCAN, where, "role", what, "chi-square of 20 blocks", value, p, ROLE_ACT))
    same = int((rows["entity"].to_numpy()[1:] == rows["entity"].to_numpy()[:-1]).sum())
    sizes = rows["entity"].value_counts().to_numpy(dtype=np.float64)
    expected = float((sizes * (sizes - 1)).sum() / role.size)  # of n - 1 neighbours in a shuffled column
    what = f"{same} neighbours are one entity, {expected:.1f} are expected by chance"
    p = float(stats.poisson.sf(same - 1, expected)) if same else 1.0
    measured.chances.append(
        Chance(SCAN, where, "entity", what, "neighbours of one entity", same, p, ROLE_ACT)
    )


def _batch(laid: Laid, measured: Measured) -> None:
    """inputs/shuffled is a sample in another order; that order must not be the label's either."""
    path = laid.folder / "inputs" / "shuffled" / laid.about.table
    if not path.is_file():
        measured.noted.append(
            Noted(
                scan=SCAN,
                weight=Weight.FLAW,
                table=f"inputs/shuffled/{laid.about.table}",
                what="absent",
                act="write some of the rows of inputs/all there, in another order of rows and columns",
            )
        )
        return
    ids = read_table(path)[laid.about.id]
    label = pd.Series(laid.hidden.label, index=laid.hidden.main[laid.about.id])
    found = label.reindex(ids).dropna().to_numpy(dtype=np.bool_)
    if found.size and enough(found):
        _position(f"inputs/shuffled/{laid.about.table}", found, measured)


def _by_time(part: Part, laid: Laid) -> bool:
    if not laid.about.time or laid.about.time not in part.main.columns:
        return False
    at = instants(part.main[laid.about.time])
    at = numbers(part.main[laid.about.time]) if np.isnan(at).all() else at
    return _rising(at)


def _is_sorted_by_time(table: pd.DataFrame) -> bool:
    return any(_rising(instants(table[column])) for column in table.columns)


def _rising(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> bool:
    """Nearly all neighbours in rising order, and more than one value."""
    known = values[~np.isnan(values)]
    return (
        known.size > 0.9 * values.size
        and known.size > 1
        and bool((np.diff(known) >= 0).mean() > 0.98 and known[0] < known[-1])
    )
