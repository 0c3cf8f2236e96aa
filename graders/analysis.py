"""static.json -> Analysis: our analysers' word about the candidate's text. Malformed, it is our fault."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TypeVar

from pydantic import Field, ValidationError

from harness.errors import InfraError, SubmissionError
from harness.model import Evidence, Frozen

STAGE, FILE = "static", "static.json"
TEST_FOLDERS = frozenset({"test", "tests"})
TEST_NAME = re.compile(r"^(test_.*|.*_test|conftest)\.py$")
# the name of the entry that stands for the code outside functions, one a file or notebook cell
TOP_LEVEL = "<module>"
UNREADABLE = 99  # beyond every limit


class _Entry(Frozen, extra="ignore"):  # our own tool may come to say more than we read
    """One line of our tool's report."""

    path: str


class File(_Entry):
    """A Python file or a notebook.

    ``imported``: code outside the tests imports it. ``hidden``: nobody can read it, and the code runs text.
    """

    lines: int = Field(ge=0)
    kind: str
    parse_error: str | None = None
    imported: bool = False
    hidden: bool = False

    @property
    def in_tests(self) -> bool:
        """Whether it belongs to the tests, which have a section of the rubric of their own.

        What the code imports is code, in whatever folder it lies.
        """
        path = PurePosixPath(self.path)
        named = TEST_NAME.match(path.name) or TEST_FOLDERS.intersection(path.parts[:-1])
        return bool(named) and not self.imported


class Function(_Entry):
    """An outermost function or a method, with what is nested in it; or ``<module>``, the code outside them.

    ``length`` is lines with code; ``line`` counts within the ``cell`` of a notebook. ``statements`` are the
    different ones; ``shape`` is equal for copies; ``used`` is false when nothing but tests mentions it.
    ``hinted`` of ``hintable`` parameters and results have a type, and ``documented`` says more than the name;
    None of older images.
    """

    name: str
    line: int = Field(ge=0)
    length: int = Field(ge=0)
    nesting: int = Field(ge=0)
    cognitive: int = Field(ge=0)
    statements: int = Field(ge=0)
    shape: str
    used: bool
    is_test: bool = False
    asserts: int = Field(default=0, ge=0)
    cell: int | None = None
    public: bool = True
    hintable: int = Field(default=0, ge=0)
    hinted: int = Field(default=0, ge=0)
    documented: bool | None = None

    @property
    def top_level(self) -> bool:
        """Code outside functions."""
        return self.name == TOP_LEVEL


class Lint(_Entry):
    """One thing the linter saw."""

    line: int | None = None
    cell: int | None = None
    rule: str | None = None
    message: str = ""


class Smell(_Entry):
    """One thing that goes wrong with data or models. ``used``: its function is not one that nothing calls."""

    line: int = Field(ge=0)
    cell: int | None = None
    rule: str
    message: str = Field(min_length=1)
    used: bool


class TestSmell(_Entry):
    """One thing that makes a test say less than it seems to. ``function``: the test."""

    __test__ = False  # no test, though pytest would think so by its name

    line: int = Field(ge=0)
    function: str
    rule: str
    message: str = Field(min_length=1)


class Imported(_Entry):
    """A package and where it is imported. ``optional``: the code does without; ``tests``: only tests do."""

    module: str
    line: int = Field(ge=0)
    cell: int | None = None
    optional: bool
    tests: bool


class Leaked(_Entry):
    """A credential: what it is, and its first few characters."""

    line: int = Field(ge=0)
    kind: str
    shown: str


class Sized(_Entry):
    """A file and its size."""

    size: int = Field(ge=0, alias="bytes")


class Notebook(_Entry):
    """What a notebook has stored. ``errors`` and ``backwards`` are cells; ``run``: how many were run."""

    cells: int = Field(ge=0)
    run: int = Field(ge=0)
    errors: tuple[int, ...]
    backwards: tuple[int, ...]


