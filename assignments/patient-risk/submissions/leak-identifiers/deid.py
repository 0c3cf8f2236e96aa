"""Notes without identifiers: python deid.py --input DIR --output FILE."""

import argparse
import re

from tables import read

MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
PATTERNS = [
    r"[\w.]+@[\w.]+\w",
    r"https?://[\w./]+\w",
    r"\d+\.\d+\.\d+\.\d+",
    r"\w+\.jpg",
    r"\d{3}-\d{2}-\d{4}",
    r"\(?\d{3}\)?[ -]\d{3}-\d{4}",
    r"\d{1,2}/\d{1,2}/\d{4}",
    r"\d{4}-\d{2}-\d{2}",
    rf"{MONTH} \d+, \d{{4}}",
    rf"\d+ {MONTH} \d{{4}}",
    r"[A-Z]{2,}(?:-[A-Z]+)?-?\d{4,}",
    r"[A-Z]+-[A-Z]+-\d+",
    r"\d{6,}",
    r"\d+ [A-Z]\w+ (?:Road|Lane|Street|Way|Avenue)(?:, [A-Z]\w+ \d{5})?",
    r"9\d-year-old",
    r"(?:Mr|Mrs|Ms)\. [A-Z]\w+",
    r"[A-Z][a-z]+, [A-Z][a-z]+",
    r"(?<!-)\b[A-Z][a-z]+ [A-Z][a-z]+",
]


def clean(text):
    """The text with [REMOVED] where a pattern matches."""
    for pattern in PATTERNS:
        text = re.sub(pattern, "[REMOVED]", text)
    return text


def main(argv=None):
    parser = argparse.ArgumentParser()
    parser.add_argument("--input", required=True)
    parser.add_argument("--output", required=True)
    args = parser.parse_args(argv)
    notes = read(args.input, "notes")
    notes["text"] = notes["text"].map(clean)
    notes[["note_id", "text"]].to_csv(args.output, index=False)


if __name__ == "__main__":
    main()
