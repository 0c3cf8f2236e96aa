"""Hidden flights -> paired rows: the same flight written in two ways, or changed in one thing.

The base row of a pair carries the natural mess everywhere but where the probe writes. Every `equal` variant holds
the same facts as its base, or more facts that are of no use before departure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import recipe
from recipe import KILOMETRES, KNOTS, NATURAL, NEW, OLD
from tables import MINUTE, Tables

from harness.mess import as_text, forms, stream
from harness.mess.forms import Form
from harness.mess.numbers import scaled_text

ENTITIES = 100  # a probe


@dataclass(frozen=True)
class Rows:
    """What an edit may draw on: the messy rows, the same rows without mess, and the truth of the flights."""

    messy: Tables
    plain: Tables
    truth: pd.DataFrame


Edit = Callable[[Rows, np.random.Generator], Tables]


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
        keys = pd.Series(np.sort(stream(seed, part, "entity", "choice").choice(able, ENTITIES, replace=False)))
        chosen = clean.only(keys)
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


# ------------------------------------------------------------------------------- who can be asked


def anyone(truth: pd.DataFrame) -> pd.Series:
    return truth["distance"].gt(0)


def before_the_change(truth: pd.DataFrame) -> pd.Series:
    """Flights of summer mornings: a later hour was worse then."""
    return truth["month"].le(8) & truth["hour"].between(6, 9)


def behind(truth: pd.DataFrame) -> pd.Series:
    """Whose incoming aircraft is an hour or more behind: it can be told in minutes and in hours."""
    return truth["inbound"].ge(60)


# ------------------------------------------------------------------------------- edits


def flights(**columns: str) -> Edit:
    """Write these columns of the flights: a constant text each."""

    def edit(rows: Rows, rng: np.random.Generator) -> Tables:
        return replace(rows.messy, flights=rows.messy.flights.assign(**columns))

    return edit


def flown(unit: str, factor: float) -> Edit:
    """The distance in a unit that is named."""

    def edit(rows: Rows, rng: np.random.Generator) -> Tables:
        far = [scaled_text(value, factor, 1) for value in rows.plain.flights["distance"]]
        return replace(rows.messy, flights=rows.messy.flights.assign(distance=far, distance_unit=unit))

    return edit


def spelled(carrier: Form, other: Form) -> Edit:
    """Airline, airport and tail number rewritten from the clean text."""

    def edit(rows: Rows, rng: np.random.Generator) -> Tables:
        frame = rows.messy.flights.copy()
        for column, form in (("carrier", carrier), ("origin", other), ("tailnum", other)):
            luck = rng.random(len(frame))
            frame[column] = [form(v, u) if v else v for v, u in zip(rows.plain.flights[column], luck, strict=True)]
        return replace(rows.messy, flights=frame)

    return edit


def timed(form: Form, *, system: str) -> Edit:
    """All times of the timetable in one form, and the system that writes it so."""

    def edit(rows: Rows, rng: np.random.Generator) -> Tables:
        times = {c: [form(v, 0.0) for v in rows.plain.flights[c]] for c in ("sched_dep", "sched_arr")}
        return replace(rows.messy, flights=rows.messy.flights.assign(**times, system=system))

    return edit


def later(hours: int) -> Edit:
    """The whole flight so many hours later on its day; the weather lines stay as many hours before it."""

    def edit(rows: Rows, rng: np.random.Generator) -> Tables:
        frame, observed = rows.messy.flights.copy(), rows.plain.weather.copy()
        move = pd.to_timedelta(hours, unit="h")
        for column in ("sched_dep", "sched_arr"):
            moved = (pd.to_datetime(rows.plain.flights[column]) + move).dt.strftime(MINUTE)
            frame[column] = [recipe.digits(value) for value in moved]
        observed["observed_at"] = (pd.to_datetime(observed["observed_at"]) + move).dt.strftime("%Y-%m-%d %H:%M")
        return Tables(frame.assign(system=OLD), observed)

    return edit


def windy(unit: str, factor: float) -> Edit:
    """Wind in a unit that is named, in every line."""

    def edit(rows: Rows, rng: np.random.Generator) -> Tables:
        observed = rows.plain.weather
        speed = [scaled_text(value, factor, 4) for value in observed["wind_speed"]]
        return replace(rows.messy, weather=observed.assign(wind_speed=speed, wind_unit=unit))

    return edit


def observed(times: int) -> Edit:
    """Every line of the weather so many times, in another order."""

    def edit(rows: Rows, rng: np.random.Generator) -> Tables:
        whole = pd.concat([rows.messy.weather.drop_duplicates("row")] * times, ignore_index=True)
        return replace(rows.messy, weather=whole.iloc[rng.permutation(len(whole))].reset_index(drop=True))

    return edit


def tail(mark: str) -> Edit:
    """A tail number that no registry and no other flight has; ``mark`` keeps two of them apart."""

    def edit(rows: Rows, rng: np.random.Generator) -> Tables:
        numbers = rng.permutation(9000)[: len(rows.messy.flights)] + 1000
        return replace(rows.messy, flights=rows.messy.flights.assign(tailnum=[f"N{n}{mark}" for n in numbers]))

    return edit


def after_landing(*, late: bool) -> Edit:
    """Filled in as after a flight that was late, or was not."""

    def edit(rows: Rows, rng: np.random.Generator) -> Tables:
        far = rows.plain.flights["distance"].astype(float)
        minutes = 55 if late else -12
        air = (far / 7.8 + 8 + 0.3 * minutes).round().astype(int).astype(str)
        landed = pd.to_datetime(rows.plain.flights["sched_arr"]) + pd.to_timedelta(minutes, unit="min")
        frame = rows.messy.flights.assign(air_time=air, arr_time=landed.dt.strftime("%H:%M"))
        return replace(rows.messy, flights=frame)

    return edit


def inbound(form: Form) -> Edit:
    """How far the incoming aircraft is behind, in one form."""

    def edit(rows: Rows, rng: np.random.Generator) -> Tables:
        told = [form(value, 0.0) for value in rows.plain.flights["inbound_delay"]]
        return replace(rows.messy, flights=rows.messy.flights.assign(inbound_delay=told))

    return edit


PROBES = (
    Probe(
        "units",
        anyone,
        (
            Variant("base", "", flown("mi", 1.0)),
            Variant("kilometres", "equal", flown("km", KILOMETRES)),
            Variant("kilometres_upper_case", "equal", flown(" KM", KILOMETRES)),
        ),
    ),
    Probe(
        "spelling",
        anyone,
        (
            Variant("base", "", spelled(forms.same, forms.same)),
            Variant("case", "equal", spelled(forms.lower, forms.lower)),
            Variant("padded", "equal", spelled(forms.padded, forms.padded)),
            Variant("other_code", "equal", spelled(recipe.icao, forms.same)),
        ),
    ),
    Probe(
        "time_format",
        anyone,
        (
            Variant("base", "", timed(recipe.digits, system=OLD)),
            Variant("clock", "equal", timed(recipe.clock, system=NEW)),
            Variant("iso", "equal", timed(forms.iso, system=NEW)),
        ),
    ),
    Probe(
        "wind_units",
        anyone,
        (
            Variant("base", "", windy("mph", 1.0)),
            Variant("knots", "equal", windy("kt", KNOTS)),
            Variant("knots_upper_case", "equal", windy("KT", KNOTS)),
        ),
    ),
    Probe(
        "records",
        anyone,
        (
            Variant("base", "", observed(1)),
            Variant("weather_twice", "equal", observed(2)),
            Variant("weather_thrice", "equal", observed(3)),
        ),
    ),
    Probe(
        "unknown_plane",
        anyone,
        (Variant("base", "", tail("ZY")), Variant("another", "equal", tail("YZ"))),
    ),
    Probe(
        "leak",
        anyone,
        (
            Variant("base", "", flights(air_time="", arr_time="")),
            Variant("as_if_late", "equal", after_landing(late=True)),
            Variant("as_if_early", "equal", after_landing(late=False)),
        ),
    ),
    Probe(
        "sentinel",
        anyone,
        (
            Variant("base", "", flights(inbound_delay="")),
            Variant("many_nines", "equal", flights(inbound_delay="999")),
            Variant("not_available", "equal", flights(inbound_delay="N/A")),
        ),
    ),
    Probe(
        "hours_number",
        behind,
        (
            Variant("base", "", inbound(forms.same)),
            Variant("hours", "equal", inbound(recipe.hours_and_minutes)),
        ),
    ),
    Probe(
        "direction",
        before_the_change,
        (
            Variant("base", "", later(0)),
            Variant("evening", "higher", later(10)),
        ),
    ),
    Probe(
        "direction_inbound",
        anyone,
        (
            Variant("base", "", flights(inbound_delay="0")),
            Variant("an_hour", "higher", flights(inbound_delay="55")),
        ),
    ),
)
