"""What a person reads after certifying several assignments."""

from __future__ import annotations

import io

from rich.console import Console

from harness.certificate import Certificate, Check
from harness.certify.show import Tried, show_overview


def certificate(**passed: bool) -> Certificate:
    checks = tuple(Check(name=name, passed=held, told="") for name, held in passed.items())
    return Certificate(
        assignment="a", version=1, edition="a-1", made="2026-01-01", parts={}, images={}, checks=checks
    )


def test_each_assignment_has_a_line_with_its_minutes_and_what_fails() -> None:
    out = io.StringIO()
    tried = [
        Tried("telco-churn", 660.0, certificate(data=True, order=True)),
        Tried("card-fraud", 90.0, certificate(data=True, difficulty=False)),
        Tried("spoilt", 1.0, None),
    ]
    show_overview(Console(file=out, width=80), tried)
    lines = [" ".join(line.split()) for line in out.getvalue().splitlines()]
    assert lines == [
        "assignment minutes controls fails",
        "telco-churn fit 11.0 0",
        "card-fraud not fit 1.5 0 difficulty",
        "spoilt not fit 0.0 a file is wrong",
    ]
