"""Hidden transactions -> paired rows: the same purchase written in two ways, or changed in one thing.

The base row of a pair is an ordinary row: it carries the natural mess everywhere but where the probe writes.
Every `equal` variant holds the same facts as its base and differs in how they are written only. Half of
the purchases asked about are fraud: where nothing is risky, nothing moves, whatever a model misreads.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import places
from cases import Tables
from exports import NATURAL, NEW_MODE, NOTES, export, seconds_later

from harness.mess import forms, stream
from harness.mess.forms import Form

ENTITIES = 100  # a probe
LEAST_PAST = 4  # lines of history, where the past is what is asked about
FAR_ABOVE = 15.0  # times what the card usually spends
Edit = Callable[[Tables, Tables, np.random.Generator], Tables]


@dataclass(frozen=True)
class Variant:
    """One way to write a purchase. ``edit(messy, clean, rng)`` is the row as the probe wants it."""

    name: str
    rule: str  # equal, lower, higher, finite; "" for the base
    edit: Edit


@dataclass(frozen=True)
class Probe:
    """Who can be asked (a mask of clean transactions), and the variants, base first."""

    name: str
    eligible: Callable[[Tables], pd.Series]
    variants: tuple[Variant, ...]
    frauds: float = 0.5


def build(seed: int, hidden: Tables) -> tuple[Tables, pd.DataFrame, list[pd.DataFrame]]:
    """All probe rows, what each is for (key, entity, probe, variant, rule), and the masks."""
    tables, roles, masks = [], [], []
    for probe in PROBES:
        chosen = hidden.only(_chosen(seed, probe, hidden))
        made = export(chosen, NATURAL, seed=seed, part=f"probe.{probe.name}")
        # the base row is the one that carries this mess as it is
        masks.append(made.mask.assign(key=made.mask["key"] + f"|{probe.name}|base"))
        for variant in probe.variants:
            rng = stream(seed, f"probe.{probe.name}", variant.name, "edit")
            suffix = f"|{probe.name}|{variant.name}"
            tables.append(variant.edit(made.tables, chosen, rng).renamed(suffix))
            entity = made.tables.transactions["entity"]
            role = {"probe": probe.name, "variant": variant.name, "rule": variant.rule}
            roles.append(pd.DataFrame({"key": entity + suffix, "entity": entity, **role}))
    return tables[0].plus(*tables[1:]), pd.concat(roles, ignore_index=True), masks


def _chosen(seed: int, probe: Probe, hidden: Tables) -> pd.Series:
    able = hidden.transactions[probe.eligible(hidden)]
    rng = stream(seed, f"probe.{probe.name}", "entity", "choice")
    frauds = round(ENTITIES * probe.frauds)
    return pd.concat(
        pd.Series(rng.choice(able["entity"][able["fraud"].eq(kind)].to_numpy(), many, replace=False))
        for kind, many in ((True, frauds), (False, ENTITIES - frauds))
    )


# ------------------------------------------------------------------------------- who can be asked


def anyone(hidden: Tables) -> pd.Series:
    return pd.Series(True, index=hidden.transactions.index)


def dear(hidden: Tables) -> pd.Series:
    """Whose amount has a thousands separator in Swedish crowns."""
    return hidden.transactions["amount"].ge(110)


def with_a_past(hidden: Tables) -> pd.Series:
    return hidden.transactions["card"].map(hidden.history["card"].value_counts()).ge(LEAST_PAST)


# ------------------------------------------------------------------------------- edits


def cells(**columns: str) -> Edit:
    """Write these columns of the transaction: a constant text each."""

    def edit(messy: Tables, clean: Tables, rng: np.random.Generator) -> Tables:
        return replace(messy, transactions=messy.transactions.assign(**columns))

    return edit


def named(*ways: Form) -> Edit:
    """The merchant rewritten from the clean name."""

    def edit(messy: Tables, clean: Tables, rng: np.random.Generator) -> Tables:
        luck = rng.random(len(clean.transactions))
        names = [
            forms.composed(*ways)(name, float(u))
            for name, u in zip(clean.transactions["merchant"], luck, strict=True)
        ]
        return replace(messy, transactions=messy.transactions.assign(merchant=names))

    return edit


def paid(currency: str, form: Form = forms.same, *, gateway: str = "NORTH") -> Edit:
    """The clean amount in ``currency`` by a gateway that writes UTC, and the number in this form."""

    def edit(messy: Tables, clean: Tables, rng: np.random.Generator) -> Tables:
        amounts = clean.transactions["amount"] * places.RATES[currency]
        return replace(
            messy,
            transactions=messy.transactions.assign(
                time=clean.transactions["time"].to_numpy(),
                gateway=gateway,
                currency=currency,
                amount=[form(f"{amount:.2f}", 0.0) for amount in amounts],
            ),
        )

    return edit


def clocked(gateway: str, form: Form) -> Edit:
    """The clean instant on the clock of a gateway; the amount in whole units for both."""

    def edit(messy: Tables, clean: Tables, rng: np.random.Generator) -> Tables:
        rows = clean.transactions
        times = rows["time"]
        if gateway == "SOUTH":
            times = [forms.in_zone(zone)(text, 0.0) for text, zone in zip(times, rows["zone"], strict=True)]
        plain = paid("EUR", gateway=gateway)(messy, clean, rng)
        written = [form(text, 0.0) for text in times]
        return replace(plain, transactions=plain.transactions.assign(time=written))

    return edit


def repeated(*, exactly: bool = False, swiped: bool = False) -> Edit:
    """Two lines of each card's past again: to the letter, or a terminal's second try seconds later."""

    def edit(messy: Tables, clean: Tables, rng: np.random.Generator) -> Tables:
        if not (exactly or swiped):
            return messy
        sale = ~messy.history["amount"].str.startswith("-")
        some = messy.history[sale].groupby("card", sort=False).tail(2)
        if swiped:
            luck = rng.random(len(some))
            later = [seconds_later(text, float(u)) for text, u in zip(some["time"], luck, strict=True)]
            some = some.assign(time=later)
        return replace(messy, history=pd.concat([messy.history, some], ignore_index=True))

    return edit


def far_above_habit(messy: Tables, clean: Tables, rng: np.random.Generator) -> Tables:
    """The amount many times what the card's past purchases were, in euros."""
    sales = clean.history[clean.history["amount"].gt(0)]
    usual = clean.transactions["card"].map(sales.groupby("card")["amount"].mean())
    usual = usual.fillna(clean.transactions["amount"])
    dearer = replace(clean, transactions=clean.transactions.assign(amount=usual * FAR_ABOVE))
    return paid("EUR")(messy, dearer, rng)


