"""Clean tables -> what the gateways and the card system export: two doses of one recipe, by harness.mess.

Gateways differ in habits: NORTH writes UTC, SOUTH the cardholder's wall clock, EAST counts in cents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import places
from cases import Tables
from world import MODES

from harness.mess import (
    Step,
    after_the_fact,
    again,
    both,
    date_forms,
    dropped,
    equals,
    forms,
    messy,
    missing,
    near_duplicates,
    new_category,
    number_forms,
    relabel,
    respell,
    scaled,
    sentinel,
    stream,
    zoned,
)
from harness.mess.forms import Form

NOTES = ("CB-4837 cardholder denies", "CB-4853 not as agreed", "CB-1040 no authorisation")
NEW_MODE = "wallet"
PUBLIC_LINE = ("time", "gateway", "amount", "currency", "merchant", "entry_mode")


@dataclass(frozen=True)
class Dose:
    """How much of each mess, and in which forms (a form and its share)."""

    gateways: Mapping[str, float]
    names: float
    name_forms: Mapping[Form, float]
    modes: float
    mode_forms: Mapping[Form, float]
    currencies: float
    currency_forms: Mapping[Form, float]
    comma: float
    comma_forms: Mapping[Form, float]
    slashed: float
    no_amount: float
    no_mode: Mapping[str, float]  # marker -> rate
    new_mode: float
    no_issue_date: float
    issue_markers: Mapping[str, float]
    swiped_again: float
    line_twice: float


NATURAL = Dose(
    gateways={"NORTH": 0.45, "SOUTH": 0.35, "EAST": 0.20},
    names=0.25,
    name_forms={forms.upper: 0.45, forms.lower: 0.2, forms.padded: 0.2, forms.letter_lost: 0.15},
    modes=0.12,
    mode_forms={forms.upper: 0.5, forms.padded: 0.5},
    currencies=0.10,
    currency_forms={forms.lower: 0.7, forms.padded: 0.3},
    comma=0.06,
    comma_forms={forms.decimal_comma: 0.9, forms.thousands_and_comma: 0.1},
    slashed=0.04,
    no_amount=0.01,
    no_mode={"": 0.02, "N/A": 0.01},
    new_mode=0.0,
    no_issue_date=0.05,
    issue_markers={"1900-01-01": 0.8, "": 0.2},
    swiped_again=0.03,
    line_twice=0.02,
)
STRESSED = Dose(
    gateways={"NORTH": 0.20, "SOUTH": 0.50, "EAST": 0.30},
    names=0.60,
    name_forms={
        forms.underscored: 0.3,
        forms.letters_swapped: 0.25,
        forms.no_break_space: 0.2,
        forms.spaced: 0.15,
        forms.upper: 0.1,
    },
    modes=0.45,
    mode_forms={forms.title: 0.4, forms.upper: 0.3, forms.no_break_space: 0.3},
    currencies=0.35,
    currency_forms={forms.lower: 0.5, forms.padded: 0.5},
    comma=0.35,
    comma_forms={forms.decimal_comma: 0.6, forms.thousands_and_comma: 0.4},
    slashed=0.5,
    no_amount=0.03,
    no_mode={"": 0.04, "N/A": 0.04},
    new_mode=0.03,
    no_issue_date=0.15,
    issue_markers={"1900-01-01": 0.5, "": 0.5},
    swiped_again=0.08,
    line_twice=0.06,
)


@dataclass(frozen=True)
class Exported:
    """The tables of one part as text, still under inner keys, and the mask of what was done."""

    tables: Tables
    mask: pd.DataFrame


def export(clean: Tables, dose: Dose, *, seed: int, part: str, logged: bool = False) -> Exported:
    """Every cell as text, messed up. ``logged``: the training log, with its outcome and what followed it."""
    rows = _with_gateway(clean.transactions, dose, seed=seed, table=f"{part}.transactions")
    steps = [*_line(dose), *(_outcome() if logged else _to_score(dose, part))]
    transactions = messy(rows, steps, seed=seed, table=f"{part}.transactions", key="entity")
    past = _with_gateway(clean.history, dose, seed=seed, table=f"{part}.history")
    past["line"] = [f"{card}#{n}" for n, card in enumerate(past["card"])]
    steps = [*_line(dose), _swiped_again(dose, {}), again(dose.line_twice)]
    history = messy(past, steps, seed=seed, table=f"{part}.history", key="line")
    owners = clean.cards
    if logged:
        bad = clean.transactions["card"][clean.transactions["reported"]].unique()
        owners = owners.assign(robbed=owners["card"].isin(bad))
    cards = messy(owners, _card(dose, logged), seed=seed, table=f"{part}.cards", key="card")
    outcome = ["fraud"] if logged else []
    tables = Tables(
        transactions.frame[["entity", "card", *PUBLIC_LINE, "chargeback_note", *outcome]],
        history.frame[["card", *PUBLIC_LINE]],
        cards.frame[["card", "country", "time_zone", "issued", "status"]],
    )
    return Exported(tables, pd.concat([transactions.mask, history.mask, cards.mask], ignore_index=True))


def merchants(table: pd.DataFrame, *, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The reference table and its mask: some merchants are not in it, some categories are typed."""
    steps = [respell("category", 0.1, (forms.upper, forms.padded)), dropped(0.06, name="orphan")]
    made = messy(
        table[["merchant", "category", "country"]], steps, seed=seed, table="merchants", key="merchant"
    )
    return made.frame, made.mask


