"""The year -> the parts of an edition: half a year to learn from, months that arrived, days kept back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import probes
import recipe
import source
import tables
import world
from recipe import NATURAL, STRESSED, Exported
from tables import Tables

from harness.mess import stream

LEARNT = dict.fromkeys(range(1, 7), 4000)  # flights a month, all days
ARRIVED = dict.fromkeys(range(7, 11), 1500) | {11: 4000}  # a sample of the days that are not kept back
VALIDATION = dict.fromkeys(range(7, 11), 83) | dict.fromkeys((11, 12), 84)
HIDDEN = dict.fromkeys(range(7, 13), 1200)  # natural
STRESSED_FLIGHTS = {11: 2000, 12: 2000}
PUBLIC_DAYS = (1, 3, 5, 7)  # of July to November, the day of the month modulo 9
COVARIATE = 10  # from this month on: more regional airlines, more evenings, and an airline that is new
NEW_CARRIER = "VX"
REGIONAL = ("EV", "9E", "MQ", "YV", "OO")
CANARY, CANARIES = "canary", 3


@dataclass(frozen=True)
class Hidden:
    """All rows to predict, keyed by entity and a suffix; what each is for; the masks."""

    tables: Tables
    rows: pd.DataFrame  # key, role, entity, probe, variant, rule, label
    mask: pd.DataFrame


@dataclass(frozen=True)
class Parts:
    """One edition before its ids."""

    train: Exported
    validation: Exported
    labels: pd.Series  # of validation, bool by entity
    hidden: Hidden
    planes: pd.DataFrame


def build(seed: int) -> Parts:
    """Choose, live, mess up, pair."""
    truth = world.live(seed, _chosen(seed))
    by_part = {str(name): table.reset_index(drop=True) for name, table in truth.flights.groupby("part")}
    known = tables.clean(seed, "train", by_part["train"], known=True)
    checked = tables.clean(seed, "validation", by_part["validation"], known=False)
    return Parts(
        _with_canaries(seed, recipe.export(seed, "train", known, NATURAL)),
        recipe.export(seed, "validation", checked, NATURAL),
        by_part["validation"].set_index("entity")["late"],
        _hidden(seed, by_part["natural"], by_part["stressed"]),
        truth.planes,
    )


def _chosen(seed: int) -> pd.DataFrame:
    """Rows of the real year with ``part`` and ``entity``, none twice. Hidden flights are some that flew."""
    year = source.flights()
    weight = _weights(year)
    rng = stream(seed, "parts", "flights", "choice")
    shown = _shown_days(year)
    weight_hidden = weight * (~shown & year["flown"])
    found = []
    wanted = {
        "train": LEARNT | ARRIVED,
        "validation": VALIDATION,
        "natural": HIDDEN,
        "stressed": STRESSED_FLIGHTS,
    }
    for part, counts in wanted.items():
        for month, count in counts.items():
            every = weight * shown if part == "train" else weight_hidden
            chances = every.to_numpy() * year["month"].eq(month).to_numpy()
            able = np.flatnonzero(chances)
            chance = chances[able]
            taken = rng.choice(able, count, replace=False, p=chance / chance.sum())
            weight_hidden.iloc[taken] = 0.0
            found.append(pd.DataFrame({"at": taken, "part": part}))
    picks = pd.concat(found, ignore_index=True)
    chosen = year.iloc[picks["at"]].assign(part=picks["part"].to_numpy())
    return chosen.assign(entity=[f"f{number:05d}" for number in range(len(chosen))])


def _weights(year: pd.DataFrame) -> pd.Series:
    """The covariate drift: how likely a flight is to be drawn, against its neighbours of the month."""
    since = year["month"].ge(COVARIATE)
    tilt = 1.0 + 1.5 * year["carrier"].isin(REGIONAL) + 1.0 * year["hour"].ge(17)
    return pd.Series(np.where(since, tilt, 1.0), index=year.index) * (since | year["carrier"].ne(NEW_CARRIER))


def _shown_days(year: pd.DataFrame) -> pd.Series:
    """Days of which outcomes are public: all until June, four of nine until November, none in December.

    The same in every edition: a few stormy days decide how hard a set of days is.
    """
    some = year["month"].le(11) & (year["day"] % 9).isin(PUBLIC_DAYS)
    return year["month"].le(6) | some


def _with_canaries(seed: int, exported: Exported) -> Exported:
    """A few flights that never were: each cell of another flight. They identify the edition."""
    flights = exported.tables.flights
    rng = stream(seed, "train", "canaries", "draw")
    # what belongs together stays together: forms follow the system
    made = flights.iloc[rng.choice(len(flights), CANARIES, replace=False)].reset_index(drop=True)
    for name in ("tailnum", "inbound_delay", "dest", "flight"):
        made[name] = rng.choice(flights[name].to_numpy(dtype=object), CANARIES)
    made["entity"] = [f"{CANARY}{n}" for n in range(CANARIES)]
    added = pd.concat([flights, made], ignore_index=True)
    return Exported(Tables(added, exported.tables.weather), exported.mask)


def _hidden(seed: int, natural: pd.DataFrame, stressed: pd.DataFrame) -> Hidden:
    clean = tables.clean(seed, "natural", natural, known=False)
    harder = tables.clean(seed, "stressed", stressed, known=False)
    plain = recipe.export(seed, "natural", clean, NATURAL)
    heavy = recipe.export(seed, "stressed", harder, STRESSED)
    paired = probes.build(seed, clean, natural)
    everything = plain.tables.plus(heavy.tables, paired.tables)
    rows = pd.DataFrame({"key": everything.flights["entity"]})
    rows = rows.merge(paired.purposes, on="key", how="left", validate="one_to_one")
    rows["role"] = np.where(rows["key"].isin(stressed["entity"]), "stressed", "natural")
    rows.loc[rows["probe"].notna(), "role"] = "probe"
    rows["entity"] = rows["key"].str.partition("|")[0]
    rows[["probe", "variant", "rule"]] = rows[["probe", "variant", "rule"]].fillna("")
    late = pd.concat([natural, stressed]).set_index("entity")["late"]
    rows["label"] = rows["entity"].map(late).astype("int8")
    masks = [plain.mask, heavy.mask, paired.mask]
    return Hidden(everything, rows, pd.concat(masks, ignore_index=True))
