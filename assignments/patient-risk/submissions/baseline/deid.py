"""Notes without the most common identifiers: python deid.py --input DIR --output FILE."""

import argparse
import re

import pandas as pd

PATTERNS = [
    r"[\w.]+@[\w.]+\w",
    r"https?://\S+",
    r"\(?\d{3}\)?[ -]\d{3}-\d{4}",
    r"\d{3}-\d{2}-\d{4}",
    r"\d{1,2}/\d{1,2}/\d{4}",
    r"\d{4}-\d{2}-\d{2}",
    r"\d{6,}",
    r"(?:Mr|Mrs|Ms)\. [A-Z]\w+",
]


def clean(text):
    """The text with [REMOVED] where a pattern matches."""
    for pattern in PATTERNS:
        text = re.sub(pattern, "[REMOVED]", text)
    return text


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--input", required=True)
    parser.add_argument("--output", required=True)
    args = parser.parse_args()
    notes = pd.read_csv(f"{args.input}/notes.csv", dtype=str, keep_default_na=False)
    notes["text"] = notes["text"].map(clean)
    notes[["note_id", "text"]].to_csv(args.output, index=False)


if __name__ == "__main__":
    main()
