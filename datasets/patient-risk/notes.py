"""Patients -> free-text intake notes: how they manage at home, what was found, and who they are.

A note is written twice over: what it says of the patient's health comes from the patient, the identifiers
from a person who is made up for this part. So the same note can be given another name (the probe `names`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
import phi
from phi import Identifier, Person

from harness.mess import people

SHARE = 0.8  # of the patients have a note
OLDEST_TOLD = 89
WITH_KIN = 0.3
PUBLIC_FINDINGS = 0.7  # of FINDINGS are met in public notes: a list of what may stay is no way out
# one item of daily life: how it is told when it goes badly, and when it goes well
DAILY_LIFE = (
    (
        ("short of breath on one flight of stairs", "breathless on stairs"),
        ("climbs stairs easily", "stairs are no trouble"),
    ),
    (
        ("has lost weight without trying", "clothes have become loose"),
        ("weight is steady", "weight unchanged"),
    ),
    (("walks with a frame", "housebound"), ("walks a mile a day", "cycles to work")),
    (("two falls last winter", "fell again in the kitchen"), ("no falls", "steady on the feet")),
    (
        ("needs help with bathing", "daughter does the shopping"),
        ("independent at home", "does the garden alone"),
    ),
    (("poor appetite", "eats little"), ("eats well", "good appetite")),
)
ITEMS_TOLD = 4
# what must survive: some of it looks like a name, a date or a number of a person
FINDINGS = (
    *(
        "Parkinson disease in the family",
        "3/6 systolic murmur",
        "metformin 500 mg twice daily",
        "Child-Pugh A",
    ),
    *(
        "diabetes since 2009",
        "blood pressure 142/88",
        "A1c 7.2 %",
        "Wilson disease was ruled out",
        "ICD-10 K76.0",
    ),
    *(
        "aspirin 81 mg daily",
        "cholecystectomy in 1998",
        "type 2 diabetes",
        "no ascites",
        "Barrett esophagus, stable",
    ),
    *("pain 4/10 after meals", "steatosis on ultrasound", "15 pack-years", "ejection fraction 55 %"),
    # hidden notes only
    *("Graves disease in 2004", "Hashimoto thyroiditis", "lisinopril 10 mg", "blood pressure 128/76"),
    *("hepatitis B surface antigen negative", "CHA2DS2-VASc 3", "atorvastatin 40 mg at night"),
)
LEADS = ("{who}, {age}, seen {day}.", "{day}: {who}, {age}.", "Seen {day}. {age}: {who}.")


@dataclass(frozen=True)
class Note:
    """A text, the identifiers planted in it, and the clinical phrases it says."""

    text: str
    identifiers: tuple[Identifier, ...]
    clinical: tuple[str, ...]


def told(patients: pd.DataFrame, health: np.random.Generator, *, public: bool) -> pd.DataFrame:
    """Who has a note and what it says of their health: entity, days, clinical (a tuple of phrases)."""
    having = patients[health.random(len(patients)) < SHARE]
    badly = 1.0 / (1.0 + np.exp(0.4 - 1.5 * having["frailty"].to_numpy()))
    clinical = [_clinical(health, chance, public=public) for chance in badly]
    days = -health.integers(0, 60, len(having))
    return pd.DataFrame({"entity": having["entity"].to_numpy(), "days": days, "clinical": clinical})


def _clinical(rng: np.random.Generator, badly: float, *, public: bool) -> tuple[str, ...]:
    items = rng.permutation(len(DAILY_LIFE))[:ITEMS_TOLD]
    daily = [str(rng.choice(DAILY_LIFE[item][0 if rng.random() < badly else 1])) for item in items]
    known = FINDINGS[: int(len(FINDINGS) * PUBLIC_FINDINGS)] if public else FINDINGS
    found = [known[at] for at in rng.permutation(len(known))[: rng.integers(1, 4)]]
    return (*daily, *found)


def write(
    clinical: tuple[str, ...], age: int, day: pd.Timestamp, rng: np.random.Generator, *, public: bool
) -> Note:
    """The note in words, with a made-up person in it; drawn again when an identifier is also a finding."""
    while True:
        note = _write(clinical, age, day, rng, phi.person(rng, public=public))
        if all(_is_alone(found, note) for found in note.identifiers):
            return note


def about_another(
    text: str, planted: tuple[Identifier, ...], rng: np.random.Generator
) -> tuple[str, tuple[Identifier, ...]]:
    """The same note, sentence by sentence, about somebody of other names and numbers."""
    last = {found.parts[-1] for found in planted if found.type == "name"}
    first = {part for found in planted if found.type == "name" for part in found.parts[:-1]}
    who = phi.person(rng, public=False)
    names = {old: str(rng.choice(people.FIRST)) for old in sorted(first)} | dict.fromkeys(last, who.last)
    fresh = tuple(phi.renamed(found, names, rng) for found in planted)
    instead = {old.text: new.text for old, new in zip(planted, fresh, strict=True)}
    # in one pass, the longest first: a new name may be the old name of somebody else in the note
    anywhere = "|".join(re.escape(old) for old in sorted(instead, key=len, reverse=True))
    return re.sub(anywhere, lambda hit: instead[hit[0]], text), fresh


def _write(
    clinical: tuple[str, ...], age: int, day: pd.Timestamp, rng: np.random.Generator, who: Person
) -> Note:
    seen, named = phi.date(rng, day), phi.name(rng, who)
    planted = [seen, named] + ([phi.age_over_89(age)] if age > OLDEST_TOLD else [])
    lead = LEADS[int(rng.integers(len(LEADS)))].format(who=named.text, age=f"{age}-year-old", day=seen.text)
    sentences = [text[0].upper() + text[1:] + "." for text in clinical]
    for kind in rng.permutation(sorted(phi.SENTENCES))[: int(rng.integers(1, 4))].tolist():
        later = day + pd.Timedelta(days=int(rng.integers(20, 200)))
        found = phi.date(rng, later) if kind == "date" else phi.coded(rng, kind)
        planted.append(found)
        sentences.append(phi.SENTENCES[kind][int(rng.integers(2))].format(found.text))
    if rng.random() < WITH_KIN:
        near = Person(str(rng.choice(people.FIRST)), who.last)
        planted.append(Identifier("name", f"{near.first} {near.last}", (near.first, near.last)))
        sentences.append(f"Next of kin {near.first} {near.last} was present.")
    body = " ".join(sentences[at] for at in rng.permutation(len(sentences)))
    return Note(f"{lead} {body}", tuple(planted), clinical)


def _is_alone(found: Identifier, note: Note) -> bool:
    """No part of it is a word of the findings: what removes it removes no finding."""
    told = _words(" ".join(note.clinical))
    return not any(_words(part) in told for part in found.parts)


def _words(text: str) -> str:
    return " " + " ".join(re.findall(r"\w+", text.casefold())) + " "
