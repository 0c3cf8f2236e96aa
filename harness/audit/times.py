"""Does a time say more than when? Training from the future, records after the fact, telling seconds."""

from __future__ import annotations

import numpy as np
import pandas as pd

from harness.audit.cells import Floats, instants, numbers
from harness.audit.findings import Chance, Measured, Noted, Weight
from harness.audit.laid import Laid, Part
from harness.audit.signal import enough, table_test

SCAN = "times"
FEW = 0.005  # of the training rows later than the first to predict: stragglers of a log
LATER = 0.02  # share of records after the row's own time in training, where scoring has none
SECONDS_A_DAY = 86_400
SECONDS_ACT = "draw times of day alike for both labels, or write whole minutes"


def scan(laid: Laid) -> Measured:
    """The seconds of every time column; and, where ``about.time`` is declared, what lies after it."""
    measured = Measured()
    for part in (laid.train, laid.validation, laid.natural):  # probes say one row's time again and again
        if enough(part.label):
            _seconds(part, laid.about.table, measured)
    if laid.about.time:
        _future_rows(laid, measured)
        for file in laid.about.keys:
            if file != laid.about.table:
                _later_records(laid, file, measured)
    return measured


def lookahead(laid: Laid, file: str) -> tuple[float, float]:
    """Share of a table's records that are later than their row's own time: in training, and when scoring."""
    return _share_later(laid.train, laid, file), _share_later(laid.natural, laid, file)


def _seconds(part: Part, table: str, measured: Measured) -> None:
    """Hours and days may tell; the second, and the fraction of it, may not."""
    for column in part.main.columns:
        at = instants(part.main[column])
        known = ~np.isnan(at)
        if known.sum() < 0.5 * at.size:
            continue
        in_ms = np.round(np.nan_to_num(at) * SECONDS_A_DAY * 1000).astype(np.int64)
        for what, codes in (
            ("the second of the minute", in_ms // 1000 % 60),
            ("the millisecond", in_ms % 1000),
        ):
            value, p = table_test(np.where(known, codes, -1), part.label.astype(np.int64))
            told = f"{what} tells the label"
            measured.chances.append(
                Chance(SCAN, f"{part.folder}/{table}", str(column), told, "chi-square", value, p, SECONDS_ACT)
            )


def _future_rows(laid: Laid, measured: Measured) -> None:
    train, hidden = (times_of(p, laid.about.time or "") for p in (laid.train, laid.natural))
    if train.size == 0 or hidden.size == 0:
        return
    share = float((train > np.nanmin(hidden)).mean())
    if share > FEW:
        measured.noted.append(
            Noted(
                scan=SCAN,
                weight=Weight.ADVICE,
                table=f"public/{laid.about.table}",
                column=laid.about.time or "",
                what=f"{share:.0%} of the training rows are later than the first row to predict",
                statistic="share of training rows in the future",
                value=share,
                threshold=FEW,
                source="a model that is used tomorrow is trained on yesterday",
                act="split by time, unless the story is one moment with many customers",
            )
        )


def _later_records(laid: Laid, file: str, measured: Measured) -> None:
    in_training, when_scoring = lookahead(laid, file)
    declared = any(t.table == file for t in laid.about.traps)
    if in_training - when_scoring > LATER and not declared:
        measured.noted.append(
            Noted(
                scan=SCAN,
                weight=Weight.FLAW,
                table=f"public/{file}",
                what=f"{in_training:.1%} of its records are later than their row's {laid.about.time}, and"
                f" {when_scoring:.1%} when scoring: training sees the future",
                statistic="share of records after the row's time, training minus scoring",
                value=in_training - when_scoring,
                threshold=LATER,
                source="as-of replay: what is known when scoring is what may be known when training",
                act="cut the table at each row's time, or declare a trap (kind: lookahead) with its cue",
            )
        )


def _share_later(part: Part, laid: Laid, file: str) -> float:
    if file not in part.tables or not laid.about.time or laid.about.time not in part.main.columns:
        return 0.0
    own = pd.Series(times_of(part, laid.about.time), index=part.main[laid.about.id]).groupby(level=0).max()
    table = part.tables[file]
    of_row = table[laid.about.keys[file]].map(own).to_numpy(dtype=np.float64)
    shares = [0.0]
    for column in table.columns:
        at = instants(table[column])
        known = ~np.isnan(at) & ~np.isnan(of_row)
        if known.sum() > 0.5 * max(1, len(table)):
            shares.append(float((at[known] > of_row[known]).mean()))
    return max(shares)


def times_of(part: Part, column: str) -> Floats:
    """The column as days, or as it stands where it is no date but a number; empty without it."""
    if column not in part.main.columns:
        return np.empty(0)
    at = instants(part.main[column])
    return numbers(part.main[column]) if np.isnan(at).all() else at
