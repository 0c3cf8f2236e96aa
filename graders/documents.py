"""documents.json -> Documents: what the submission's documents say. Malformed, it is our fault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import PurePosixPath
from typing import TypeVar

from pydantic import Field, ValidationError

from graders.analysis import STAGE
from graders.words import Text
from harness.errors import InfraError, SubmissionError
from harness.model import Evidence, Frozen, Place

FILE = "documents.json"
LEAST_GIVEN = 4  # tokens: what is shorter is nobody's


class _Entry(Frozen, extra="ignore"):  # our own tool may come to say more than we read
    """Something in a document, and where."""

    line: int = Field(ge=0)
    cell: int | None = None


class Heading(_Entry):
    """``level`` counts from 1."""

    level: int = Field(ge=1, le=6)
    text: str


class Link(_Entry):
    """``resolves``: None for what leads to the network."""

    target: str
    image: bool
    resolves: bool | None


class Code(_Entry):
    """A block of code; ``language`` as its fence says, "" otherwise."""

    language: str
    text: str


class Statement(_Entry):
    """What is said in one breath: a sentence, a list item, a row of a table."""

    text: str
    section: str = ""

    @cached_property
    def words(self) -> Text:
        """The tokens."""
        return Text(self.text)


class Document(Frozen, extra="ignore"):
    """One file."""

    path: str
    kind: str
    problem: str | None
    truncated: bool
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    code: tuple[Code, ...]
    statements: tuple[Statement, ...]

    def place(self, entry: _Entry | None = None) -> Place:
        """Where the document, or something in it, is."""
        if entry is None:
            return Place(file=self.path, stage=STAGE)
        return Place(file=self.path, line=entry.line or None, cell=entry.cell, stage=STAGE)


class Documents(Frozen, extra="ignore"):
    """All of it."""

    documents: tuple[Document, ...]
    paths: tuple[str, ...]

    def of(self, *kinds: str) -> tuple[Document, ...]:
        """The documents of these kinds, those nearest the root first."""
        found = [d for d in self.documents if d.kind in kinds]
        return tuple(sorted(found, key=lambda d: (d.path.count("/"), d.path)))

    @property
    def readme(self) -> Document | None:
        """The README: the one nearest the root."""
        return next(iter(self.of("readme")), None)


def read(evidence: Evidence) -> Documents:
    """The report that our tool wrote in the stage ``static``.

    Raises:
        InfraError: it is absent or not what our tool writes.
    """
    hint = "run the stage static again: `takehome doctor` says whether the tools image is sound"
    try:
        return Documents.model_validate_json(evidence.file(STAGE, FILE).read_bytes())
    except (SubmissionError, OSError) as error:
        raise InfraError(f"our reader of documents left nothing to read: {error}", hint=hint) from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        told = f"our reader of documents wrote a malformed {FILE}: {where}: {first['msg']}"
        raise InfraError(told, hint=hint) from error


_D = TypeVar("_D", bound=Document)


def own_statements(documents: tuple[_D, ...], given: tuple[str, ...]) -> Iterator[tuple[_D, Statement]]:
    """What the candidate wrote themselves, each thing once, with where it stands.

    Left out: what stands in a text that everybody was sent, and what was said before.
    """
    sent = [f" {' '.join(Text(text).tokens)} " for text in given]
    seen: set[str] = set()
    for document in documents:
        for statement in document.statements:
            said = " ".join(statement.words.tokens)
            if not said or said in seen:
                continue
            seen.add(said)
            if len(statement.words.tokens) >= LEAST_GIVEN and any(f" {said} " in text for text in sent):
                continue
            yield document, statement


def names_file(text: str) -> list[str]:
    """What in a text looks like the path of a file: a name with an ending that a project has."""
    return [found.removeprefix("./") for found in _FILE_NAME.findall(text)]


_FILE_NAME = re.compile(
    r"(?<![\w/.:-])((?:\./)?(?:[\w-]{1,60}/){0,8}[\w.-]{1,80}"
    r"\.(?:py|ipynb|json|toml|ya?ml|md|csv|parquet|png|svg|jpe?g|html|txt|pkl|joblib|cfg|ini|sh|lock))(?![\w/])"
)


def exists(name: str, paths: frozenset[str]) -> bool:
    """Whether a file is there: by its path from the root, or by the end of one."""
    pure = PurePosixPath(name)
    return any(PurePosixPath(path).parts[-len(pure.parts) :] == pure.parts for path in paths)
