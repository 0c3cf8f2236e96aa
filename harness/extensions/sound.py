"""Anything -> a Grader whose fields are what they should be: no type checker of ours saw it."""

from __future__ import annotations

import re
from typing import Any

from harness.collect import ORDER
from harness.model import Grader, Params

NAME = re.compile(r"[a-z][a-z0-9_]{1,40}")


def sound(found: object, name: str) -> Grader[Any]:
    """``found``, which is registered as ``name``.

    A stage that is never run would be missing from every submission, and each would lose the criterion.

    Raises:
        ValueError: what is wrong with it, as a sentence's end: "is a dict, not a harness.model.Grader".
    """
    if not isinstance(found, Grader):
        raise ValueError(f"is a {type(found).__name__}, not a harness.model.Grader")
    if not NAME.fullmatch(name):
        raise ValueError(f"has the name {name!r}: lower case letters, digits and _, a letter first")
    if found.name != name:
        raise ValueError(f"calls itself {found.name!r}: its name= must be {name!r}")
    fields: dict[str, object] = vars(found)
    params, needs = fields["params"], fields["needs"]
    if not (isinstance(params, type) and issubclass(params, Params)):
        raise ValueError("has params= that are no subclass of harness.model.Params")
    if not (isinstance(needs, tuple) and all(isinstance(stage, str) for stage in needs)):
        raise ValueError("has needs= that are no tuple of stages")
    if unknown := [stage for stage in needs if stage not in ORDER]:
        raise ValueError(f"needs the stage {unknown[0]!r}, which is never run; there are: {', '.join(ORDER)}")
    if not callable(fields["grade"]):
        raise ValueError("has a grade= that cannot be called")
    return found
