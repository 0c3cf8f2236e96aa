"""uv.lock, poetry.lock, Pipfile.lock -> exact versions, for whatever turns out to be needed."""

from __future__ import annotations

import json
import re

from harness.environment.found import Found
from harness.environment.texts import MAX_BYTES, MAX_LOCK_BYTES, shown
from harness.model import Severity

LOCKS = ("uv.lock", "poetry.lock", "Pipfile.lock")
# These files are written by programs, a fact a line: reading lines is linear in time, a parser need not be.
FACT = re.compile(r'(name|version) = "([^"]{1,120})"')
FOREIGN = re.compile(
    r'source = \{ (git|url|path|directory) = "([^"]{0,300})|type = "(git|url|file|directory)"'
)


def lock(found: Found) -> str:
    """Take the pins of the first lock file there is, and answer its name ("": none)."""
    for name in LOCKS:
        if found.tree.has(name):
            if name == "Pipfile.lock":
                _pipfile_lock(found, name)
            else:
                _toml_lock(found, name)
            return name
    return ""


def _toml_lock(found: Found, file: str) -> None:
    package: dict[str, str] = {}
    start = 0
    foreign = False

    def done() -> None:
        if package.keys() >= {"name", "version"} and not foreign:
            found.line(f"{package['name']}=={package['version']}", file=file, line=start, pin=True)

    for number, line in found.tree.lines(file, max_bytes=MAX_LOCK_BYTES):
        if line.startswith("["):
            if line == "[[package]]":
                done()
                package, start, foreign = {}, number, False
            elif not line.startswith("[package."):
                done()
                package = {}
        elif (fact := FACT.fullmatch(line)) and start:
            package.setdefault(fact[1], fact[2])
        elif (source := FOREIGN.match(line)) and package:
            foreign = True
            what = (
                f"{shown(package.get('name', '?'))} comes from {shown(source[2] or source[3])}: not followed"
            )
            found.notes.add("lock.foreign-source", what, file=file, line=number)
    done()


def _pipfile_lock(found: Found, file: str) -> None:
    text = found.tree.text(file, max_bytes=MAX_BYTES * 4)
    try:
        table = json.loads(text)
        packages = {**table.get("develop", {}), **table.get("default", {})}
        pairs = [(name, entry.get("version", "")) for name, entry in packages.items()]
    except (ValueError, RecursionError, AttributeError, TypeError) as error:
        what = f"cannot be read: {shown(type(error).__name__)}"
        found.notes.add("file.unreadable", what, file=file, severity=Severity.MAJOR)
        return
    for name, version in pairs[:1000]:
        if isinstance(version, str) and version.startswith("=="):
            found.line(name + version, file=file, line=1, pin=True)
        else:
            found.notes.add("lock.foreign-source", f"{shown(name)} has no version of an index", file=file)