PROBES = (
    Probe(
        "merchant_spelling",
        anyone,
        (
            Variant("base", "", named()),
            Variant("case", "equal", named(forms.upper, forms.padded)),
            Variant("separator", "equal", named(forms.underscored)),
            Variant("typo", "equal", named(forms.letters_swapped)),
        ),
    ),
    Probe(
        "currency",
        anyone,
        (
            Variant("base", "", paid("EUR")),
            Variant("crowns", "equal", paid("SEK")),
            Variant("dollars", "equal", paid("USD")),
        ),
    ),
    Probe(
        "units",
        anyone,
        (
            Variant("base", "", paid("EUR")),
            Variant("cents", "equal", paid("EUR", forms.cents, gateway="EAST")),
        ),
    ),
    Probe(
        "clock",
        anyone,
        (
            Variant("base", "", clocked("NORTH", forms.same)),
            Variant("local", "equal", clocked("SOUTH", forms.same)),
            Variant("local_slashed", "equal", clocked("SOUTH", forms.iso_slashed)),
        ),
    ),
    Probe(
        "decimal_comma",
        dear,
        (
            Variant("base", "", paid("SEK")),
            Variant("comma", "equal", paid("SEK", forms.decimal_comma)),
            Variant("thousands", "equal", paid("SEK", forms.thousands_and_comma)),
        ),
    ),
    Probe(
        "records",
        with_a_past,
        (
            Variant("base", "", repeated()),
            Variant("line_twice", "equal", repeated(exactly=True)),
            Variant("swiped_again", "equal", repeated(swiped=True)),
            Variant("other_ids", "equal", repeated()),
        ),
    ),
    Probe(
        "leak",
        anyone,
        (
            Variant("base", "", cells(chargeback_note="")),
            Variant("filled", "equal", cells(chargeback_note=NOTES[0])),
            Variant("filled_otherwise", "equal", cells(chargeback_note=NOTES[2])),
        ),
    ),
    Probe(
        "new_category",
        anyone,
        (
            Variant("base", "", cells(entry_mode="chip")),
            Variant("wallet", "finite", cells(entry_mode=NEW_MODE)),
            Variant("unheard_of_merchant", "finite", cells(merchant="Zephyr Bazaar")),
        ),
    ),
    Probe(
        "direction",
        with_a_past,
        (
            Variant("base", "", paid("EUR")),
            Variant("far_above_habit", "higher", far_above_habit),
        ),
        frauds=0.0,
    ),
)
