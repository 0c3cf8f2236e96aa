"""``about.json`` at an edition's top: what its tables are, which traps stand in them, and where."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from harness.edition import About
from harness.errors import SpecError

NAME = "about.json"
# kinds of traps whose column tells more in training than it may: they are excused from being too good
TOO_GOOD = ("post-outcome", "lookahead", "censored")


def read_about(edition: Path) -> About:
    """The ``about.json`` of an edition's folder.

    Raises:
        SpecError: it is absent, or a field of it is wrong.
    """
    path = edition / NAME
    hint = "the generator writes it: pass `about` to harness.edition.write_edition"
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise SpecError(f"{path}: cannot be read: {error.strerror}", hint=hint) from error
    try:
        return About.model_validate_json(text)
    except ValidationError as error:
        problem = error.errors()[0]
        where = ".".join(str(part) for part in problem["loc"])
        raise SpecError(f"{path}: {where}: {problem['msg']}", hint=hint) from error


def is_excused(about: About, table: str, column: str) -> bool:
    """Whether this column was declared a trap that may be too good."""
    return any(t.column == column and t.table == table and t.kind in TOO_GOOD for t in about.traps)
