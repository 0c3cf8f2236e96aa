"""Hidden patients -> paired rows: the same patient written in two ways, or changed in one thing.

The base row of a pair carries the natural mess everywhere but where the probe writes. Every `equal` variant
holds the same facts as its base, or more facts that are of no use on the day of the assessment.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import notes
import numpy as np
import pandas as pd
import recipe
import world
from recipe import CLINIC, MOLAR, NATURAL, NEW_CHART, OLD_CHART, worded
from tables import Tables

from harness.mess import as_text, forms
from harness.mess.forms import Form
from harness.mess.numbers import scaled_text

ENTITIES = 100  # a probe
AGEING = 12  # years
ENZYMES = 2.5  # times as high


@dataclass(frozen=True)
class Rows:
    """What an edit may draw on: the messy rows, the same rows without mess, and the years that followed."""

    messy: Tables
    plain: Tables
    after: Tables


Edit = Callable[[Rows, np.random.Generator], Tables]


@dataclass(frozen=True)
class Variant:
    """One way to write a patient."""

    name: str
    rule: str  # equal, lower, higher, finite; "" for the base
    edit: Edit


@dataclass(frozen=True)
class Probe:
    """Who can be asked, and the variants, base first."""

    name: str
    eligible: Callable[[Tables], pd.Series]
    variants: tuple[Variant, ...]


@dataclass(frozen=True)
class Built:
    """All probe rows, what each is for (key, entity, probe, variant, rule), and the masks."""

    tables: Tables
    purposes: pd.DataFrame
    mask: pd.DataFrame


def build(seed: int, hidden: Tables, after: Tables) -> Built:
    """``hidden``: clean, as of the assessment; ``after``: clean, what followed it, of the same patients."""
    tables, roles, masks = [], [], []
    for probe in PROBES:
        part = f"probe.{probe.name}"
        chosen = hidden.only(_chosen(seed, probe, hidden))
        exported = recipe.export(seed, part, chosen, NATURAL)
        # one mask for all variants of a pair: its keys are no rows of the input
        masks.append(exported.mask.assign(key=exported.mask["key"] + f"|{probe.name}"))
        # another patient's future: what is added must not tell the outcome of anybody in the file
        future = _of_others(seed, part, chosen, after)
        rows = Rows(exported.tables, plain(recipe.systems(seed, part, chosen, NATURAL)), future)
        for variant in probe.variants:
            rng = world.stream(seed, part, variant.name)
            suffix = f"|{probe.name}|{variant.name}"
            tables.append(variant.edit(rows, rng).under(suffix))
            entity = chosen.patients["entity"]
            role = {"probe": probe.name, "variant": variant.name, "rule": variant.rule}
            roles.append(pd.DataFrame({"key": entity + suffix, "entity": entity, **role}))
    return Built(
        tables[0].plus(*tables[1:]),
        pd.concat(roles, ignore_index=True),
        pd.concat(masks, ignore_index=True),
    )


def plain(tables: Tables) -> Tables:
    """Every cell as text, nothing done to it."""
    texts = [as_text(table.drop(columns=recipe.CARRIED, errors="ignore")) for table in tables.all]
    carried = tables.notes[recipe.CARRIED].reset_index(drop=True)
    return Tables(*texts[:3], pd.concat([texts[3].reset_index(drop=True), carried], axis=1))


def _chosen(seed: int, probe: Probe, hidden: Tables) -> pd.Series:
    able = hidden.patients["entity"][probe.eligible(hidden)].to_numpy()
    rng = world.stream(seed, f"probe.{probe.name}", "choice")
    return pd.Series(np.sort(rng.choice(able, ENTITIES, replace=False)))


def _of_others(seed: int, part: str, chosen: Tables, after: Tables) -> Tables:
    """Tests and diagnoses that followed for other patients, dated from these patients' assessments."""
    others = after.patients[after.patients["entity"].isin(after.labs["entity"])]
    others = others[others["entity"].isin(after.conditions["entity"])]
    rng = world.stream(seed, part, "others")
    picked = others.iloc[rng.permutation(len(others))[: len(chosen.patients)]]
    to = pd.Series(chosen.patients["entity"].to_numpy(), index=picked["entity"])
    move = pd.Series(
        chosen.patients["assessed_on"].to_numpy() - picked["assessed_on"].to_numpy(), index=to.index
    )
    moved = [_moved(table, to, move) for table in (after.labs, after.conditions)]
    now = Tables(chosen.patients, *moved, chosen.notes)
    return plain(recipe.systems(seed, f"{part}.after", now, NATURAL))


def _moved(table: pd.DataFrame, to: pd.Series, move: pd.Series) -> pd.DataFrame:
    hit = table[table["entity"].isin(to.index)]
    return hit.assign(
        date=hit["date"] + hit["entity"].map(move), row=hit["row"] + "+", entity=hit["entity"].map(to)
    ).reset_index(drop=True)


