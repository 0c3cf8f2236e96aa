"""The 18 identifier types of the Safe Harbor method (45 CFR 164.514(b)(2)) as they stand in a note.

The identifiers are those of `harness.mess.people`: made up, from ranges that are nobody's. Each comes with
the parts of it that must be gone afterwards: "03/14" of 03/14/2017, because the rule lets the year stay.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from harness.mess import people

TITLES = ("Mr.", "Mrs.", "Ms.")
PUBLIC_SHARE = 0.7  # of first and last names: the rest is met among hidden notes only
# what a note says before an identifier of a type: two ways, of which a public note knows both
SENTENCES = {
    "address": ("Lives at {}.", "Address: {}."),
    "date": ("Next visit {}.", "Back on {}."),
    "phone": ("Call {} with results.", "Phone {}."),
    "fax": ("Fax to {}.", "Pharmacy fax {}."),
    "email": ("Prefers e-mail: {}.", "Write to {}."),
    "ssn": ("SSN {}.", "Social security {}."),
    "mrn": ("{} reviewed.", "Chart {}."),
    "health plan": ("Health plan member {}.", "Insured under {}."),
    "account": ("Billing account {}.", "Bill to {}."),
    "licence": ("Identified by license {}.", "Driver's license {} seen."),
    "vehicle": ("Parks with plate {}.", "Plate {}."),
    "device": ("Pacemaker {} checked.", "Pump serial {}."),
    "url": ("Portal page {}.", "See {}."),
    "ip": ("Booked online from {}.", "Logged in from {}."),
    "biometric": ("Fingerprint {} on file.", "Fingerprint template {}."),
    "photo": ("Face photo {} attached.", "Photograph {}."),
    "code": ("Study participant {}.", "Enrolled as {}."),
}


@dataclass(frozen=True)
class Identifier:
    """One planted identifier; ``parts`` must not stand in the text any more."""

    type: str
    text: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Person:
    """Who a note is about."""

    first: str
    last: str


def person(rng: np.random.Generator, *, public: bool) -> Person:
    """A made-up name; a public note draws from the first PUBLIC_SHARE of the lists."""
    share = PUBLIC_SHARE if public else 1.0
    first, last = (names[int(rng.integers(int(len(names) * share)))] for names in (people.FIRST, people.LAST))
    return Person(first, last)


def name(rng: np.random.Generator, who: Person) -> Identifier:
    """In full, last name first, in capitals, or with a title."""
    forms = (
        (f"{who.first} {who.last}", (who.first, who.last)),
        (f"{who.last}, {who.first}", (who.first, who.last)),
        (f"{who.first} {who.last}".upper(), (who.first, who.last)),
        (f"{TITLES[int(rng.integers(len(TITLES)))]} {who.last}", (who.last,)),
    )
    text, parts = forms[int(rng.choice(4, p=(0.55, 0.15, 0.1, 0.2)))]
    return Identifier("name", text, parts)


def renamed(found: Identifier, names: dict[str, str], rng: np.random.Generator) -> Identifier:
    """The same identifier of somebody else, in the same form; ``names``: old name -> new. Dates stay."""
    if found.type == "date":
        return found
    if found.type != "name":
        return coded(rng, found.type)
    text = found.text.title() if found.text.isupper() else found.text
    for old in found.parts:
        text = text.replace(old, names[old])
    parts = tuple(names[old] for old in found.parts)
    return Identifier("name", text.upper() if found.text.isupper() else text, parts)


def date(rng: np.random.Generator, day: pd.Timestamp) -> Identifier:
    """A day in one of four forms; its year may stay, its month may not."""
    month = people.MONTHS[day.month - 1]
    forms = (
        (f"{day:%m/%d/%Y}", (f"{day:%m/%d}",)),
        (f"{day:%Y-%m-%d}", (f"{day:%m-%d}",)),
        (f"{month} {day.day}, {day.year}", (f"{month} {day.day}", month)),
        (f"{day.day} {month} {day.year}", (f"{day.day} {month}", month)),
    )
    text, parts = forms[int(rng.choice(4, p=(0.4, 0.25, 0.2, 0.15)))]
    return Identifier("date", text, parts)


def age_over_89(age: int) -> Identifier:
    """Ages over 89 are identifiers of the type date."""
    text = f"{age}-year-old"
    return Identifier("date", text, (text, str(age)))


def coded(rng: np.random.Generator, kind: str) -> Identifier:
    """Any type but name and date."""
    make, _ = people.KINDS[kind]
    text = make(rng)
    if kind in ("phone", "fax") and rng.random() < 0.5:
        text = text.replace("(", "").replace(") ", "-")
    return Identifier(kind, text, _parts(kind, text))


def _parts(kind: str, text: str) -> tuple[str, ...]:
    if kind == "address":
        street, _, rest = text.partition(", ")
        return (street, *rest.rsplit(" ", 1))
    if kind in ("phone", "fax"):
        return (text, text[-8:])  # without its area code it still rings
    if kind == "mrn":
        return (text.rpartition(" ")[2],)
    if kind in ("url", "photo"):
        return (text, text.rpartition("/")[2].partition(".")[0])
    return (text,)
