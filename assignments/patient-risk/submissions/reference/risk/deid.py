"""Notes without identifiers: python -m risk.deid --input DIR --output FILE.

Patterns for the 18 identifier types of the Safe Harbor method (45 CFR 164.514(b)(2)). Findings stay: eponyms, doses,
blood pressures, years, ages below 90. Rather a word too many is removed than a name left; the tests say what must stay.
"""

from __future__ import annotations

import argparse
import logging
import re
from pathlib import Path

from risk.reading import read_table

log = logging.getLogger(__name__)

MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
CAPITAL = r"[A-Z][a-z]+(?:-[A-Z][a-z]+)?"
# in this order: what is longer and surer first, names last
PATTERNS: tuple[tuple[str, str], ...] = (
    ("EMAIL", r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    ("URL", r"(?:https?://|www\.)\S+?(?=[.,;]?(?:\s|$))"),
    ("IP", r"\b\d{1,3}(?:\.\d{1,3}){3}\b"),
    ("PHOTO", r"\b\w+\.(?:jpe?g|png|gif|tiff?)\b"),
    ("SSN", r"\b\d{3}-\d{2}-\d{4}\b"),
    ("PHONE", r"(?:\(\d{3}\) ?|\b\d{3}[-. ])\d{3}[-. ]\d{4}\b"),
    ("CODE", r"\b[A-Z]{2,}(?:[-_ ]?[A-Z]{2,})*[-_ ]?\d{4,}\b"),
    ("NUMBER", r"\b\d{6,}\b"),
    ("DATE", r"\b\d{1,2}/\d{1,2}/\d{4}\b"),
    ("DATE", r"\b\d{4}-\d{2}-\d{2}\b"),
    ("DATE", rf"\b{MONTH} \d{{1,2}}(?:, \d{{4}})?\b"),
    ("DATE", rf"\b\d{{1,2}} {MONTH}(?: \d{{4}})?\b"),
    ("AGE", r"\b(?:9\d|1[01]\d)-year-old\b"),
    ("ADDRESS", rf"\b\d+ {CAPITAL} (?:Road|Lane|Street|Way|Avenue|Drive|Court)(?:, {CAPITAL}(?: {CAPITAL})*)?(?: \d{{5}})?"),
    ("ZIP", r"\b\d{5}\b"),
    ("NAME", rf"\b(?:Mr|Mrs|Ms|Dr)\. {CAPITAL}(?: {CAPITAL})*"),
    ("NAME", rf"\b{CAPITAL}, {CAPITAL}\b"),
    ("NAME", rf"(?<![-\w]){CAPITAL}(?: {CAPITAL})+\b"),
    ("NAME", r"\b[A-Z]{3,} [A-Z]{3,}\b"),
)
COMPILED = tuple((f"[{label}]", re.compile(pattern)) for label, pattern in PATTERNS)


def without_identifiers(text: str) -> str:
    """The text with a label in the place of everything that looks like an identifier."""
    for label, pattern in COMPILED:
        text = pattern.sub(label, text)
    return text


def main(argv: list[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Write notes without identifiers.")
    parser.add_argument("--input", type=Path, required=True, help="a folder with notes.csv")
    parser.add_argument("--output", type=Path, required=True, help="the CSV file to write: note_id,text")
    args = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    notes = read_table(args.input, "notes")[["note_id", "text"]]
    notes["text"] = notes["text"].map(without_identifiers)
    notes.to_csv(args.output, index=False)
    log.info("%d notes written", len(notes))


if __name__ == "__main__":
    main()