# ------------------------------------------------------------------------------- who can be asked


def anyone(hidden: Tables) -> pd.Series:
    return hidden.patients["age"].gt(0)


def measured(hidden: Tables) -> pd.Series:
    """Whose height and weight are known."""
    return hidden.patients["height"].notna() & hidden.patients["weight"].notna()


def weighable(hidden: Tables) -> pd.Series:
    """Who can be asked without height and weight: they must have tests."""
    return tested(hidden)


def tested(hidden: Tables) -> pd.Series:
    """Who has a blood panel and lipids."""
    with_panel = hidden.labs["entity"][hidden.labs["test"].eq("creatinine")]
    with_lipids = hidden.labs["entity"][hidden.labs["test"].eq("chol")]
    return hidden.patients["entity"].isin(with_panel) & hidden.patients["entity"].isin(with_lipids)


def ambiguous(hidden: Tables) -> pd.Series:
    """Who has two creatinines on days that read as other days when day and month change places."""
    dates = hidden.labs["date"].dt
    hit = hidden.labs["test"].eq("creatinine") & dates.day.le(12) & dates.day.ne(dates.month)
    several = hidden.labs["entity"][hidden.labs["test"].eq("creatinine")].value_counts()
    able = hidden.labs["entity"][hit & hidden.labs["entity"].isin(several.index[several.ge(2)])]
    return hidden.patients["entity"].isin(able)


def written(hidden: Tables) -> pd.Series:
    """Who has a note."""
    return hidden.patients["entity"].isin(hidden.notes["entity"])


def adult(hidden: Tables) -> pd.Series:
    """Who can be AGEING years older and still be of an age met in train."""
    return tested(hidden) & hidden.patients["age"].between(35, 75)


# ------------------------------------------------------------------------------- edits


def respelled(way: Form, sex: Form) -> Edit:
    """Sex, smoking, site and diagnoses rewritten from the clean text."""

    def edit(rows: Rows, rng: np.random.Generator) -> Tables:
        frame = rows.messy.patients.copy()
        for column, form in (("sex", sex), ("smoking", way), ("site", way)):
            frame[column] = _written(rows.plain.patients[column], form, rng)
        found = rows.plain.conditions
        found = found.assign(condition=_written(found["condition"], way, rng))
        return replace(rows.messy, patients=frame, conditions=found)

    return edit


def charted(system: str, height: float, weight: float) -> Edit:
    """Height and weight in the units of a chart system; the day of the assessment in its form."""

    def edit(rows: Rows, rng: np.random.Generator) -> Tables:
        source = rows.plain.patients
        day = forms.iso if system == NEW_CHART else forms.month_first
        frame = rows.messy.patients.assign(
            chart_system=system,
            assessed_on=_written(source["assessed_on"], day, rng),
            height=[scaled_text(value, height, 2) for value in source["height"]],
            weight=[scaled_text(value, weight, 2) for value in source["weight"]],
        )
        return replace(rows.messy, patients=frame)

    return edit


def in_units(named: Mapping[str, Form] | None) -> Edit:
    """Creatinine and lipids in molar units (``named``: how each unit is written), or all as they were."""

    def edit(rows: Rows, rng: np.random.Generator) -> Tables:
        labs = rows.plain.labs.copy()
        for test, (factor, unit, _) in MOLAR.items() if named is not None else ():
            hit = labs["test"].eq(test)
            labs.loc[hit, "value"] = [scaled_text(value, factor, 5) for value in labs.loc[hit, "value"]]
            labs.loc[hit, "unit"] = (named or {}).get(test, forms.same)(unit, 0.9)
        return replace(rows.messy, labs=labs)

    return edit


def dated(source: str, form: Form) -> Edit:
    """All tests from one source, in its date form."""

    def edit(rows: Rows, rng: np.random.Generator) -> Tables:
        labs = rows.plain.labs
        labs = labs.assign(taken_on=_written(labs["taken_on"], form, rng), source=source)
        return replace(rows.messy, labs=labs)

    return edit


def unmeasured(marker: str) -> Edit:
    """Height and weight not known, by this marker."""

    def edit(rows: Rows, rng: np.random.Generator) -> Tables:
        return replace(rows.messy, patients=rows.messy.patients.assign(height=marker, weight=marker))

    return edit


def later(*, labs: bool = False, conditions: bool = False) -> Edit:
    """With what was booked after the assessment, as the training export has it."""

    def edit(rows: Rows, rng: np.random.Generator) -> Tables:
        more_labs = [rows.after.labs] if labs else []
        more_conditions = [rows.after.conditions] if conditions else []
        return replace(
            rows.messy,
            labs=pd.concat([rows.messy.labs, *more_labs], ignore_index=True),
            conditions=pd.concat([rows.messy.conditions, *more_conditions], ignore_index=True),
        )

    return edit


