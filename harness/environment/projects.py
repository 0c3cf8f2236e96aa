"""pyproject.toml, setup.cfg, setup.py, Pipfile -> what they ask for. None is run."""

from __future__ import annotations

import configparser
import re
from collections.abc import Mapping
from typing import Any

from packaging.utils import canonicalize_name

from harness.environment.found import Found
from harness.environment.pip_files import MAX_INCLUDES
from harness.environment.requirement import from_caret
from harness.environment.texts import shown

MAX_CFG_LINE = 200

TEST_GROUPS = ("test", "tests", "testing", "dev", "develop")


def pyproject(found: Found) -> None:
    """[project], its extras and [dependency-groups] for tests, and [tool.poetry]."""
    file = "pyproject.toml"
    table = found.tree.toml(file)
    if not table:
        return
    where = _Lines(found.tree.text(file))
    found.tree.read.remove(file)  # read twice, listed once
    project, poetry = _table(table, "project"), _table(table, "tool", "poetry")
    _python(found, project.get("requires-python"), file, where)
    for text in _strings(project.get("dependencies")):
        found.line(text, file=file, line=where(text))
    groups = _table(table, "dependency-groups")
    for extras in (_table(project, "optional-dependencies"), groups):
        for group in TEST_GROUPS:
            _group(found, extras, group, file, where, seen=set())
    _poetry(found, poetry, file, where)
    for own in (
        project.get("name"),
        poetry.get("name"),
    ):  # `own-name[extra]`: the project naming its own extras
        if isinstance(own, str):
            found.wanted.pop(canonicalize_name(own[:200]), None)


class _Lines:
    """Where in a file a value stands: the first line that has it."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")[:5000]

    def __call__(self, value: str) -> int:
        return next((n for n, line in enumerate(self._lines, 1) if value in line), 1)


def _group(
    found: Found, groups: Mapping[str, Any], group: str, file: str, where: _Lines, *, seen: set[str]
) -> None:
    if group in seen or len(seen) > MAX_INCLUDES:
        return
    seen.add(group)
    for entry in _list(groups.get(group)):
        if isinstance(entry, str):
            found.line(entry, file=file, line=where(entry), scope="test")
        elif isinstance(entry, dict) and isinstance(entry.get("include-group"), str):
            _group(found, groups, entry["include-group"], file, where, seen=seen)


def _poetry(found: Found, poetry: Mapping[str, Any], file: str, where: _Lines) -> None:
    tables = [("runtime", _table(poetry, "dependencies")), ("test", _table(poetry, "dev-dependencies"))]
    tables += [("test", _table(poetry, "group", group, "dependencies")) for group in TEST_GROUPS]
    for scope, table in tables:
        for name, value in list(table.items())[:500]:
            version = value.get("version", "*") if isinstance(value, dict) else value
            if name == "python":
                _poetry_python(found, version, file, where(f"{name} "))
            elif isinstance(value, dict) and value.get("optional") is True:
                continue
            elif isinstance(value, dict) and not value.keys().isdisjoint({"git", "path", "url", "file"}):
                found.line(f"{name} @ https://address", file=file, line=where(name), scope=scope)
            elif isinstance(version, str):
                extras = ",".join(_strings(value.get("extras"))) if isinstance(value, dict) else ""
                _caret(found, f"{name}[{extras}]" if extras else name, version, file, where(name), scope)


def _caret(found: Found, name: str, version: str, file: str, line: int, scope: str) -> None:
    try:
        specifier = from_caret(version)
    except ValueError:
        what = f"{shown(name)} = {shown(version)}: the versions are not understood; any will do"
        found.notes.add("requirement.unreadable", what, file=file, line=line)
        specifier = ""
    found.line(name + specifier, file=file, line=line, scope=scope)


def _poetry_python(found: Found, version: object, file: str, line: int) -> None:
    if isinstance(version, str):
        try:
            found.pythons.append((from_caret(version), file, line))
        except ValueError:
            found.pythons.append((version, file, line))


def _python(found: Found, value: object, file: str, where: _Lines) -> None:
    if isinstance(value, str):
        found.pythons.append((value, file, where("requires-python")))


def _table(table: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    found: Any = table
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def _list(value: object) -> list[Any]:
    return value[:500] if isinstance(value, list) else []


def _strings(value: object) -> list[str]:
    return [entry for entry in _list(value) if isinstance(entry, str)]


def setup_cfg(found: Found) -> None:
    """install_requires and the extras for tests of a setup.cfg."""
    file = "setup.cfg"
    # configparser takes quadratic time over a line with many spaces
    text = "\n".join(line if len(line) <= MAX_CFG_LINE else "" for _, line in found.tree.lines(file))
    if not text:
        return
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(text)
    except configparser.Error as error:
        found.notes.add("file.unreadable", f"cannot be read: {shown(str(error))}", file=file)
        return
    where = _Lines(text)
    wanted = [("runtime", parser.get("options", "install_requires", fallback=""))]
    wanted += [("test", parser.get("options.extras_require", group, fallback="")) for group in TEST_GROUPS]
    for scope, value in wanted:
        for line in filter(None, (line.strip() for line in value.split("\n")[:500])):
            found.line(line.split(" #")[0].strip(), file=file, line=where(line), scope=scope)
    if python := parser.get("options", "python_requires", fallback=""):
        found.pythons.append((python, file, where("python_requires")))


def setup_py(found: Found) -> None:
    """A literal ``install_requires=[...]``, found as text: the file is neither run nor parsed as Python."""
    file = "setup.py"
    inside = False
    for number, line in found.tree.lines(file):
        opening = re.search(r"\binstall_requires\s{0,9}=\s{0,9}[\[(]", line)
        if opening:
            inside, line = True, line[opening.end() :]
        if inside:
            text = line.split("#")[0]
            for word in re.findall(r"\"([^\"]{1,300})\"|'([^']{1,300})'", text):
                found.line("".join(word), file=file, line=number)
            if re.search(r"[\])]\s*,?\s*\)?\s*$", re.sub(r"\"[^\"]*\"|'[^']*'", "", text)):
                return


def pipfile(found: Found) -> None:
    """[packages] and [dev-packages]."""
    file = "Pipfile"
    if not found.tree.has(file):
        return
    table = found.tree.toml(file)
    for scope, section in (("runtime", "packages"), ("test", "dev-packages")):
        for name, value in list(_table(table, section).items())[:500]:
            version = value.get("version", "*") if isinstance(value, dict) else value
            if isinstance(version, str):
                _caret(found, name, version, file, 1, scope)
    python = _table(table, "requires").get("python_version")
    if isinstance(python, str):
        found.pythons.append((python, file, None))
