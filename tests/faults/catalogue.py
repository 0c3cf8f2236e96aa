"""Every case, by the modules that make them."""

from __future__ import annotations

from tests.faults import engine_cases, host_cases, kill_cases, mirror_cases, storage_cases
from tests.faults.case import Case

CASES: tuple[Case, ...] = (
    *engine_cases.cases(),
    *kill_cases.cases(),
    *(storage_cases.cases() if storage_cases.possible() else ()),
    *mirror_cases.cases(),
    *host_cases.cases(),
)
