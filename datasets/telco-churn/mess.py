"""Clean tables -> what the company's systems export, and a log of every cell that was changed.

Each operator draws from a stream of its own (seed, table, column, operator): adding one moves no other.
A part is one export: train, validation, natural, stressed, probes. Train, validation and natural rows are
messed up at one dose; the stressed rows at a higher one, in other surface forms of the same kinds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import forms
import numpy as np
import pandas as pd
import world

SPELLED = ("contract", "payment_method", "internet_service")
CODES = ("R10", "R21", "R34", "R47")  # why an account was closed
LEGACY = "LEGACY"
CURRENT = "NOVA"
T = TypeVar("T")


@dataclass(frozen=True)
class Dose:
    """How much of each mess, and in which forms (a form and its share)."""

    spelling: float
    spellings: Sequence[tuple[forms.Form, float]]
    legacy: float
    comma: float
    commas: Sequence[tuple[Callable[[str], str], float]]
    no_total: float
    no_tenure: tuple[float, float, float]  # by tenure: < 24, 24-47, >= 48 months: not at random
    tenure_markers: Sequence[tuple[str, float]]
    new_payment: float
    usage_comma: float
    no_usage: float
    repeated: float
    desk_dates: float  # share of contacts kept in the help desk's system, which writes days first
    desk_form: Sequence[tuple[Callable[[pd.Timestamp], str], float]]
    crm_form: Sequence[tuple[Callable[[pd.Timestamp], str], float]]
    topics: float
    answers: Sequence[tuple[str, str, float]]  # yes, no, share


NATURAL = Dose(
    spelling=0.28,
    spellings=(
        (forms.lower, 0.35),
        (forms.upper, 0.25),
        (forms.padded, 0.2),
        (forms.spaced, 0.1),
        (forms.letter_lost, 0.1),
    ),
    legacy=0.30,
    comma=0.14,
    commas=((forms.decimal_comma, 0.88), (forms.thousands_and_comma, 0.12)),
    no_total=0.03,
    no_tenure=(0.03, 0.09, 0.16),
    tenure_markers=(("-999", 0.8), ("", 0.15), ("N/A", 0.05)),
    new_payment=0.006,
    usage_comma=0.06,
    no_usage=0.02,
    repeated=0.03,
    desk_dates=0.45,
    desk_form=((forms.day_first, 0.96), (forms.day_first_dotted, 0.04)),
    crm_form=((forms.iso, 0.96), (forms.iso_slashed, 0.04)),
    topics=0.2,
    answers=(("yes", "no", 0.8), ("Yes", "No", 0.12), ("Y", "N", 0.08)),
)
STRESSED = Dose(
    spelling=0.70,
    spellings=(
        (forms.underscored, 0.25),
        (forms.dashed, 0.2),
        (forms.no_break_space, 0.2),
        (forms.letters_swapped, 0.2),
        (forms.upper, 0.15),
    ),
    legacy=0.60,
    comma=0.50,
    commas=((forms.thousands_and_comma, 0.5), (forms.thousands_space, 0.5)),
    no_total=0.08,
    no_tenure=(0.15, 0.25, 0.35),
    tenure_markers=(("-999", 0.45), ("-1", 0.25), ("N/A", 0.2), ("", 0.1)),
    new_payment=0.04,
    usage_comma=0.35,
    no_usage=0.06,
    repeated=0.12,
    desk_dates=0.80,
    desk_form=((forms.day_first, 0.5), (forms.day_first_dotted, 0.5)),
    crm_form=((forms.iso, 0.3), (forms.iso_slashed, 0.7)),
    topics=0.6,
    answers=(("YES", "NO", 0.4), (" yes", "no ", 0.3), ("y", "n", 0.3)),
)


@dataclass
class Mess:
    """One part being messed up. ``log`` has a row for every changed cell."""

    seed: int
    part: str
    dose: Dose
    log: list[pd.DataFrame] = field(default_factory=list)

    def export(self, clean: world.Tables, *, outcome: bool = False) -> world.Tables:
        """Every cell as text, messed up; ``outcome`` keeps the label and fills in what followed it."""
        return world.Tables(
            self._customers(clean.customers, outcome),
            self._usage(clean.usage),
            self._contacts(clean.contacts),
        )

    def stream(self, table: str, column: str, operator: str) -> np.random.Generator:
        """The stream of one operator on one column of this part."""
        return world.stream(self.seed, f"{self.part}.{table}", column, operator)

    def change(
        self, table: str, frame: pd.DataFrame, column: str, operator: str, hit: np.ndarray, new: Sequence[str]
    ) -> None:
        """Write ``new`` where ``hit``, and log what really changed. ``new`` has one value a hit row."""
        rows = np.flatnonzero(hit)
        old = frame[column].to_numpy(dtype=object)
        values = old.copy()
        values[rows] = list(new)
        frame[column] = values
        rows = rows[old[rows] != values[rows]]
        key = frame["entity"].to_numpy()[rows]
        entry = {"table": table, "row": rows, "entity": key, "column": column, "operator": operator}
        self.log.append(pd.DataFrame({"part": self.part, **entry, "old": old[rows], "new": values[rows]}))

    # ------------------------------------------------------------------ customers

    def _customers(self, clean: pd.DataFrame, outcome: bool) -> pd.DataFrame:
        frame = as_text(clean.drop(columns="churned"))
        tenure = clean["tenure"].to_numpy()
        self._new_payment(frame, outcome)
        for column in SPELLED:
            self.respell("customers", frame, column, self.dose.spelling, self.dose.spellings)
        self._billing(frame)
        self._totals(frame)
        self._no_tenure(frame, tenure)
        frame["closure_code"] = ""
        if outcome:
            self._outcome(frame, clean["churned"].to_numpy())
        return frame

    def _new_payment(self, frame: pd.DataFrame, outcome: bool) -> None:
        """A method introduced after train was exported: seen in validation first."""
        rng = self.stream("customers", "payment_method", "new category")
        hit = rng.random(len(frame)) < self.dose.new_payment
        hit[int(rng.integers(len(frame)))] = True
        hit &= not outcome
        self.change(
            "customers", frame, "payment_method", "new category", hit, ["Mobile wallet"] * int(hit.sum())
        )

    def respell(
        self,
        table: str,
        frame: pd.DataFrame,
        column: str,
        rate: float,
        choices: Sequence[tuple[forms.Form, float]],
    ) -> None:
        """Rewrite some cells of a column; each takes one of the forms, by share."""
        rng = self.stream(table, column, "spelling")
        hit = rng.random(len(frame)) < rate
        picked = pick(rng, choices, int(hit.sum()))
        new = [form(value, rng) for form, value in zip(picked, frame[column][hit], strict=True)]
        self.change(table, frame, column, "spelling", hit, new)

    def _billing(self, frame: pd.DataFrame) -> None:
        """The legacy system counts in cents; its name stands in the row."""
        rng = self.stream("customers", "billing_system", "draw")
        hit = rng.random(len(frame)) < self.dose.legacy
        frame["billing_system"] = np.where(hit, LEGACY, CURRENT)
        new = [forms.cents(value) for value in frame["monthly_charges"][hit]]
        self.change("customers", frame, "monthly_charges", "cents", hit, new)
        self.respell("customers", frame, "billing_system", 0.1, ((forms.lower, 0.7), (forms.padded, 0.3)))

    def _totals(self, frame: pd.DataFrame) -> None:
        rng = self.stream("customers", "total_charges", "decimal comma")
        hit = rng.random(len(frame)) < self.dose.comma
        picked = pick(rng, self.dose.commas, int(hit.sum()))
        new = [form(value) for form, value in zip(picked, frame["total_charges"][hit], strict=True)]
        self.change("customers", frame, "total_charges", "decimal comma", hit, new)
        self._blank("customers", frame, "total_charges", self.dose.no_total, " ")

    def _no_tenure(self, frame: pd.DataFrame, tenure: np.ndarray) -> None:
        """Old accounts lost their start date in a migration: missing by value."""
        rng = self.stream("customers", "tenure", "sentinel")
        rate = np.select([tenure < 24, tenure < 48], self.dose.no_tenure[:2], self.dose.no_tenure[2])
        hit = rng.random(len(frame)) < rate
        self.change(
            "customers", frame, "tenure", "sentinel", hit, pick(rng, self.dose.tenure_markers, int(hit.sum()))
        )

    def _outcome(self, frame: pd.DataFrame, churned: np.ndarray) -> None:
        """The label with 4 % noise, mostly leavers not booked yet; 80 % of true leavers have a code."""
        rng = self.stream("customers", "closure_code", "after the fact")
        coded = churned & (rng.random(len(frame)) < 0.80)
        frame["closure_code"] = np.where(coded, rng.choice(CODES, len(frame)), "")
        frame["churned"] = np.where(churned, "yes", "no")
        rng = self.stream("customers", "churned", "label noise")
        late = churned & (rng.random(len(frame)) < 0.128)
        wrong = ~churned & (rng.random(len(frame)) < 0.008)
        flipped = np.where(churned[late | wrong], "no", "yes").tolist()
        self.change("customers", frame, "churned", "label noise", late | wrong, flipped)

    # ------------------------------------------------------------------ usage, contacts

    def _usage(self, clean: pd.DataFrame) -> pd.DataFrame:
        frame = as_text(clean)
        rng = self.stream("usage", "gb_used", "decimal comma")
        hit = rng.random(len(frame)) < self.dose.usage_comma
        new = [forms.decimal_comma(value) for value in frame["gb_used"][hit]]
        self.change("usage", frame, "gb_used", "decimal comma", hit, new)
        for column in ("gb_used", "minutes", "dropped_calls"):
            self._blank("usage", frame, column, self.dose.no_usage, "")
        return self._repeated("usage", frame)

    def _contacts(self, clean: pd.DataFrame) -> pd.DataFrame:
        frame = as_text(clean)
        rng = self.stream("contacts", "contact_id", "draw")
        frame.insert(
            0, "contact_id", [f"K{number}" for number in rng.permutation(10**6 + np.arange(len(frame)))]
        )
        self._dates(frame, clean["date"])
        choices = ((forms.upper, 0.5), (forms.padded, 0.3), (forms.letter_lost, 0.2))
        self.respell("contacts", frame, "topic", self.dose.topics, choices)
        rng = self.stream("contacts", "resolved", "spelling")
        pairs = pick(rng, [((yes, no), share) for yes, no, share in self.dose.answers], len(frame))
        new = [
            yes if value == "yes" else no for (yes, no), value in zip(pairs, frame["resolved"], strict=True)
        ]
        hit = np.asarray(new, dtype=object) != frame["resolved"].to_numpy()
        self.change(
            "contacts", frame, "resolved", "spelling", hit, np.asarray(new, dtype=object)[hit].tolist()
        )
        return self._repeated("contacts", frame)

    def _dates(self, frame: pd.DataFrame, dates: pd.Series) -> None:
        rng = self.stream("contacts", "date", "day first")
        desk = rng.random(len(frame)) < self.dose.desk_dates
        frame["system"] = np.where(desk, "helpdesk", "crm")
        for hit, choices in ((desk, self.dose.desk_form), (~desk, self.dose.crm_form)):
            picked = pick(rng, choices, int(hit.sum()))
            new = [form(date) for form, date in zip(picked, dates[hit], strict=True)]
            self.change("contacts", frame, "date", "date format", hit, new)

    # ------------------------------------------------------------------ any table

    def _blank(self, table: str, frame: pd.DataFrame, column: str, rate: float, marker: str) -> None:
        hit = self.stream(table, column, "blank").random(len(frame)) < rate
        self.change(table, frame, column, "blank", hit, [marker] * int(hit.sum()))

    def _repeated(self, table: str, frame: pd.DataFrame) -> pd.DataFrame:
        """The nightly export wrote some lines twice."""
        hit = self.stream(table, "entity", "repeated rows").random(len(frame)) < self.dose.repeated
        return pd.concat([frame, frame[hit]], ignore_index=True)


def pick(rng: np.random.Generator, choices: Sequence[tuple[T, float]], count: int) -> list[T]:
    """``count`` draws by share."""
    shares = [share for _, share in choices]
    return [choices[i][0] for i in rng.choice(len(choices), count, p=shares)]


def as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Every cell as the text a clean export would hold; money and volume with two decimals."""
    text = pd.DataFrame(index=frame.index)
    for column in frame.columns:
        values = frame[column]
        if pd.api.types.is_datetime64_any_dtype(values):
            values = values.dt.strftime("%Y-%m-%d")
        money = pd.api.types.is_float_dtype(values)
        text[column] = pd.Series(
            [f"{v:.2f}" if money else str(v) for v in values], dtype=object, index=frame.index
        )
    return text
