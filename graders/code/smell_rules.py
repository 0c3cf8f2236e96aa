"""Which data and model smells cost, how much, and on what kind of data. docker/runner/smells.py finds them.

A rule that is right or wrong by the data (a hold-out drawn at random, accuracy alone) costs only where the
assignment says that its data are such; nothing else is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from harness.model import Severity


class Data(StrEnum):
    """What an assignment may say of its data; the names of the grader's parameters."""

    OVER_TIME = "over_time"
    REPEATED = "repeated_entities"
    RARE = "rare_positives"
    NUMBERED = "numeric_ids"


# A critical smell makes the reported figure or the model worthless, a major one makes it wrong in ordinary
# use, a minor one is a habit that will.
COST = {Severity.CRITICAL: 8.0, Severity.MAJOR: 4.0, Severity.MINOR: 1.0, Severity.INFO: 0.0}


@dataclass(frozen=True)
class SmellRule:
    """A smell: how bad, what to do, how many places are charged, and on which data (none named: on all)."""

    severity: Severity
    fix: str
    cap: int = 2
    on: frozenset[Data] = field(default_factory=frozenset)


_CRITICAL, _MAJOR, _MINOR, _INFO = Severity.CRITICAL, Severity.MAJOR, Severity.MINOR, Severity.INFO
_PIPELINE = "put it into a Pipeline with the model, so that it is fitted on the training part of each split"
_SEED = "pass random_state, so that you and others get the same answer twice"
_DRAWN = "hold out what comes later, or whole entities (TimeSeriesSplit, GroupKFold)"

RULES: dict[str, SmellRule] = {
    # what the hold-out must not have touched
    "fit-before-split": SmellRule(_MINOR, _PIPELINE, cap=1),
    "target-before-split": SmellRule(_CRITICAL, _PIPELINE),
    "resample-before-split": SmellRule(_CRITICAL, "split first, and resample the training part only"),
    "fit-on-test": SmellRule(_MAJOR, "fit on the training part and only transform the other"),
    "target-in-features": SmellRule(_CRITICAL, "drop the outcome from the features before fitting"),
    "random-split": SmellRule(_MAJOR, _DRAWN, cap=1, on=frozenset({Data.OVER_TIME, Data.REPEATED})),
    "random-split-of-unique": SmellRule(_MAJOR, _DRAWN, cap=1, on=frozenset({Data.OVER_TIME})),
    "random-split-of-lags": SmellRule(
        _MAJOR, "rows that look back need a hold-out that comes after them", cap=1
    ),
    # what was measured
    "evaluated-on-train": SmellRule(_CRITICAL, "measure on rows that the model has not seen", cap=1),
    "accuracy-only": SmellRule(
        _MAJOR,
        "with few positives, add average precision, recall or the cost",
        cap=1,
        on=frozenset({Data.RARE}),
    ),
    "tuned-on-test": SmellRule(_MAJOR, "choose on a validation part, and use the test part once"),
    "best-seed": SmellRule(_MAJOR, "report the mean and the spread over seeds", cap=1),
    "unseeded-split": SmellRule(_MINOR, _SEED),
    "unseeded-model": SmellRule(_MINOR, _SEED),
    "unseeded-draw": SmellRule(_MINOR, "use numpy.random.default_rng(seed), or pass random_state"),
    # tables
    "nan-comparison": SmellRule(_MAJOR, "use isna() or notna()"),
    "chained-assignment": SmellRule(_MAJOR, "write df.loc[rows, column] = value"),
    "inplace-misuse": SmellRule(_MAJOR, "assign the result: df[column] = df[column].method(...)"),
    "merge-without-keys": SmellRule(_MAJOR, "name the keys with on=, and the relation with validate="),
    "misaligned-concat": SmellRule(_MAJOR, "give the new table index=old.index"),
    "silent-missing": SmellRule(_MINOR, "say which columns, and count how many rows it hits"),
    "row-loop": SmellRule(_MINOR, "work on whole columns"),
    "id-without-dtype": SmellRule(
        _MINOR, "read ids as text: dtype={'id': str}", cap=1, on=frozenset({Data.NUMBERED})
    ),
    "label-encoder": SmellRule(_MAJOR, "use OneHotEncoder or OrdinalEncoder with handle_unknown", cap=1),
    "dummies-apart": SmellRule(
        _MAJOR, "encode with one fitted encoder, or reindex to the training columns", cap=1
    ),
    # running it
    "warnings-off": SmellRule(_MINOR, "ignore one category where it is raised, or mend what warns", cap=1),
    "trains-at-import": SmellRule(_MAJOR, "train in a function that the training command calls", cap=1),
    "work-in-a-request": SmellRule(_MAJOR, "load the model once, when the service starts", cap=1),
    # told where dependencies are judged, and not charged twice
    "unpinned-pickle": SmellRule(_INFO, "pin what the model is pickled with"),
}
