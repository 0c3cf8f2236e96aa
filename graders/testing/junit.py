"""junit.xml -> what the candidate's test run claims. Never more than a claim; garbage is no claim."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree

from harness.errors import SubmissionError
from harness.model import Evidence

FILE = "junit.xml"
MAX_BYTES = 8 * 2**20
MAX_CASES = 20_000
NOT_GREEN = frozenset({"failure", "error", "skipped"})  # xfail is written as skipped


@dataclass(frozen=True)
class Claim:
    """Test functions, each with all of its parametrised cases: passed only if every case did."""

    passed: frozenset[str]
    other: dict[str, str]  # function -> failure, error or skipped
    cases: int

    @property
    def functions(self) -> int:
        """How many test functions the run says it had."""
        return len(self.passed) + len(self.other)


def read(evidence: Evidence, stage: str) -> Claim | None:
    """The claim, or None when the file is absent, too large, or not a JUnit report."""
    try:
        data = evidence.file(stage, FILE, max_bytes=MAX_BYTES).read_bytes()
    except SubmissionError:
        return None
    return parse(data)


def parse(data: bytes) -> Claim | None:
    """Strict: UTF-8, no DTD, entity, CDATA or comment (pytest writes none), a bounded number of cases."""
    try:
        text = data.decode("utf-8-sig")
        if "<!" in text or len(data) > MAX_BYTES:
            return None
        root = ElementTree.fromstring(text)  # noqa: S314 - without "<!" there is no DTD, hence no entity to expand
    except (UnicodeDecodeError, ElementTree.ParseError, ValueError, RecursionError):
        return None
    if root.tag not in ("testsuites", "testsuite"):
        return None
    functions: dict[str, str] = {}
    cases = 0
    for case in root.iter("testcase"):
        cases += 1
        if cases > MAX_CASES:
            return None
        name = f"{case.get('classname', '')}::{case.get('name', '').partition('[')[0]}"
        state = next((child.tag for child in case if child.tag in NOT_GREEN), "")
        functions[name] = _worse(functions.get(name, ""), state)
    other = {name: state for name, state in functions.items() if state}
    return Claim(frozenset(functions) - frozenset(other), other, cases)


def _worse(one: str, other: str) -> str:
    order = ("", "skipped", "failure", "error")
    return max(one, other, key=order.index)
