"""requirements*.txt, pyproject.toml, setup.cfg, setup.py, Pipfile -> what they ask for. None is run."""

from __future__ import annotations

import configparser
import re
from collections.abc import Iterable, Mapping
from typing import Any

from packaging.utils import canonicalize_name

from harness.environment.requirement import NotARequirementError, Wanted, from_caret, read
from harness.environment.texts import Notes, Tree, shown
from harness.model import Severity

MAX_INCLUDES = 20
MAX_DEPTH = 5
MAX_CFG_LINE = 200
TEST_FILES = (
    "requirements-dev.txt",
    "requirements-test.txt",
    "dev-requirements.txt",
    "test-requirements.txt",
)
TEST_GROUPS = ("test", "tests", "testing", "dev", "develop")
OWN_PACKAGE = re.compile(r"(?:-e|--editable(?:=|\s))?\s*\.(?:\[[\w, -]{0,80}\])?/?")
INCLUDE = re.compile(r"(-r|--requirement|-c|--constraint)(?:\s*=\s*|\s+|(?<=-[rc]))(\S.{0,300})")
# only noise, or about how pip works on their machine: no loss in leaving them out
HARMLESS = ("--prefer-binary", "--only-binary", "--no-binary", "--require-hashes", "--pre", "--use-feature")
INDEX = ("-i", "--index-url", "--extra-index-url", "-f", "--find-links", "--no-index", "--trusted-host")


