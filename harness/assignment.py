"""assignment.yaml -> Assignment, or a SpecError that names the file, the field and the act."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from harness import papers
from harness.errors import SpecError, UsageError
from harness.model import (
    Assignment,
    Criterion,
    DatasetRef,
    ExtraStage,
    Frozen,
    Grader,
    Level,
    Limits,
    Params,
    Told,
)

SPEC = "assignment.yaml"


def load(folder: Path, graders: Mapping[str, Grader[Any]]) -> Assignment:
    """Read and check everything that can be checked before a container starts.

    Raises:
        SpecError: unreadable, misspelt, weights that are not 100, an unknown grader or parameter.
    """
    path = folder / SPEC
    assignment = papers.read_beside(folder, _parse(path))
    if assignment.slug != folder.name:
        raise SpecError(f"{path}: slug: {assignment.slug!r} stands in a folder named {folder.name!r}")
    total = round(sum(c.weight for c in assignment.rubric), 6)
    if total != 100:
        raise SpecError(f"{path}: rubric: the weights add up to {total:g}, not 100")
    seen: set[str] = set()
    for criterion in assignment.rubric:
        if criterion.id in seen:
            raise SpecError(f"{path}: rubric.{criterion.id}: this id stands there twice")
        seen.add(criterion.id)
        params_of(criterion, graders, told=assignment.told, where=str(path))
        _needs_are_run(criterion, graders, assignment, where=str(path))
    _check_levels(assignment, path)
    for role in ("baseline", "reference"):
        if not (folder / assignment.anchors.get(role, "?")).is_dir():
            raise SpecError(
                f"{path}: anchors.{role}: no such folder under {folder.name}/",
                hint=f"name a golden submission, e.g. {role}: submissions/{role}",
            )
    return assignment


def at_level(assignment: Assignment, level: str) -> Assignment:
    """The assignment as it is weighed for ``level``; an empty word leaves it as it is.

    Raises:
        UsageError: there is no such level, or this assignment has no weights for it.
    """
    if not level:
        return assignment
    has = [Level.SENIOR, *(each for each in Level if each in assignment.levels and each is not Level.SENIOR)]
    if level not in [each.value for each in has]:
        known = ", ".join(each.value for each in has)
        raise UsageError(f"{assignment.slug} has no level {level!r}", hint=f"it has: {known}")
    return assignment.at(Level(level))


def _check_levels(assignment: Assignment, path: Path) -> None:
    """Each level weighs every criterion, and its weights add up to 100."""
    if assignment.level is not Level.SENIOR:
        raise SpecError(f"{path}: level: it is chosen when grading", hint="remove it; takehome grade --level")
    known = [c.id for c in assignment.rubric]
    for level, weights in assignment.levels.items():
        place = f"{path}: levels.{level.value}"
        for name, weight in weights.items():
            if name not in known:
                raise SpecError(
                    f"{place}.{name}: the rubric has no such criterion", hint=_nearest(name, known)
                )
            if not 0 < weight <= 100:
                raise SpecError(f"{place}.{name}: a weight is above 0 and at most 100, not {weight:g}")
        if absent := [name for name in known if name not in weights]:
            raise SpecError(
                f"{place}: no weight for {', '.join(absent)}", hint="a level weighs every criterion"
            )
        if (total := round(sum(weights.values()), 6)) != 100:
            raise SpecError(f"{place}: the weights add up to {total:g}, not 100")


def params_of(
    criterion: Criterion, graders: Mapping[str, Grader[Any]], *, told: Told, where: str = ""
) -> Params:
    """The criterion's parameters as its grader's own type.

    What is ``told`` reaches every grader that has a parameter of that name, so that all of them speak of
    the same metric, say; a criterion cannot choose another.

    Raises:
        SpecError: no such grader, or a parameter it does not have or cannot take, or nothing to tell it.
    """
    place = f"{where}: rubric.{criterion.id}"
    grader = graders.get(criterion.grader)
    if grader is None:
        raise SpecError(
            f"{place}: no grader is called {criterion.grader!r}",
            hint=_nearest(criterion.grader, list(graders)),
        )
    if "metric" in criterion.params:
        raise SpecError(f"{place}.params.metric: the metric is the assignment's: write it at the top")
    fields = grader.params.model_fields
    if own := sorted(criterion.params.keys() & papers.BESIDE.keys()):
        raise SpecError(f"{place}.params.{own[0]}: it is read from {papers.BESIDE[own[0]]}")
    if "issues" in fields and not told.issues.issues:
        raise SpecError(
            f"{place}: grader {grader.name!r} asks for what was planted in the data",
            hint=f"write it down in {papers.ISSUES}, beside {SPEC}",
        )
    known = told.model_dump(mode="json", include=set(fields))
    try:
        params: Params = grader.params.model_validate_json(json.dumps(criterion.params | known))
    except ValidationError as error:
        raise SpecError(f"{place}.params: {_first(error)}", hint=_known(grader)) from error
    return params


def _needs_are_run(
    criterion: Criterion, graders: Mapping[str, Grader[Any]], assignment: Assignment, *, where: str
) -> None:
    """A grader of a stage that only some assignments have stands only in those."""
    grader = graders[criterion.grader]
    for stage in ExtraStage:
        if stage in (*grader.needs, *grader.asks) and stage not in assignment.stages:
            raise SpecError(
                f"{where}: rubric.{criterion.id}: grader {criterion.grader!r} needs stage {stage.value!r}",
                hint=f"add it: stages: [{stage.value}]",
            )


def catalogue(assignments: Path) -> tuple[Path, ...]:
    """The folders that hold an assignment, by name."""
    return tuple(sorted(spec.parent for spec in assignments.glob(f"*/{SPEC}")))


def find(name: str, assignments: Path) -> Path:
    """The folder of an assignment given by slug or by path.

    Raises:
        UsageError: there is none; the hint names the nearest.
    """
    for folder in (assignments / name, Path(name)):
        if (folder / SPEC).is_file():
            return folder.resolve()
    slugs = [folder.name for folder in catalogue(assignments)]
    raise UsageError(f"no assignment is called {name!r}", hint=_nearest(name, slugs))


def _parse(path: Path) -> Assignment:
    try:
        raw = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SpecError(f"{path}: cannot be read: {error}") from error
    except yaml.YAMLError as error:
        raise SpecError(f"{path}: not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(raw, dict):
        raise SpecError(f"{path}: expected a mapping at the top, found {type(raw).__name__}")
    try:
        # by way of JSON: strict types still take a list where a tuple is meant
        return Assignment.model_validate_json(json.dumps(raw, default=str))
    except ValidationError as error:
        raise SpecError(f"{path}: {_first(error, raw)}", hint=_spelling(error)) from error


def _first(error: ValidationError, raw: Mapping[str, Any] | None = None) -> str:
    """The first thing wrong as ``field.path: what``, with a rubric entry called by its id."""
    problem = _foremost(error)
    loc = [str(part) for part in problem["loc"]]
    if raw is not None and len(loc) > 1 and loc[0] == "rubric" and loc[1].isdigit():
        entry = raw["rubric"][int(loc[1])]
        loc[1] = str(entry.get("id", loc[1])) if isinstance(entry, dict) else loc[1]
    what = "there is no such field" if problem["type"] == "extra_forbidden" else problem["msg"]
    return f"{'.'.join(loc)}: {what}" if loc else what


def _foremost(error: ValidationError) -> ErrorDetails:
    """A misspelt field first: it is also why another one seems to be missing."""
    problems = error.errors()
    return next((p for p in problems if p["type"] == "extra_forbidden"), problems[0])


def _spelling(error: ValidationError) -> str:
    problem = _foremost(error)
    if problem["type"] != "extra_forbidden":
        return ""
    nested: dict[str, type[Frozen]] = {"rubric": Criterion, "limits": Limits, "dataset": DatasetRef}
    model = nested.get(str(problem["loc"][0]), Assignment) if len(problem["loc"]) > 1 else Assignment
    return _nearest(str(problem["loc"][-1]), list(model.model_fields))


def _nearest(name: str, known: list[str]) -> str:
    close = difflib.get_close_matches(name, list(known), n=1)
    return f"did you mean {close[0]!r}?" if close else f"there are: {', '.join(sorted(known)) or 'none'}"


def _known(grader: Grader[Any]) -> str:
    fields = grader.params.model_fields
    return f"grader {grader.name!r} takes: {', '.join(fields) or 'no parameters'}"
