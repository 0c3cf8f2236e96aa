"""A named pure judgement, and its parameters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from harness.model.asked import ExtraStage
from harness.model.judged import Score
from harness.model.observed import AnswerKey, Evidence
from harness.model.values import Frozen


class Params(Frozen):
    """A grader's parameters: subclass it; misspelt ones are refused when the assignment loads."""


class NoParams(Params):
    """For graders with nothing to set."""


P = TypeVar("P", bound=Params)


@dataclass(frozen=True)
class Grader(Generic[P]):
    """A named pure judgement. ``needs``: stages that must have finished, else MISSING.

    ``asks``: stages that the assignment must ask for; how they ended is the grader's to judge.
    ``source``: where it comes from when it is not one of ours; set by who loads it, and on the card.
    """

    name: str
    needs: tuple[str, ...]
    params: type[P]
    grade: Callable[[Evidence, AnswerKey, P], Score]
    asks: tuple[ExtraStage, ...] = ()
    source: str = ""
