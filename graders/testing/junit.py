"""junit.xml -> what the candidate's test run claims. Never more than a claim; garbage is no claim."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree

from harness.errors import SubmissionError
from harness.model import Evidence

FILE = "junit.xml"
MAX_BYTES = 8 * 2**20
MAX_CASES = 20_000
MAX_DEPTH = 12  # testsuites, testsuite, testcase, failure; pytest nests no deeper
ROOTS = frozenset({"testsuites", "testsuite"})
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
        target = _Cases()
        parser = ElementTree.XMLParser(target=target)  # noqa: S314 - without "<!" there is no entity to expand
        parser.feed(text)
        parser.close()
    except (UnicodeDecodeError, ElementTree.ParseError, ValueError):
        return None
    functions: dict[str, str] = {}
    for name, state in target.seen:
        functions[name] = _worse(functions.get(name, ""), state)
    other = {name: state for name, state in functions.items() if state}
    return Claim(frozenset(functions) - frozenset(other), other, len(target.seen))


class _Cases:
    """A target of the parser: takes the cases down as they pass and builds no tree, so memory stays flat."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str]] = []  # class::function and state
        self._path: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins.

        Raises:
            ValueError: another document, or one that is deeper or has more cases than any test run.
        """
        if (not self._path and tag not in ROOTS) or len(self._path) >= MAX_DEPTH:
            raise ValueError("not a report of tests")
        if tag == "testcase":
            if len(self.seen) >= MAX_CASES:
                raise ValueError("too many cases")
            name = attributes.get("name", "").partition("[")[0]
            self.seen.append((f"{attributes.get('classname', '')}::{name}", ""))
        elif tag in NOT_GREEN and self._path[-1] == "testcase":
            name, state = self.seen[-1]
            self.seen[-1] = (name, state or tag)
        self._path.append(tag)

    def end(self, tag: str) -> None:
        """An element ends."""
        self._path.pop()


def _worse(one: str, other: str) -> str:
    order = ("", "skipped", "failure", "error")
    return max(one, other, key=order.index)