class Layout(Frozen, extra="ignore"):
    """What lies beside the code. ``ignored``: the lines of .gitignore, None without one."""

    large: tuple[Sized, ...]
    data: tuple[Sized, ...]
    models: tuple[Sized, ...]
    ignored: tuple[str, ...] | None
    notebooks: tuple[Notebook, ...]


class Origin(_Entry):
    """Where a copy stood first."""

    line: int = Field(ge=0)


class Repeat(_Entry):
    """Statements in a row that stand elsewhere too."""

    line: int = Field(ge=0)
    cell: int | None = None
    function: str
    statements: int = Field(ge=1)
    of: Origin


class Repeated(Frozen, extra="ignore"):
    """Code that stands there more than once, of so many statements in all."""

    statements: int = Field(ge=0)
    places: tuple[Repeat, ...]


class Analysis(Frozen, extra="ignore"):
    """All of it. What older images did not look for is None."""

    files: tuple[File, ...]
    functions: tuple[Function, ...]
    lint: tuple[Lint, ...]
    smells: tuple[Smell, ...] | None = None
    test_smells: tuple[TestSmell, ...] | None = None
    layout: Layout | None = None
    imported: tuple[Imported, ...] | None = None
    leaked: tuple[Leaked, ...] | None = None
    repeated: Repeated | None = None

    @property
    def code(self) -> tuple[File, ...]:
        """The files that are not tests and have anything in them."""
        return tuple(f for f in self.files if not f.in_tests and f.lines)

    @property
    def code_lines(self) -> int:
        """Lines of the submission's code without its tests."""
        return sum(f.lines for f in self.code)

    @property
    def tests(self) -> tuple[Function, ...]:
        """The test functions."""
        return tuple(f for f in self.functions if f.is_test)

    @property
    def pieces(self) -> tuple[Function, ...]:
        """What the code consists of: functions, and the code outside them of each file or notebook cell."""
        readable = {f.path for f in self.code if f.parse_error is None}
        hidden = [f for f in self.code if f.hidden]
        return (
            *(f for f in self.functions if f.path in readable and f.length),
            *(_worst(f) for f in hidden),
        )

    @property
    def weighty(self) -> tuple[Function, ...]:
        """The pieces that may count in favour of the whole: used, and each shape once.

        Padding is neither: functions that nothing calls, and one function a thousand times.
        """
        found: dict[str, Function] = {}
        for piece in self.pieces:
            if piece.used:
                found.setdefault(piece.shape, piece)
        return tuple(found.values())

    @property
    def statements(self) -> int:
        """Different statements of the weighty pieces: the size of the code, however it is formatted."""
        return sum(f.statements for f in self.weighty)


Looked = TypeVar("Looked")


def looked(what: Looked | None, told: str) -> Looked:
    """What the analysers looked for.

    Raises:
        InfraError: they are older than that.
    """
    if what is None:
        raise InfraError(
            f"our static analysis did not look at {told}", hint="the images are old: `make image`"
        )
    return what


def _worst(file: File) -> Function:
    """Code that runs and that nobody can read, as the least readable function that there could be."""
    return Function(
        path=file.path,
        name="code that nobody can read",
        line=1,
        length=file.lines,
        nesting=UNREADABLE,
        cognitive=UNREADABLE,
        statements=0,
        shape=file.path,
        used=True,
    )


def read(evidence: Evidence) -> Analysis:
    """The report of the stage ``static``, which a tools container wrote.

    Raises:
        InfraError: it is absent or not what our tool writes.
    """
    hint = "run the stage static again: `takehome doctor` says whether the tools image is sound"
    try:
        raw = evidence.file(STAGE, FILE).read_bytes()
        return Analysis.model_validate_json(raw)
    except (SubmissionError, OSError) as error:
        raise InfraError(f"our static analysis left nothing to read: {error}", hint=hint) from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        told = f"our static analysis wrote a malformed {FILE}: {where}: {first['msg']}"
        raise InfraError(told, hint=hint) from error
