"""documents.json: what a README says, sentence by sentence, and what was planted for it to name."""

from __future__ import annotations

from typing import Any

from harness.model import (
    Fault,
    Issue,
    Issues,
    OpenQuestion,
)

# what the good case's README names, and leaves nothing out of
ISSUES = Issues(
    issues=(
        Issue(name="cents", kind=Fault.UNITS, about=("monthly_charges", "legacy")),
        Issue(name="closure code", kind=Fault.LEAK, about=("closure_code",)),
    ),
    clean=("partner", "dependents"),
    slices=("contract", "month to month", "two year"),
    open=(OpenQuestion(name="capacity", about=("call*",), says=("how many",)),),
)


def document(path: str, *statements: str, kind: str = "readme", **changes: Any) -> dict[str, Any]:
    """One entry of documents.json: a heading, and what is said below it, a line each."""
    said = [
        {"text": text, "line": n + 3, "cell": None, "section": "Churn"} for n, text in enumerate(statements)
    ]
    found: dict[str, Any] = {
        "path": path,
        "kind": kind,
        "problem": None,
        "truncated": False,
        "links": [],
        "code": [],
    }
    heading = {"level": 1, "text": "Churn", "line": 1, "cell": None}
    return found | {"headings": [heading], "statements": said} | changes


GOOD_README = (
    "The retention desk decides with it whom to call; it is not for setting prices.",
    "It was trained on 6,000 customers of one export, second accounts of a customer left out.",
    "The AUC is .83 for contract month to month.",
    "The AUC is .71 for contract two year.",
    "A limit: it cannot tell why somebody leaves, and nothing is known of business customers.",
    "We would watch the share of unknown spellings each month and retrain when the AUC falls.",
    "The figures are in metrics.json.",
    "monthly_charges: LEGACY counts in cents, so they are divided by a hundred.",
    "closure_code is known only after an account is closed, so it is no feature.",
    "Nobody said how many calls the desk can make; I assumed 150 a week.",
)


def documents(
    *found: dict[str, Any], paths: tuple[str, ...] = ("README.md", "metrics.json")
) -> dict[str, Any]:
    """documents.json: a README with nothing wrong in it, unless told otherwise."""
    return {"documents": list(found) or [document("README.md", *GOOD_README)], "paths": list(paths)}
