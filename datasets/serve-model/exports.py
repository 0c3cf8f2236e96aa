"""Clean tickets -> what two help desks export. The rows to predict come in the same forms as train, or worse.

NORTH still runs the old desk software: it counts waiting in seconds and writes the day first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from harness.mess import (
    Messy,
    Step,
    after_the_fact,
    as_text,
    date_forms,
    equals,
    forms,
    messy,
    missing,
    new_category,
    number_forms,
    respell,
    scaled,
    sentinel,
    stream,
)
from harness.mess.forms import Form

FILE, NORTH, CENTRAL = "tickets.csv", "NORTH", "CENTRAL"
SPELLED = ("channel", "product", "plan")
CODES = ("E1", "E2", "E7")


@dataclass(frozen=True)
class Dose:
    """How much of each mess, and in which forms."""

    north: float
    spelling: float
    spellings: Mapping[Form, float]
    comma: float
    commas: Mapping[Form, float]
    no_age: float
    age_markers: Mapping[str, float]
    blank: float
    new_product: float
    day_first: Mapping[Form, float]


NATURAL = Dose(
    north=0.3,
    spelling=0.25,
    spellings={forms.lower: 0.4, forms.upper: 0.3, forms.padded: 0.2, forms.dashed: 0.1},
    comma=0.15,
    commas={forms.decimal_comma: 0.7, forms.thousands_and_comma: 0.3},
    no_age=0.08,
    age_markers={"-1": 0.6, "": 0.25, "N/A": 0.15},
    blank=0.03,
    new_product=0.004,
    day_first={forms.day_first: 0.9, forms.day_first_dotted: 0.1},
)
STRESSED = Dose(
    north=0.6,
    spelling=0.6,
    spellings={forms.underscored: 0.35, forms.upper: 0.25, forms.padded: 0.2, forms.no_break_space: 0.2},
    comma=0.5,
    commas={forms.thousands_and_comma: 0.6, forms.decimal_comma: 0.4},
    no_age=0.25,
    age_markers={"-1": 0.4, "N/A": 0.3, "": 0.3},
    blank=0.08,
    new_product=0.03,
    day_first={forms.day_first_dotted: 0.5, forms.day_first: 0.5},
)


def export(
    seed: int, part: str, dose: Dose, clean: pd.DataFrame, *, outcome: bool = False, desk: str = ""
) -> Messy:
    """Every cell as text, messed up. ``outcome``: with the label and what followed it; ``desk``: all."""
    text = as_text(clean, decimals=2)
    escalated = text.pop("escalated").map({"True": "yes", "False": "no"})
    north = stream(seed, part, "desk", "draw").random(len(text)) < dose.north
    text.insert(1, "desk", desk or np.where(north, NORTH, CENTRAL))
    text["resolution_code"] = ""
    if outcome:
        text["escalated"] = escalated
    steps = [
        *([] if outcome else [_launched(dose)]),
        *(respell(column, dose.spelling, dose.spellings) for column in SPELLED),
        scaled("wait_minutes", 60, where=equals("desk", NORTH), decimals=0, name="seconds"),
        date_forms("opened_on", dose.day_first, where=equals("desk", NORTH)),
        number_forms("contract_value", dose.comma, dose.commas, name="decimal comma"),
        sentinel("customer_age_days", dose.no_age, dose.age_markers),
        missing("sentiment", dose.blank, name="blank"),
        missing("contract_value", dose.blank, name="blank"),
    ]
    if outcome:
        steps.append(after_the_fact("resolution_code", equals("escalated", "yes"), CODES, rate=0.85))
    return messy(text, steps, seed=seed, table=f"{part}.{FILE}", key="entity")


def _launched(dose: Dose) -> Step:
    """A product that came after train was exported: seen in validation first."""
    return new_category("product", ("Data hub",), dose.new_product, at_least_one=True)


def mask_of(done: Messy, part: str, suffix: str = "") -> pd.DataFrame:
    """The mask as an edition takes it."""
    column = done.mask["column"].replace("entity", "id")
    return done.mask.assign(table=FILE, column=column, part=part, key=done.mask["key"] + suffix)
