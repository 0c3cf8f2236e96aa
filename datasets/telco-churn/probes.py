"""Hidden customers -> paired rows: the same customer written in two ways, or changed in one thing.

The base row of a pair is an ordinary row: it carries the natural mess everywhere but where the probe writes.
Every `equal` variant holds the same facts as its base and differs in how they are written only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import world
from mess import CRM, CURRENT, HELPDESK, LEGACY, NATURAL, SPELLED, export

from harness.mess import as_text, forms, stream
from harness.mess.forms import Form

ENTITIES = 100  # a probe
Edit = Callable[[world.Tables, world.Tables, np.random.Generator], world.Tables]


@dataclass(frozen=True)
class Variant:
    """One way to write a customer. ``edit(messy, clean, rng)`` is the row as the probe wants it."""

    name: str
    rule: str  # equal, lower, higher, finite; "" for the base
    edit: Edit


@dataclass(frozen=True)
class Probe:
    """Who can be asked (a mask of clean customers), and the variants, base first."""

    name: str
    eligible: Callable[[world.Tables], pd.Series]
    variants: tuple[Variant, ...]


def build(seed: int, hidden: world.Tables) -> tuple[world.Tables, pd.DataFrame, list[pd.DataFrame]]:
    """All probe rows, what each is for (key, entity, probe, variant, rule), and the masks."""
    tables, roles, masks = [], [], []
    for probe in PROBES:
        chosen = hidden.only(_chosen(seed, probe, hidden))
        done = export(seed, f"probe.{probe.name}", NATURAL, chosen)
        messy = done.tables
        masks.append(done.under(f"|{probe.name}|base").mask)
        for variant in probe.variants:
            rng = stream(seed, f"probe.{probe.name}", variant.name, "edit")
            suffix = f"|{probe.name}|{variant.name}"
            edited = variant.edit(messy, chosen, rng)
            tables.append(world.Tables(*(t.assign(entity=t["entity"] + suffix) for t in edited.all)))
            entity = messy.customers["entity"]
            role = {"probe": probe.name, "variant": variant.name, "rule": variant.rule}
            roles.append(pd.DataFrame({"key": entity + suffix, "entity": entity, **role}))
    return tables[0].plus(*tables[1:]), pd.concat(roles, ignore_index=True), masks


def _chosen(seed: int, probe: Probe, hidden: world.Tables) -> pd.Series:
    able = hidden.customers["entity"][probe.eligible(hidden)]
    rng = stream(seed, f"probe.{probe.name}", "entity", "choice")
    return pd.Series(rng.choice(able.to_numpy(), ENTITIES, replace=False))


# ------------------------------------------------------------------------------- who can be asked


def anyone(hidden: world.Tables) -> pd.Series:
    return pd.Series(True, index=hidden.customers.index)


def monthly(hidden: world.Tables) -> pd.Series:
    return hidden.customers["contract"].eq("Month-to-month")


def rich(hidden: world.Tables) -> pd.Series:
    """Whose total has a thousands separator, and who has data to count."""
    return hidden.customers["total_charges"].ge(1000) & hidden.customers["internet_service"].ne("No")


def old_enough(hidden: world.Tables) -> pd.Series:
    """Whose tenure can be told from the total."""
    return hidden.customers["tenure"].ge(6)


def talkative(hidden: world.Tables) -> pd.Series:
    return hidden.customers["entity"].isin(hidden.contacts["entity"])


def ambiguous(hidden: world.Tables) -> pd.Series:
    """Who has an unresolved contact that reads as another month when day and month change places."""
    day, month = hidden.contacts["date"].dt.day, hidden.contacts["date"].dt.month
    hit = hidden.contacts["resolved"].eq("no") & day.le(12) & day.ne(month)
    return hidden.customers["entity"].isin(hidden.contacts["entity"][hit])


# ------------------------------------------------------------------------------- edits


def customers(**columns: str) -> Edit:
    """Write these columns of the customers: a constant text each."""

    def edit(messy: world.Tables, clean: world.Tables, rng: np.random.Generator) -> world.Tables:
        return world.Tables(messy.customers.assign(**columns), messy.usage, messy.contacts)

    return edit


def spelled(*ways: Form) -> Edit:
    """Contract, payment and internet rewritten from the clean text."""
    form = forms.composed(*ways)

    def edit(messy: world.Tables, clean: world.Tables, rng: np.random.Generator) -> world.Tables:
        frame = messy.customers.copy()
        for column in SPELLED:
            luck = rng.random(len(frame))
            frame[column] = [form(value, u) for value, u in zip(clean.customers[column], luck, strict=True)]
        return world.Tables(frame, messy.usage, messy.contacts)

    return edit


def billed(system: str, form: Form) -> Edit:
    def edit(messy: world.Tables, clean: world.Tables, rng: np.random.Generator) -> world.Tables:
        amounts = [form(value, 0.0) for value in _text(clean.customers, "monthly_charges")]
        frame = messy.customers.assign(billing_system=system, monthly_charges=amounts)
        return world.Tables(frame, messy.usage, messy.contacts)

    return edit


def numbers(total: Form, gb: Form) -> Edit:
    """Totals and usage with every number known, written by these forms."""

    def edit(messy: world.Tables, clean: world.Tables, rng: np.random.Generator) -> world.Tables:
        totals = [total(value, 0.0) for value in _text(clean.customers, "total_charges")]
        usage = as_text(clean.usage, decimals=2)
        usage["gb_used"] = [gb(value, 0.0) for value in usage["gb_used"]]
        return world.Tables(messy.customers.assign(total_charges=totals), usage, messy.contacts)

    return edit


def dated(system: str, form: Form) -> Edit:
    """All contacts kept in one system, in its date format."""

    def edit(messy: world.Tables, clean: world.Tables, rng: np.random.Generator) -> world.Tables:
        contacts = as_text(clean.contacts)
        contacts.insert(0, "contact_id", [f"K{number}" for number in range(len(contacts))])
        contacts["date"] = [form(date, 0.0) for date in contacts["date"]]
        return world.Tables(messy.customers, messy.usage, contacts.assign(system=system))

    return edit


def repeated(*, usage: int = 1, contacts: int = 1) -> Edit:
    """Every line of a table this many times."""

    def edit(messy: world.Tables, clean: world.Tables, rng: np.random.Generator) -> world.Tables:
        return world.Tables(messy.customers, _times(messy.usage, usage), _times(messy.contacts, contacts))

    return edit


def _times(table: pd.DataFrame, times: int) -> pd.DataFrame:
    return pd.concat([table.drop_duplicates()] * times, ignore_index=True)


def known_tenure_unknown(marker: str) -> Edit:
    """Tenure missing by this marker; the total stands there, so that it can be told."""

    def edit(messy: world.Tables, clean: world.Tables, rng: np.random.Generator) -> world.Tables:
        totals = _text(clean.customers, "total_charges")
        frame = messy.customers.assign(tenure=marker, total_charges=totals)
        return world.Tables(frame, messy.usage, messy.contacts)

    return edit


def paid_by(method: str) -> Edit:
    return customers(payment_method=method)


def _text(table: pd.DataFrame, column: str) -> list[str]:
    return as_text(table[[column]], decimals=2)[column].tolist()


PROBES = (
    Probe(
        "spelling",
        anyone,
        (
            Variant("base", "", spelled()),
            Variant("case", "equal", spelled(forms.upper, forms.padded)),
            Variant("separator", "equal", spelled(forms.underscored)),
            Variant("typo", "equal", spelled(forms.letters_swapped)),
        ),
    ),
    Probe(
        "units",
        anyone,
        (
            Variant("base", "", billed(CURRENT, forms.same)),
            Variant("cents", "equal", billed(LEGACY, forms.cents)),
            Variant("cents_lower_case", "equal", billed(LEGACY.lower(), forms.cents)),
        ),
    ),
    Probe(
        "decimal_comma",
        rich,
        (
            Variant("base", "", numbers(forms.same, forms.same)),
            Variant("total", "equal", numbers(forms.decimal_comma, forms.same)),
            Variant("thousands", "equal", numbers(forms.thousands_and_comma, forms.same)),
            Variant("usage", "equal", numbers(forms.same, forms.decimal_comma)),
        ),
    ),
    Probe(
        "date_format",
        ambiguous,
        (
            Variant("base", "", dated(CRM, forms.iso)),
            Variant("day_first", "equal", dated(HELPDESK, forms.day_first)),
            Variant("day_first_dotted", "equal", dated(HELPDESK, forms.day_first_dotted)),
        ),
    ),
    Probe(
        "sentinel",
        old_enough,
        (
            Variant("base", "", known_tenure_unknown("")),
            Variant("minus_999", "equal", known_tenure_unknown("-999")),
            Variant("not_available", "equal", known_tenure_unknown("N/A")),
        ),
    ),
    Probe(
        "leak",
        anyone,
        (
            Variant("base", "", customers(closure_code="")),
            Variant("filled", "equal", customers(closure_code="R21")),
            Variant("filled_otherwise", "equal", customers(closure_code="R47")),
        ),
    ),
    Probe(
        "records",
        talkative,
        (
            Variant("base", "", repeated()),
            Variant("usage_twice", "equal", repeated(usage=2)),
            Variant("contacts_twice", "equal", repeated(contacts=2)),
            Variant("other_ids", "equal", repeated()),
        ),
    ),
    Probe(
        "new_category",
        anyone,
        (
            Variant("base", "", paid_by("Mailed check")),
            Variant("wallet", "finite", paid_by("Mobile wallet")),
            Variant("sepa", "finite", paid_by("Direct debit (SEPA)")),
        ),
    ),
    Probe(
        "direction",
        monthly,
        (
            Variant("base", "", customers(contract="Month-to-month")),
            Variant("one_year", "lower", customers(contract="One year")),
            Variant("two_year", "lower", customers(contract="Two year")),
        ),
    ),
)
