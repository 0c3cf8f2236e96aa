"""What lies beside assignment.yaml and is told to graders: issues.yaml, and texts that candidates get."""

from __future__ import annotations

import json
from pathlib import Path

import yaml
from pydantic import ValidationError

from harness.errors import SpecError
from harness.model import Assignment, Issues

ISSUES = "issues.yaml"
BESIDE = {"issues": ISSUES, "given": "brief.md, starter/ and the dictionary"}  # by the parameter's name
GIVEN_ENDS = (".md", ".ipynb")


def read_beside(folder: Path, assignment: Assignment) -> Assignment:
    """``assignment`` with what stands beside it.

    Raises:
        SpecError: issues.yaml is not what it should be, or assignment.yaml says what is read from there.
    """
    if assignment.issues != Issues() or assignment.given:
        raise SpecError(f"{folder / 'assignment.yaml'}: issues and given are read from files beside it")
    dictionary = folder.resolve().parents[1] / "datasets" / assignment.dataset.name / "dictionary.md"
    sent = [folder / "brief.md", dictionary, *sorted((folder / "starter").rglob("*"))]
    given = tuple(_text(path) for path in sent if path.suffix in GIVEN_ENDS and path.is_file())
    return assignment.model_copy(update={"issues": _issues(folder / ISSUES), "given": given})


def _issues(path: Path) -> Issues:
    """No file: nothing was written down, and a grader that asks for it is refused."""
    if not path.is_file():
        return Issues()
    try:
        return Issues.model_validate_json(json.dumps(yaml.safe_load(path.read_text("utf-8")), default=str))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SpecError(f"{path}: cannot be read: {' '.join(str(error).split())}") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise SpecError(f"{path}: {where}: {first['msg']}") from error


def _text(path: Path) -> str:
    """The words of a document or a notebook that we sent out."""
    text = path.read_text("utf-8")
    if path.suffix != ".ipynb":
        return text
    return "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])
