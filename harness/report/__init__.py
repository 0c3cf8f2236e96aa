"""Scorecard + Evidence -> the pages that people and CI read. Same card, same bytes."""

from __future__ import annotations

from pathlib import Path

from harness.model import Assignment, Evidence, Scorecard
from harness.store import write_text

__all__ = ["render"]


def render(card: Scorecard, evidence: Evidence, assignment: Assignment, into: Path) -> tuple[Path, ...]:
    """Write ``report.html``, ``results/summary.md`` and ``results/junit.xml`` below ``into``; their paths.

    Each file is replaced whole. Nothing depends on the clock, the machine or ``into``.

    Raises:
        ValueError: the card, the evidence and the assignment are not of one run.
    """
    from harness.report.junit import junit
    from harness.report.page import page
    from harness.report.summary import summary
    from harness.report.view import view

    told = view(card, evidence, assignment)
    pages = {"report.html": page(told), "results/summary.md": summary(told), "results/junit.xml": junit(told)}
    for name, text in pages.items():
        write_text(into / name, text)
    return tuple(into / name for name in pages)
