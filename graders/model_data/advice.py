"""The name of a probe -> what would fix it, in words of the skill and never of the hidden rows."""

from __future__ import annotations

# the first line whose word is part of the probe's name
WORDS = (
    (
        ("spell", "case", "typo", "white", "unicode"),
        "bring spellings of a category to one form before encoding",
    ),
    (("unit", "cents", "currency"), "find the unit of each value and bring quantities to one unit"),
    (("comma", "decimal", "locale", "thousand", "number"), "parse numbers in every notation the data uses"),
    (("date", "month", "time"), "parse dates in every format the data uses"),
    (("sentinel", "missing", "null", "nan"), "treat every code for 'not known' as missing, in one way"),
    (("leak", "closure", "after", "outcome"), "leave out what is filled in only after the outcome is known"),
    (
        ("unseen", "unknown", "categor", "new"),
        "let categories not seen in training fall back to a sane default",
    ),
    (("column",), "select columns by name, and do not depend on their number or order"),
    (
        ("record", "duplicate", "dup", "join"),
        "drop repeated records, and aggregate so that their order changes nothing",
    ),
    (("ids", "identifier"), "identifiers carry no information: do not let the model see them"),
)
BY_RULE = {
    "equal": "the same facts written another way should get the same prediction: normalise the form first",
    "higher": "check the sign of what the model learned against what the business knows",
    "lower": "check the sign of what the model learned against what the business knows",
    "finite": "every row needs an answer, also the odd ones",
}


def fix(probe: str, rule: str) -> str:
    """One sentence."""
    if rule == "equal":
        for words, sentence in WORDS:
            if any(word in probe.lower() for word in words):
                return sentence
    return BY_RULE[rule]
