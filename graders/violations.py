"""What can be wrong with a predictions file: one name each, in words that say what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from harness.errors import SubmissionError
from harness.model import Finding, Place, Score, Severity

FILE = "predictions.csv"
EXAMPLES = 5
SHOWN_CHARS = 40


class Violation(StrEnum):
    """One name a violation."""

    ABSENT = "absent"
    TOO_LARGE = "too large"
    EMPTY = "empty"
    NOT_UTF8 = "not UTF-8"
    NUL_BYTES = "NUL bytes"
    LINE_TOO_LONG = "line too long"
    WRONG_HEADER = "wrong header"
    EXTRA_COLUMN = "extra column"
    HEADER_ONLY = "header only"
    TOO_MANY_ROWS = "too many rows"
    MALFORMED = "malformed row"
    MISSING_IDS = "missing ids"
    DUPLICATE_IDS = "duplicate ids"
    EXTRA_IDS = "extra ids"
    NOT_A_NUMBER = "not a number"
    TEXT = "text"
    INFINITE = "infinite"
    OUT_OF_RANGE = "out of range"


@dataclass(frozen=True)
class Problem:
    """A violation, a sentence about it, and up to EXAMPLES ids that show it."""

    violation: Violation
    message: str
    rows: tuple[str, ...] = ()


class PredictionsError(SubmissionError):
    """The file cannot be scored; ``problems`` has every violation that could be told apart."""

    def __init__(self, problems: tuple[Problem, ...], *, stage: str = "") -> None:
        self.problems = problems
        self.stage = stage
        where = f"{FILE} of the stage {stage!r}" if stage else FILE
        super().__init__(f"{where}: " + "; ".join(f"{p.violation.value}: {p.message}" for p in problems))

    @property
    def violations(self) -> tuple[Violation, ...]:
        """The names alone."""
        return tuple(p.violation for p in self.problems)

    def score(self) -> Score:
        """The judgement: nothing can be scored, and each problem is a finding with its rows."""
        return Score.missing(
            str(self),
            earn_back=f"write {FILE} with the header id,prediction and one probability for each id",
            findings=tuple(
                Finding(
                    what=f"{FILE}: {p.violation.value}: {p.message}"[:2000],
                    place=Place(file=FILE, rows=p.rows, stage=self.stage),
                    severity=Severity.CRITICAL,
                    fix="`takehome check` says the same before you send it",
                    rule=p.violation.value.replace(" ", "-"),
                )
                for p in self.problems
            ),
        )


def invalid(violation: Violation, message: str) -> PredictionsError:
    """A file that cannot be read as a table at all."""
    return PredictionsError((Problem(violation, message),))


def shown(text: str) -> str:
    """A candidate's text in one short line of visible ASCII."""
    return ascii(text if len(text) <= SHOWN_CHARS else f"{text[:SHOWN_CHARS]}...")


def bare(text: str) -> str:
    """The same without quotes, for a list of rows."""
    return shown(text)[1:-1]


def some(texts: list[str]) -> str:
    """Up to EXAMPLES of them, and how many are left unsaid."""
    listed = ", ".join(shown(t) for t in texts[:EXAMPLES])
    return listed if len(texts) <= EXAMPLES else f"{listed} and {len(texts) - EXAMPLES:,} more"
