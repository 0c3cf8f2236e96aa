"""A seed -> people who do not exist, with the identifiers of HIPAA Safe Harbor; none can be anybody's.

Reserved ranges throughout: 555-01xx numbers, example.org, SSNs that begin with 666, documentation networks.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from harness.mess.draws import Rate, Where
from harness.mess.recipe import Step
from harness.mess.sheet import Edit, Effect

FIRST = [
    "Almira", "Berit", "Cosmin", "Delphine", "Edvin", "Fenna", "Gaspard", "Hedda", "Ilmari", "Jorunn",
    "Kasimir", "Lovisa", "Meinhard", "Nerys", "Oswin", "Perpetua", "Quillon", "Rosalva", "Severin",
    "Tamsin", "Ulrika", "Valdemar", "Wendeline", "Xandra", "Ysolde", "Zebulon", "Aurelio", "Brunhild",
    "Cyprian", "Dagny",
]  # fmt: skip
LAST = [
    "Abernoth", "Brackwell", "Castelmoor", "Dunmarrow", "Ellingrath", "Farrowby", "Gildersten",
    "Hathermond", "Ingleforth", "Jesterwick", "Kelmarsh", "Lindqvar", "Morrowden", "Netherby", "Oakenfell",
    "Pellingham", "Quarrington", "Ravensholt", "Silverlake", "Thistlewood", "Underbank", "Vexley",
    "Wetherstone", "Yarrowdale", "Zellwegen", "Ashgrove", "Birkensund", "Cragmore", "Drumlane", "Eastvold",
]  # fmt: skip
STREETS = ["Lanternfish Road", "Copperkettle Lane", "Mothwing Street", "Harbinger Way", "Saltglass Avenue"]
MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
]  # fmt: skip
SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
Make = Callable[[np.random.Generator], str]


def _digits(rng: np.random.Generator, count: int) -> str:
    return "".join(str(n) for n in rng.integers(0, 10, count))


def _letters(rng: np.random.Generator, count: int) -> str:
    return "".join(SIGNS[n] for n in rng.integers(0, len(SIGNS), count))


def _of(rng: np.random.Generator, words: list[str]) -> str:
    return words[int(rng.integers(len(words)))]


def name(rng: np.random.Generator) -> str:
    """First name, initial, last name."""
    return f"{_of(rng, FIRST)} {_letters(rng, 1)}. {_of(rng, LAST)}"


def phone(rng: np.random.Generator) -> str:
    """An American number of the range kept for fiction."""
    return f"({rng.integers(201, 990)}) 555-01{_digits(rng, 2)}"


# the 18 identifier types of 45 CFR 164.514(b)(2)(i), A to R, and a sentence for a note
KINDS: dict[str, tuple[Make, str]] = {
    "name": (name, "Seen with {}."),
    "address": (
        lambda r: f"{r.integers(10, 9900)} {_of(r, STREETS)}, Fernhollow {_digits(r, 5)}",
        "Lives at {}.",
    ),
    "date": (
        lambda r: f"{_of(r, MONTHS)} {r.integers(1, 29)}, {r.integers(1990, 2020)}",
        "Last admitted on {}.",
    ),
    "phone": (phone, "Call back on {}."),
    "fax": (phone, "Results by fax to {}."),
    "email": (
        lambda r: f"{_of(r, FIRST)}.{_of(r, LAST)}{_digits(r, 3)}@example.org".lower(),
        "Write to {}.",
    ),
    "ssn": (lambda r: f"666-{_digits(r, 2)}-{_digits(r, 4)}", "SSN {}."),
    "mrn": (lambda r: f"MRN {_digits(r, 8)}", "Chart {}."),
    "health plan": (lambda r: f"HP-{_letters(r, 3)}{_digits(r, 7)}", "Insured under {}."),
    "account": (lambda r: f"ACCT-{_digits(r, 9)}", "Bill to {}."),
    "licence": (lambda r: f"LIC-{_letters(r, 2)}{_digits(r, 6)}", "Identified by licence {}."),
    "vehicle": (lambda r: f"{_letters(r, 3)}-{_digits(r, 4)}", "Came by car, plate {}."),
    "device": (lambda r: f"SN{_letters(r, 2)}{_digits(r, 8)}", "Pump serial {}."),
    "url": (lambda r: f"https://portal.example.org/p/{_letters(r, 8).lower()}", "Portal {}."),
    "ip": (lambda r: f"203.0.113.{r.integers(1, 255)}", "Logged in from {}."),
    "biometric": (lambda r: f"FP-{_letters(r, 4)}-{_digits(r, 6)}", "Fingerprint template {}."),
    "photo": (lambda r: f"IMG_{_digits(r, 8)}.jpg", "Photograph {} on file."),
    "code": (lambda r: f"STUDY-{_letters(r, 3)}-{_digits(r, 4)}", "Enrolled as {}."),
}


def identifiers(
    column: str, kind: str, rate: Rate, *, sentence: str = "", where: Where | None = None
) -> Step:
    """A sentence with an identifier of ``kind`` (a key of KINDS) after the text that stands there.

    The mask has a CELL line, and a PLANTED line whose ``new`` is the identifier alone.
    """

    def do(edit: Edit) -> None:
        if kind not in KINDS:
            edit.refuse(f"no identifier is called {kind!r} (there are: {', '.join(KINDS)})")
        make, usual = KINDS[kind]
        rows, seeds = edit.hits(rate, where), edit.rng.integers(0, 2**32, len(edit.sheet))
        planted = [make(np.random.default_rng(int(seeds[row]))) for row in rows]
        texts = zip(edit.texts()[rows], planted, strict=True)
        new = [f"{old} {(sentence or usual).format(item)}".strip() for old, item in texts]
        edit.change(rows, new)
        edit.note(Effect.PLANTED, rows, column, [""] * len(rows), planted)

    return Step(f"pii {kind}", column, do)


def swapped(column: str, value: Make, rate: Rate = 1.0, *, name: str = "pii swap") -> Step:
    """Another fake person's identifier in a column of such: the answer must not move."""

    def do(edit: Edit) -> None:
        rows, seeds = edit.hits(rate), edit.rng.integers(0, 2**32, len(edit.sheet))
        edit.change(rows, [value(np.random.default_rng(int(seeds[row]))) for row in rows])

    return Step(name, column, do)
