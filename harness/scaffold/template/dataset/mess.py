"""Clean tables -> what the shop's systems export, at a natural or a stressed dose. Recipes are lists."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import world

from harness.mess import (
    after_the_fact,
    again,
    blank_column,
    date_forms,
    equals,
    forms,
    messy,
    missing,
    number_forms,
    respell,
    sentinel,
)
from harness.mess.recipe import Step

TRAP = "refund_code"


@dataclass(frozen=True)
class Dose:
    """How much of it; what a strict parser trips over occurs at the natural dose already."""

    spelling: float
    commas: float
    blanks: float
    unknown_age: float
    twice: float
    dates: float


NATURAL = Dose(spelling=0.25, commas=0.12, blanks=0.03, unknown_age=0.06, twice=0.03, dates=0.2)
STRESSED = Dose(spelling=0.70, commas=0.50, blanks=0.08, unknown_age=0.20, twice=0.12, dates=0.7)


def customers(dose: Dose, *, outcome: bool) -> list[Step]:
    """The recipe of customers.csv. With ``outcome`` it is training data, and the trap is filled in."""
    trap = (
        after_the_fact(TRAP, equals(world.LABEL, "yes"), {"R1": 0.6, "R7": 0.4}, rate=0.55)
        if outcome
        else blank_column(TRAP)
    )
    return [
        respell("plan", dose.spelling, {forms.lower: 0.4, forms.upper: 0.3, forms.padded: 0.3}),
        respell("region", dose.spelling, {forms.lower: 0.5, forms.padded: 0.5}),
        number_forms("basket", dose.commas, (forms.decimal_comma,)),
        missing("basket", dose.blanks),
        sentinel("age", dose.unknown_age, {"-1": 0.7, "": 0.3}),
        date_forms("joined", (forms.day_first,), rate=dose.dates),
        trap,
    ]


def orders(dose: Dose) -> list[Step]:
    """The recipe of orders.csv."""
    return [
        number_forms("amount", dose.commas, (forms.decimal_comma,)),
        respell("late", dose.spelling, {forms.lower: 0.5, forms.upper: 0.5}),
        again(dose.twice),
    ]


def export(
    seed: int, part: str, dose: Dose, tables: world.Tables, *, outcome: bool = False
) -> tuple[world.Tables, pd.DataFrame]:
    """The messy tables of one part and their mask; without ``outcome`` the label's column is left out."""
    recipes = {world.MAIN: customers(dose, outcome=outcome), "orders.csv": orders(dose)}
    found, masks = {}, []
    for name, recipe in recipes.items():
        key = "order" if name == "orders.csv" else "id"
        made = messy(tables[name], recipe, seed=seed, table=f"{part}.{name}", key=key)
        found[name], _ = made.frame, masks.append(made.mask)
    if not outcome:
        found[world.MAIN] = found[world.MAIN].drop(columns=world.LABEL)
    return found, pd.concat(masks, ignore_index=True)
