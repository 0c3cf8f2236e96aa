"""The formats that machines read: a CI step's summary and JUnit XML."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped

from harness.report import figures

M = figures.MINUS
FolderOf = Callable[[Any], Path]


def test_a_criterion_below_half_of_its_value_fails_and_the_others_pass(
    poor: Any, folder_of: FolderOf
) -> None:
    results = _junit(poor, folder_of)
    failed = {name for name, kinds in results.items() if Failure in kinds}
    assert {name.split()[0] for name in failed} == {"A2", "A3", "B3", "C1", "E2"}
    assert len(results) == len(poor.card.lines)


def test_an_ungraded_criterion_is_an_error_and_never_a_failure(ungraded: Any, folder_of: FolderOf) -> None:
    results = _junit(ungraded, folder_of)
    assert results["A2 Score on stressed data"] == [Error]
    assert results["C1 Tests run and check something"] == [Skipped]
    assert results["E2 Claims match measurements"] == [Failure]


def test_the_counts_of_the_suite_are_those_of_its_cases(ungraded: Any, folder_of: FolderOf) -> None:
    suites = JUnitXml.fromfile(str(folder_of(ungraded) / "results/junit.xml"))
    assert (suites.tests, suites.failures, suites.errors, suites.skipped) == (7, 1, 1, 1)


def test_a_failure_says_the_points_the_reason_and_the_places(poor: Any, folder_of: FolderOf) -> None:
    text = (folder_of(poor) / "results/junit.xml").read_text(encoding="utf-8")
    assert 'message="6.25 of 25.00 points: 1 of 6 probes hold' in text
    assert "src/train.py:16: closure code" in text
    assert "time=" not in text


def test_the_summary_fits_one_screen_and_a_ci_step(poor: Any, folder_of: FolderOf) -> None:
    text = (folder_of(poor) / "results/summary.md").read_text(encoding="utf-8")
    assert text.startswith("# Telco churn: who is about to leave?: 35.22 of 100\n")
    assert "| A3 Messy-data probes | 6.25 | 25.00 | 1 of 6 probes hold" in text
    assert "**A person must look.** E2: the claim is 0.145 above" in text
    assert f"- **{M}18.75** A3 Messy-data probes" in text
    assert len(text.splitlines()) < 60
    assert len(text.encode()) < 2**20


def test_a_withheld_total_is_withheld_in_every_format(ungraded: Any, folder_of: FolderOf) -> None:
    text = (folder_of(ungraded) / "results/summary.md").read_text(encoding="utf-8")
    assert text.startswith("# Telco churn: who is about to leave?: total withheld\n")
    assert "of 100" not in text
    assert "| A2 Score on stressed data | not graded | 13.33 |" in text
    assert "| C1 Tests run and check something | left out | |" in text


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (71.25, "71.25"),
        (0.125, "0.13"),
        (2.675, "2.68"),
        (Decimal("-3.5"), f"{M}3.50"),
        (100, "100.00"),
    ],
)
def test_points_round_halves_up_from_the_decimal_that_was_meant(value: Any, shown: str) -> None:
    assert figures.number(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0, "0"), (5000.0, "5,000"), (0.8262433, "0.8262"), (0.00041, "0.00041"), (1.0, "1"),
        (12.50, "12.5"), (123456.7, "123,457"), (-0.25, f"{M}0.25"), (1e-9, f"1.000e{M}9"),
        (1e300, "1.000e+300"), (99999.5, "100,000"),
    ],
)  # fmt: skip
def test_a_measure_has_four_digits_that_mean_something(value: float, shown: str) -> None:
    assert figures.measure(value) == shown


def _junit(run: Any, folder_of: FolderOf) -> dict[str, list[type]]:
    suites = JUnitXml.fromfile(str(folder_of(run) / "results/junit.xml"))
    return {case.name: [type(r) for r in case.result] for suite in suites for case in suite}
