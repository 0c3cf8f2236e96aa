"""An assignment with fewer extra stages -> one whose rubric does not miss them."""

from __future__ import annotations

from graders import REGISTRY
from harness.model import Assignment, ExtraStage


def only(assignment: Assignment, *stages: ExtraStage) -> Assignment:
    """With these of its extra stages, and without the criteria that wait for any other."""
    kept = tuple(stage for stage in assignment.stages if stage in stages)
    gone = set(ExtraStage) - set(kept)
    rubric = tuple(
        criterion
        for criterion in assignment.rubric
        if not gone & {*REGISTRY[criterion.grader].needs, *REGISTRY[criterion.grader].asks}
    )
    return assignment.model_copy(update={"stages": kept, "rubric": rubric})
