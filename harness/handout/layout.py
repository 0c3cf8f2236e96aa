"""about.json of an edition -> what a candidate may know of its tables. What names traps is not even read."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from harness.errors import SpecError
from harness.model import Frozen

ABOUT = "about.json"
LABELS = "labels.csv"
VALIDATION = "validation"


class Layout(Frozen):
    """Which table has the rows to predict, and which column of each table says whose line it is."""

    table: str  # the file with one line a row to predict
    id: str
    keys: dict[str, str]  # file -> the column with that id; a file that is not here belongs to everybody
    label: str  # the outcome's column in the training table
    positive: str  # its value for label 1


class _About(BaseModel):
    """The part of about.json that is no secret; traps and canaries are passed over."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")

    table: str
    id: str
    label: str
    positive: str
    keys: dict[str, str] = {}


def read_layout(edition: Path) -> Layout:
    """The layout of an edition's public tables, checked against the tables themselves.

    Raises:
        SpecError: about.json is absent or says something that the tables do not.
    """
    path = edition / ABOUT
    try:
        about = _About.model_validate_json(path.read_text("utf-8"))
    except FileNotFoundError:
        raise SpecError(
            f"{path}: the generator wrote none, so nobody can be told how its tables hang together",
            hint="write it with harness.edition: table, id, label, positive, keys",
        ) from None
    except (OSError, ValidationError, json.JSONDecodeError) as error:
        told = error.errors()[0] if isinstance(error, ValidationError) else None
        what = f"{'.'.join(map(str, told['loc']))}: {told['msg']}" if told else str(error)
        raise SpecError(f"{path}: {what}") from error
    layout = Layout(**about.model_dump())
    layout = layout.model_copy(update={"keys": {**layout.keys, layout.table: layout.id}})
    for file, column in layout.keys.items():
        for folder in (edition / "public", edition / "public" / VALIDATION):
            if column not in _header(folder / file):
                raise SpecError(f"{path}: keys.{file}: {folder / file} has no column {column!r}")
    if not (edition / "public" / VALIDATION / LABELS).is_file():
        raise SpecError(
            f"{edition}: public/{VALIDATION}/{LABELS} is absent: nothing could be checked with it"
        )
    return layout


def tables_of(folder: Path) -> tuple[Path, ...]:
    """The tables of a folder of rows: every CSV but the labels."""
    return tuple(sorted(p for p in folder.glob("*.csv") if p.name != LABELS))


def _header(path: Path) -> list[str]:
    try:
        with path.open(encoding="utf-8-sig") as lines:
            return lines.readline().rstrip("\r\n").split(",")
    except FileNotFoundError:
        raise SpecError(f"{path}: about.json names this table, and it is not there") from None
