"""Hidden tickets -> paired rows: the same ticket written in two ways, or changed in one thing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from exports import CENTRAL, NATURAL, NORTH, SPELLED, export, mask_of

from harness.mess import as_text, forms, stream
from harness.mess.forms import Form

TICKETS = 80  # a probe
Edit = Callable[[pd.DataFrame, pd.DataFrame], pd.DataFrame]


@dataclass(frozen=True)
class Variant:
    """``edit(messy, clean text)`` is the row as the probe wants it; rule "" is the base."""

    name: str
    rule: str
    edit: Edit


def build(seed: int, hidden: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, list[pd.DataFrame]]:
    """All probe rows, what each is for (key, entity, probe, variant, rule), and the masks."""
    tables, roles, masks = [], [], []
    for probe, variants in PROBES.items():
        rng = stream(seed, f"probe.{probe}", "entity", "choice")
        chosen = hidden.iloc[np.sort(rng.choice(len(hidden), TICKETS, replace=False))].reset_index(drop=True)
        part = f"probe.{probe}"
        done = export(seed, part, NATURAL, chosen, desk=CENTRAL)
        clean = as_text(chosen, decimals=2)
        masks.append(mask_of(done, part, f"|{probe}|base"))
        for variant in variants:
            suffix = f"|{probe}|{variant.name}"
            entity = done.frame["entity"]
            tables.append(variant.edit(done.frame.copy(), clean).assign(entity=entity + suffix))
            role = {"probe": probe, "variant": variant.name, "rule": variant.rule}
            roles.append(pd.DataFrame({"key": entity + suffix, "entity": entity, **role}))
    return pd.concat(tables, ignore_index=True), pd.concat(roles, ignore_index=True), masks


def written(**columns: str) -> Edit:
    return lambda messy, clean: messy.assign(**columns)


def spelled(*ways: Form) -> Edit:
    form = forms.composed(*ways)
    return lambda messy, clean: messy.assign(**{c: [form(v, 0.3) for v in clean[c]] for c in SPELLED})


def of_desk(desk: str, date: Form) -> Edit:
    """As this desk writes a ticket: its unit of waiting and its dates."""
    factor = 60 if desk == NORTH else 1

    def edit(messy: pd.DataFrame, clean: pd.DataFrame) -> pd.DataFrame:
        waits = [str(int(value) * factor) for value in clean["wait_minutes"]]
        return messy.assign(
            desk=desk, wait_minutes=waits, opened_on=[date(d, 0.0) for d in clean["opened_on"]]
        )

    return edit


def valued(form: Form) -> Edit:
    return lambda messy, clean: messy.assign(contract_value=[form(v, 0.0) for v in clean["contract_value"]])


def more(column: str, amount: float) -> Edit:
    def edit(messy: pd.DataFrame, clean: pd.DataFrame) -> pd.DataFrame:
        return messy.assign(**{column: [f"{float(value) + amount:g}" for value in clean[column]]})

    return edit


PROBES = {
    "spelling": (
        Variant("base", "", spelled()),
        Variant("case", "equal", spelled(forms.upper, forms.padded)),
        Variant("separator", "equal", spelled(forms.underscored)),
    ),
    "units": (
        Variant("base", "", of_desk(CENTRAL, forms.iso)),
        Variant("north", "equal", of_desk(NORTH, forms.day_first)),
        Variant("north_dotted", "equal", of_desk(NORTH, forms.day_first_dotted)),
    ),
    "decimal_comma": (
        Variant("base", "", valued(forms.same)),
        Variant("comma", "equal", valued(forms.decimal_comma)),
        Variant("thousands", "equal", valued(forms.thousands_and_comma)),
    ),
    "sentinel": (
        Variant("base", "", written(customer_age_days="")),
        Variant("minus_one", "equal", written(customer_age_days="-1")),
        Variant("not_available", "equal", written(customer_age_days="N/A")),
    ),
    "leak": (
        Variant("base", "", written(resolution_code="")),
        Variant("filled", "equal", written(resolution_code="E2")),
    ),
    "new_category": (
        Variant("base", "", written(product="Ledger")),
        Variant("unseen", "finite", written(product="Analytics")),
    ),
    "direction": (
        Variant("base", "", more("open_tickets", 0)),
        Variant("three_more", "higher", more("open_tickets", 3)),
    ),
}
