"""What a person reads after certifying several assignments."""

from __future__ import annotations

import io
from decimal import Decimal

from rich.console import Console

from harness.certificate import Certificate, Check, Control, Leaf
from harness.certify.page import page
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


def control(name: str, total: str | None, **values: float | None) -> Control:
    leaves = tuple(
        Leaf(
            id=leaf,
            title=f"about {leaf}",
            weight=5,
            value=value,
            verdict="graded",
            told=f"{leaf} of {name} <b>",
        )
        for leaf, value in values.items()
    )
    return Control(name=name, kind="naive", total=Decimal(total) if total else None, leaves=leaves)


def test_the_page_has_what_every_control_got_in_every_criterion_and_why() -> None:
    graded = (
        control("plain", "41.25", A1=0.4, D1=None),
        control("best", "95", A1=1.0),
        control("lost", None),
    )
    text = page(certificate(data=True).model_copy(update={"controls": graded}))
    assert text.index(">best<") < text.index(">plain<") < text.index(">lost<")
    assert 'class="s2" title="plain: A1 of plain &lt;b&gt;">0.40' in text
    assert 'class="s5" title="best: A1 of best &lt;b&gt;">1.00' in text
    assert "about D1" in text
    assert "<b> </b>" not in text
    assert "not judged" in text
    assert "<script" not in text


def test_the_page_of_a_certificate_without_controls_says_so() -> None:
    assert "No control was graded" in page(certificate(data=False))
