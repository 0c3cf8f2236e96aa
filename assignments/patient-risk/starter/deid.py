"""Remove identifiers from notes: python deid.py --input DIR --output FILE."""

import argparse
import re
from pathlib import Path

import pandas as pd


def without_identifiers(text):
    """One type of eighteen, to begin with."""
    return re.sub(r"\d{3}-\d{2}-\d{4}", "[SSN]", text)


def deid(folder, output):
    """Write `note_id,text` for every note of ``folder``."""
    notes = pd.read_csv(Path(folder) / "notes.csv", dtype=str, keep_default_na=False)
    notes["text"] = notes["text"].map(without_identifiers)
    notes[["note_id", "text"]].to_csv(output, index=False)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--input", required=True)
    parser.add_argument("--output", required=True)
    args = parser.parse_args()
    deid(args.input, args.output)
