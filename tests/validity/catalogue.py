"""Every case, by what is broken."""

from __future__ import annotations

from tests.validity import code_cases, data_cases, deployment_cases, neutral_cases, prose_cases, tests_cases
from tests.validity.case import Case

CASES: tuple[Case, ...] = (
    *data_cases.CASES,
    *code_cases.CASES,
    *tests_cases.CASES,
    *deployment_cases.CASES,
    *prose_cases.CASES,
    *neutral_cases.CASES,
)