def repeated(*, labs: int = 1, conditions: int = 1) -> Edit:
    """Every line of a table this many times; all under other ids and in another order."""

    def edit(rows: Rows, rng: np.random.Generator) -> Tables:
        return replace(
            rows.messy,
            labs=_times(rows.messy.labs, labs, rng),
            conditions=_times(rows.messy.conditions, conditions, rng),
        )

    return edit


def about(*, another: bool) -> Edit:
    """The same note about the same person, or about somebody of other names, addresses and numbers."""

    def edit(rows: Rows, rng: np.random.Generator) -> Tables:
        if not another:
            return rows.messy
        frame = rows.messy.notes
        pairs = zip(frame["text"], frame["planted"], strict=True)
        again = [notes.about_another(text, planted, rng) for text, planted in pairs]
        fresh = frame.assign(
            text=[text for text, _ in again],
            planted=pd.Series([planted for _, planted in again], dtype=object, index=frame.index),
        )
        return replace(rows.messy, notes=fresh)

    return edit


def aged(years: int) -> Edit:
    def edit(rows: Rows, rng: np.random.Generator) -> Tables:
        age = [str(int(value) + years) for value in rows.plain.patients["age"]]
        return replace(rows.messy, patients=rows.messy.patients.assign(age=age))

    return edit


def with_liver_tests(factor: float) -> Edit:
    """AST up and platelets down by ``factor``: a higher FIB-4 (Sterling et al. 2006)."""

    def edit(rows: Rows, rng: np.random.Generator) -> Tables:
        labs = rows.plain.labs.copy()
        for test, times in (("ast", factor), ("platelets", 1.0 / factor)):
            hit = labs["test"].eq(test)
            labs.loc[hit, "value"] = [scaled_text(value, times, 1) for value in labs.loc[hit, "value"]]
        return replace(rows.messy, labs=labs)

    return edit


def _times(table: pd.DataFrame, times: int, rng: np.random.Generator) -> pd.DataFrame:
    whole = pd.concat([table.drop_duplicates("row")] * times, ignore_index=True)
    return whole.iloc[rng.permutation(len(whole))].reset_index(drop=True)


def _written(values: pd.Series, form: Form, rng: np.random.Generator) -> list[str]:
    luck = rng.random(len(values))
    return [form(value, float(u)) if value else value for value, u in zip(values, luck, strict=True)]


PROBES = (
    Probe(
        "spelling",
        anyone,
        (
            Variant("base", "", respelled(forms.same, forms.same)),
            Variant("case", "equal", respelled(forms.upper, forms.lower)),
            Variant("padded", "equal", respelled(forms.padded, worded)),
            Variant("words", "equal", respelled(forms.underscored, forms.composed(worded, forms.upper))),
        ),
    ),
    Probe(
        "units",
        measured,
        (
            Variant("base", "", charted(NEW_CHART, 1.0, 1.0)),
            Variant("imperial", "equal", charted(OLD_CHART, 1 / 2.54, 1 / 0.45359237)),
            Variant("imperial_lower", "equal", charted(OLD_CHART.lower(), 1 / 2.54, 1 / 0.45359237)),
        ),
    ),
    Probe(
        "lab_units",
        tested,
        (
            Variant("base", "", in_units(None)),
            Variant("molar", "equal", in_units({})),
            Variant("molar_upper", "equal", in_units(dict.fromkeys(MOLAR, forms.upper))),
        ),
    ),
    Probe(
        "date_form",
        ambiguous,
        (
            Variant("base", "", dated("central", forms.iso)),
            Variant("month_first", "equal", dated(CLINIC, forms.month_first)),
            Variant("month_named", "equal", dated(CLINIC, forms.month_named)),
        ),
    ),
    Probe(
        "sentinel",
        weighable,
        (
            Variant("base", "", unmeasured("")),
            Variant("nines", "equal", unmeasured("999")),
            Variant("unknown", "equal", unmeasured("unknown")),
        ),
    ),
    Probe(
        "lookahead",
        tested,
        (
            Variant("base", "", later()),
            Variant("labs_after", "equal", later(labs=True)),
            Variant("conditions_after", "equal", later(conditions=True)),
        ),
    ),
    Probe(
        "records",
        tested,
        (
            Variant("base", "", repeated()),
            Variant("labs_twice", "equal", repeated(labs=2)),
            Variant("conditions_twice", "equal", repeated(conditions=2)),
            Variant("other_order", "equal", repeated()),
        ),
    ),
    Probe(
        "names",
        written,
        (
            Variant("base", "", about(another=False)),
            Variant("another", "equal", about(another=True)),
            Variant("a_third", "equal", about(another=True)),
        ),
    ),
    Probe(
        "direction",
        adult,
        (
            Variant("base", "", aged(0)),
            Variant("older", "higher", aged(AGEING)),
            Variant("higher_fib4", "higher", with_liver_tests(ENZYMES)),
        ),
    ),
)