def _with_gateway(rows: pd.DataFrame, dose: Dose, *, seed: int, table: str) -> pd.DataFrame:
    """Which gateway took it, by chance; the label as text; amounts with their cents."""
    names, shares = list(dose.gateways), list(dose.gateways.values())
    chosen = stream(seed, table, "gateway", "draw").choice(len(names), len(rows), p=shares)
    text = {"gateway": np.array(names)[chosen], "amount": [f"{value:.2f}" for value in rows["amount"]]}
    if "fraud" in rows:
        text["fraud"] = np.where(rows["fraud"], "yes", "no")
    return rows.assign(**text)


def _line(dose: Dose) -> list[Step]:
    """What befalls any line of a gateway: currency and cents, clocks, spellings, blanks."""
    south = equals("gateway", "SOUTH")
    return [
        *(
            scaled("amount", rate, where=equals("currency", code), decimals=2, name=f"currency {code}")
            for code, rate in places.RATES.items()
            if rate != 1.0
        ),
        scaled("amount", 100, where=equals("gateway", "EAST"), decimals=0, name="cents"),
        number_forms("amount", dose.comma, dose.comma_forms),
        missing("amount", dose.no_amount),
        *(
            zoned("time", zone, where=both(south, equals("zone", zone)), name=f"clock of {zone}")
            for zone in places.ZONES.values()
        ),
        date_forms("time", (forms.iso_slashed,), rate=dose.slashed, where=south),
        respell("merchant", dose.names, dose.name_forms),
        respell("entry_mode", dose.modes, dose.mode_forms),
        *(
            sentinel("entry_mode", rate, (marker,), name=f"unknown {marker}".strip())
            for marker, rate in dose.no_mode.items()
        ),
        respell("currency", dose.currencies, dose.currency_forms),
        respell("currency", 0.04, (forms.constant("€"),), where=equals("currency", "EUR"), name="sign"),
    ]


def _to_score(dose: Dose, part: str) -> list[Step]:
    """Rows without an outcome: the note is there and empty; now and then a mode nobody has logged yet."""
    some = part == "validation"
    return [
        after_the_fact("chargeback_note", equals("fraud", "yes"), NOTES, rate=0.0),
        new_category("entry_mode", (NEW_MODE,), 0.004 if some else dose.new_mode, at_least_one=some),
    ]


def _outcome() -> list[Step]:
    """What became of it, as far as it is known on the day of the export."""

    def late(given: pd.DataFrame) -> pd.Series:
        return given["fraud"].eq("yes") & ~given["reported"]

    def reported(given: pd.DataFrame) -> pd.Series:
        return given["reported"]

    return [
        relabel("fraud", {"yes": ("no", 1.0)}, where=late, name="not yet reported"),
        relabel("fraud", {"yes": ("no", 0.04)}, where=reported, name="never disputed"),
        after_the_fact("chargeback_note", reported, NOTES, rate=0.5),
        sentinel("chargeback_note", 0.004, NOTES, where=equals("fraud", "no"), name="settled dispute"),
        _swiped_again(
            NATURAL,
            {"fraud": (0.7, (forms.constant("no"),)), "chargeback_note": (1.0, (forms.constant(""),))},
        ),
    ]


def _swiped_again(dose: Dose, edits: Mapping[str, tuple[float, tuple[Form, ...]]]) -> Step:
    """A terminal that got no answer tried again within two minutes; the bank disputes one of the two."""
    return near_duplicates(
        dose.swiped_again,
        {"time": (1.0, (seconds_later,)), **edits},
        where=lambda given: ~given["amount"].astype(str).str.startswith("-"),
        name="swiped again",
    )


def seconds_later(value: str, u: float = 0.0) -> str:
    """The same wall clock 10 to 110 seconds later; a time in another form stays as it is."""
    digits = value.removesuffix("Z").replace("T", " ").replace("/", "-")
    at = pd.to_datetime(digits, format="%Y-%m-%d %H:%M:%S", errors="coerce")
    if pd.isna(at):
        return value
    later = at + pd.Timedelta(seconds=10 + int(u * 100))
    return later.strftime("%Y-%m-%dT%H:%M:%SZ" if value.endswith("Z") else "%Y-%m-%d %H:%M:%S")


def _card(dose: Dose, logged: bool) -> list[Step]:
    """Lost issue dates; and in the log's own export, cards that were blocked after the fact."""
    steps = [sentinel("issued", dose.no_issue_date, dose.issue_markers)]
    if logged:
        steps += [
            sentinel("status", 0.6, ("blocked",), where=equals("robbed", True), name="blocked after fraud"),
            sentinel("status", 0.03, ("blocked",), where=equals("robbed", False), name="blocked otherwise"),
        ]
    return steps


__all__ = ["MODES", "NATURAL", "NEW_MODE", "STRESSED", "Dose", "Exported", "export", "merchants"]