class Found:
    """Collects what the files of one submission ask for; the first file that names a package wins."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.notes: Notes = tree.notes
        self.wanted: dict[str, Wanted] = {}
        self.pins: dict[str, Wanted] = {}  # of lock and constraint files: no wish, a version if it is needed
        self.pythons: list[tuple[str, str, int | None]] = []  # (specifier or version, file, line)

    def line(self, text: str, *, file: str, line: int, scope: str = "runtime", pin: bool = False) -> None:
        """Take one PEP 508 line, or note why not."""
        try:
            wanted, remark = read(text, file=file, line=line, scope=scope)
        except NotARequirementError as error:
            what = f"{shown(text)} was left out: {error}"
            self.notes.add(error.rule, what, file=file, line=line, severity=Severity.MAJOR)
            return
        if wanted is None and remark:
            self.notes.add("requirement.other-system", remark, file=file, line=line, severity=Severity.INFO)
        elif remark:
            rule = "requirement.address" if "address" in remark else "requirement.module-name"
            self.notes.add(rule, remark, file=file, line=line, fix="name the package and its version")
        if wanted is not None:
            self.add(wanted, pin=pin)

    def add(self, wanted: Wanted, *, pin: bool = False) -> None:
        """Take a wish; a second one for the same package counts only where the first has no versions."""
        kept = self.pins if pin else self.wanted
        before = kept.setdefault(wanted.name, wanted)
        if before is wanted or before.specifier == wanted.specifier or not wanted.specifier:
            return
        if not before.specifier:
            kept[wanted.name] = wanted
        elif not pin and before.pinned != wanted.pinned:
            what = f"{wanted.name}{wanted.specifier} here, {before.specifier} in {before.file}:{before.line}"
            fix = "keep one place for each version"
            self.notes.add("requirement.twice", what, file=wanted.file, line=wanted.line, fix=fix)


def requirements(found: Found) -> None:
    """requirements.txt and the files for tests beside it; requirements/*.txt where there is none."""
    tree = found.tree
    if tree.has("requirements.txt"):
        names = ["requirements.txt"]
    else:
        names = tree.names("requirements", "*.txt", at_most=10) or ["requirements.in"]
    seen: set[str] = set()
    for name in names:
        scope = "test" if any(word in name for word in ("dev", "test")) else "runtime"
        _requirements_file(found, name, scope=scope, seen=seen)
    for name in TEST_FILES:
        _requirements_file(found, name, scope="test", seen=seen)


def on_command_lines(found: Found, lines: Iterable[str], files: Iterable[str], *, file: str) -> None:
    """What a Dockerfile's ``pip install`` names; a file that was copied goes by its last name."""
    for name in files:
        here = next((n for n in (name.removeprefix("./"), name.rpartition("/")[2]) if found.tree.has(n)), "")
        if here and here not in found.tree.read:
            _requirements_file(found, here, scope="runtime", seen=set())
    for text in lines:
        take_line(found, text, file, 1)


def _requirements_file(
    found: Found, name: str, *, scope: str, seen: set[str], depth: int = 0, pin: bool = False
) -> None:
    if name in seen or len(seen) > MAX_INCLUDES:
        return
    seen.add(name)
    for number, text in _logical_lines(found.tree.lines(name)):
        include = INCLUDE.fullmatch(text)
        if include is None:
            take_line(found, text, name, number, scope=scope, pin=pin)
            continue
        constraint = include[1] in ("-c", "--constraint")
        other = _included(found, name, number, include[2], depth)
        if other:
            _requirements_file(found, other, scope=scope, seen=seen, depth=depth + 1, pin=pin or constraint)


def take_line(
    found: Found, text: str, file: str, line: int, *, scope: str = "runtime", pin: bool = False
) -> None:
    """One line as pip reads it, includes apart."""
    if text.startswith("-"):
        _option(found, text, file, line)
    elif not OWN_PACKAGE.fullmatch(text):  # the project itself is on the path as if it were installed
        _requirement(found, text, file, line, scope=scope, pin=pin)


def _logical_lines(lines: Iterable[tuple[int, str]]) -> Iterable[tuple[int, str]]:
    """Lines without comments, joined where they end in a backslash, under the number of their first."""
    held, first = "", 0
    for number, raw in lines:
        text = re.split(r"(?:^|\s)#", raw, maxsplit=1)[0].strip()
        first = first if held else number
        if text.endswith("\\") and len(held) < 20_000:
            held += text[:-1] + " "
            continue
        whole, held = (held + text).strip(), ""
        # hashes are for their wheels; ours have their own
        whole = whole.split(" --hash", 1)[0].strip()
        if whole and not whole.startswith("--hash"):
            yield first, whole
    if held.strip():
        yield first, held.split(" --hash", 1)[0].strip()


def _included(found: Found, name: str, line: int, other: str, depth: int) -> str | None:
    inside = found.tree.beside(name, other.strip().strip("\"'"))
    if inside is None:
        what, rule = f"{shown(other)} leads out of the submission: not read", "requirement.include-outside"
    elif not found.tree.has(inside):
        what, rule = f"{shown(other)} is not there", "requirement.include-missing"
    elif depth >= MAX_DEPTH:
        what, rule = (
            f"{shown(other)} is included more than {MAX_DEPTH} files deep",
            "requirement.include-depth",
        )
    else:
        return inside
    found.notes.add(rule, what, file=name, line=line, severity=Severity.MAJOR)
    return None


def _option(found: Found, text: str, name: str, line: int) -> None:
    word = re.split(r"[\s=]", text, maxsplit=1)[0]
    if OWN_PACKAGE.fullmatch(text) or word in HARMLESS:
        return
    if word in ("-e", "--editable"):
        rule, fix = "requirement.editable", "put the code into the repository, or depend on a release"
    elif word.startswith(INDEX):
        rule, fix = "requirement.index", "depend on what the public index has"
    else:
        rule, fix = "requirement.option", "keep names and versions in this file"
    found.notes.add(rule, f"the option {shown(text)} is not obeyed", file=name, line=line, fix=fix)


def _requirement(found: Found, text: str, name: str, line: int, *, scope: str, pin: bool) -> None:
    """A name with versions; an address or a path without a name cannot be had at all."""
    bare = text.split(" ", 1)[0]
    if "://" in bare and "@" not in text.split("://", 1)[0]:
        rule = "requirement.address"
    elif bare.startswith((".", "/", "~", "\\")) or bare.endswith((".whl", ".zip", ".gz")) or ":\\" in bare:
        rule = "requirement.path"
    else:
        found.line(re.split(r"\s--\w", text, maxsplit=1)[0], file=name, line=line, scope=scope, pin=pin)
        return
    what = f"{shown(text)} was left out: only what the package index has is installed"
    found.notes.add(rule, what, file=name, line=line, severity=Severity.MAJOR, fix="depend on a release")


# ----------------------------------------------------------------------------- pyproject.toml


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


# ----------------------------------------------------------------------------- the older ones


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
