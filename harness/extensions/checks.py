"""An assignment's ``checks.py`` -> its graders, or a SpecError that names the file and the line or entry.

The author's code, trusted like the data set's generator. It is run from the bytes whose digest is on the
card, writes nothing beside itself, and has no name that another module could import.

    GRADERS = {"punctual": Grader(name="punctual", needs=("predict",), params=NoParams, grade=grade)}

`assignment.yaml` calls it ``checks.punctual``, or ``punctual``.
"""

from __future__ import annotations

import hashlib
import sys
import traceback
from collections.abc import Collection, Iterator
from dataclasses import replace
from importlib.abc import ExecutionLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Any

from harness.errors import SpecError
from harness.extensions.sound import sound
from harness.model import Grader

CHECKS = "checks.py"
PREFIX = "checks."
LIST = "GRADERS"
SHOWN = 16  # signs of the digest


def own(folder: Path, taken: Collection[str] = ()) -> dict[str, Grader[Any]]:
    """The graders of ``folder``'s checks.py, each under ``checks.<name>`` and under its plain name.

    ``taken``: names that mean another grader already. Without a checks.py there are none.

    Raises:
        SpecError: the file cannot be run, or an entry of GRADERS is no grader or has a name that is taken.
    """
    path = folder / CHECKS
    if not path.is_file():
        return {}
    source = path.read_bytes()
    digest = hashlib.sha256(source).hexdigest()
    found: dict[str, Grader[Any]] = {}
    for name, entry in _listed(_run(source, path, digest), path):
        place = f"{path}: {LIST}.{name}"
        try:
            grader = sound(entry, name)
        except ValueError as error:
            raise SpecError(f"{place}: it {error}") from error
        if name in taken or name in found:
            raise SpecError(f"{place}: another grader has this name", hint="choose one that nobody has")
        grader = replace(grader, source=f"{CHECKS}, sha256 {digest[:SHOWN]}")
        found |= {name: grader, f"{PREFIX}{name}": grader}
    return found


def _listed(module: ModuleType, path: Path) -> Iterator[tuple[str, object]]:
    """What GRADERS lists: a mapping of names, or a tuple of graders that have theirs."""
    listed: object = getattr(module, LIST, None)
    if isinstance(listed, dict):
        yield from ((str(name), entry) for name, entry in listed.items())
    elif isinstance(listed, tuple | list):
        for number, entry in enumerate(listed):
            yield (entry.name, entry) if isinstance(entry, Grader) else (str(number), entry)
    else:
        raise SpecError(
            f"{path}: {LIST}: expected a dict or tuple of graders, found {type(listed).__name__}",
            hint=f"write them down: {LIST} = {{'name': Grader(...)}}",
        )


def _run(source: bytes, path: Path, digest: str) -> ModuleType:
    """The module that ``source`` makes; the same one for the same file."""
    # pydantic and dataclasses look a class's module up in sys.modules; with a space nobody can import it
    name = f"takehome checks {hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:8]}{digest}"
    if name in sys.modules:
        return sys.modules[name]
    spec = spec_from_loader(name, _Loader(source, path))
    if spec is None or spec.loader is None:
        raise AssertionError("a loader was given")
    module = sys.modules[name] = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        raise SpecError(
            f"{path}{_line(error, path)}: it cannot be run: {type(error).__name__}: {error}",
            hint="it is run whenever the assignment loads, so it only defines graders",
        ) from error
    return module


class _Loader(ExecutionLoader):
    """Runs bytes that were read already; leaves no __pycache__ in the assignment."""

    def __init__(self, source: bytes, path: Path) -> None:
        self._source, self._path = source, path

    def get_filename(self, fullname: str) -> str:
        return str(self._path)

    def get_source(self, fullname: str) -> str:
        return self._source.decode("utf-8")


def _line(error: BaseException, path: Path) -> str:
    """``:12`` where the file itself is to blame, for a syntax error too."""
    if isinstance(error, SyntaxError) and error.filename == str(path):
        return f":{error.lineno}"
    own = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    return f":{own[-1].lineno}" if own else ""
