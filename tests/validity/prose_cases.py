"""Planted in what is written for people: what E1, E3, E4 and E5 must see."""

from __future__ import annotations

from tests.validity.case import Case
from tests.validity.edits import both, every, remove, sub, write

ON = "delay-drift/reference"

CASES = (
    Case(
        "issues-not-named",
        ON,
        both(
            write(
                "README.md",
                "# Delays\n\nHow it runs: see `submission.toml`. It predicts how likely a flight is to be late.\n\n## Use\n\nTrain, then predict.\n",
            ),
            remove("ASSUMPTIONS.md"),
        ),
        falls=("E3",),
        may=("E1", "E4", "E5", "E2"),
    ),
    Case(
        "issues-invented",
        ON,
        sub(
            "README.md",
            r"\A(# [^\n]*\n)",
            r"\1\nThe flight number is duplicated in a tenth of the rows. The distance has outliers. The origin is missing in many rows. The destination has mojibake. The seats are in other units in March.\n",
        ),
        falls=("E3",),
        may=("E5",),
    ),
    # another's README says most of what a card does, which is as good
    Case(
        "no-model-card",
        "serve-model/reference",
        remove("MODEL_CARD.md"),
        falls=("E4",),
        may=("E3", "E5", "A7", "D4"),
    ),
    Case(
        "links-that-lead-nowhere",
        ON,
        sub(
            "README.md",
            r"\A(# [^\n]*\n)",
            r"\1\nSee [the plan](docs/plan.md), [the figures](reports/figures.png), [the log](logs/training.txt) and [the notes](notes/2024.md).\n",
        ),
        falls=("E5",),
        may=("E4",),
    ),
    Case(
        "commands-that-fail",
        ON,
        every("README.md", lambda text: text.replace("python -m ", "python -m src_old.")),
        falls=("E1",),
        may=("E4", "E5"),
    ),
)
