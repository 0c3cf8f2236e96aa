"""Hidden flights -> paired rows: the same flight written in two ways, or changed in one thing.

The base row of a pair carries the natural mess everywhere but where the probe writes. Every `equal` variant
holds the same facts as its base, or more facts that are of no use before departure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import edits
import pandas as pd
import recipe
from edits import Edit, Rows
from recipe import KILOMETRES, KNOTS, NATURAL, NEW, OLD
from tables import Tables

from harness.mess import as_text, forms, stream

ENTITIES = 100  # a probe


@dataclass(frozen=True)
class Variant:
    """One way to write a flight."""

    name: str
    rule: str  # equal, lower, higher, finite; "" for the base
    edit: Edit


@dataclass(frozen=True)
class Probe:
    """Who can be asked, and the variants, base first."""

    name: str
    eligible: Callable[[pd.DataFrame], pd.Series]
    variants: tuple[Variant, ...]


@dataclass(frozen=True)
class Built:
    """All probe rows, what each is for (key, entity, probe, variant, rule), and the masks."""

    tables: Tables
    purposes: pd.DataFrame
    mask: pd.DataFrame


def build(seed: int, clean: Tables, truth: pd.DataFrame) -> Built:
    """``clean``: the natural flights as they would be written without mess; ``truth``: what is so of them."""
    tables, roles, masks = [], [], []
    for probe in PROBES:
        part = f"probe.{probe.name}"
        able = truth["entity"][probe.eligible(truth)].to_numpy()
        rng = stream(seed, part, "entity", "choice")
        chosen = clean.only(pd.Series(rng.choice(able, ENTITIES, replace=False)))
        exported = recipe.export(seed, part, chosen, NATURAL)
        # one mask for all variants of a pair: its keys are no rows of the input
        masks.append(exported.mask.assign(key=exported.mask["key"] + f"|{probe.name}"))
        facts = truth.set_index("entity").loc[chosen.flights["entity"]].reset_index()
        rows = Rows(exported.tables, _plain(recipe.systems(seed, part, chosen)), facts)
        for variant in probe.variants:
            suffix = f"|{probe.name}|{variant.name}"
            tables.append(variant.edit(rows, stream(seed, part, variant.name, "edit")).under(suffix))
            entity = chosen.flights["entity"]
            role = {"probe": probe.name, "variant": variant.name, "rule": variant.rule}
            roles.append(pd.DataFrame({"key": entity + suffix, "entity": entity, **role}))
    purposes, mask = pd.concat(roles, ignore_index=True), pd.concat(masks, ignore_index=True)
    return Built(tables[0].plus(*tables[1:]), purposes, mask)


def _plain(clean: Tables) -> Tables:
    return Tables(as_text(clean.flights.drop(columns=recipe.CARRIED)), as_text(clean.weather))


PROBES = (
    Probe(
        "units",
        edits.anyone,
        (
            Variant("base", "", edits.flown("mi", 1.0)),
            Variant("kilometres", "equal", edits.flown("km", KILOMETRES)),
            Variant("kilometres_upper_case", "equal", edits.flown(" KM", KILOMETRES)),
        ),
    ),
    Probe(
        "spelling",
        edits.anyone,
        (
            Variant("base", "", edits.spelled(forms.same, forms.same)),
            Variant("case", "equal", edits.spelled(forms.lower, forms.lower)),
            Variant("padded", "equal", edits.spelled(forms.padded, forms.padded)),
            Variant("other_code", "equal", edits.spelled(recipe.icao, forms.same)),
        ),
    ),
    Probe(
        "time_format",
        edits.anyone,
        (
            Variant("base", "", edits.timed(recipe.digits, system=OLD)),
            Variant("clock", "equal", edits.timed(recipe.clock, system=NEW)),
            Variant("iso", "equal", edits.timed(forms.iso, system=NEW)),
        ),
    ),
    Probe(
        "wind_units",
        edits.anyone,
        (
            Variant("base", "", edits.windy("mph", 1.0)),
            Variant("knots", "equal", edits.windy("kt", KNOTS)),
            Variant("knots_upper_case", "equal", edits.windy("KT", KNOTS)),
        ),
    ),
    Probe(
        "records",
        edits.anyone,
        (
            Variant("base", "", edits.observed(1)),
            Variant("weather_twice", "equal", edits.observed(2)),
            Variant("weather_thrice", "equal", edits.observed(3)),
        ),
    ),
    Probe(
        "unknown_plane",
        edits.anyone,
        (Variant("base", "", edits.tail("ZY")), Variant("another", "equal", edits.tail("YZ"))),
    ),
    Probe(
        "leak",
        edits.anyone,
        (
            Variant("base", "", edits.flights(air_time="", arr_time="")),
            Variant("as_if_late", "equal", edits.after_landing(late=True)),
            Variant("as_if_early", "equal", edits.after_landing(late=False)),
        ),
    ),
    Probe(
        "sentinel",
        edits.anyone,
        (
            Variant("base", "", edits.flights(inbound_delay="")),
            Variant("many_nines", "equal", edits.flights(inbound_delay="999")),
            Variant("not_available", "equal", edits.flights(inbound_delay="N/A")),
        ),
    ),
    Probe(
        "hours_number",
        edits.behind,
        (
            Variant("base", "", edits.inbound(forms.same)),
            Variant("hours", "equal", edits.inbound(recipe.hours_and_minutes)),
        ),
    ),
    Probe(
        "direction",
        edits.before_the_change,
        (
            Variant("base", "", edits.later(0)),
            Variant("evening", "higher", edits.later(10)),
        ),
    ),
    Probe(
        "direction_inbound",
        edits.anyone,
        (
            Variant("base", "", edits.flights(inbound_delay="0")),
            Variant("an_hour", "higher", edits.flights(inbound_delay="55")),
        ),
    ),
)
