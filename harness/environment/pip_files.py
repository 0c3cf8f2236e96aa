"""requirements*.txt, and pip's command lines -> what they ask for. Options and addresses are findings."""

from __future__ import annotations

import re
from collections.abc import Iterable

from harness.environment.found import Found
from harness.environment.texts import shown
from harness.model import Severity

MAX_INCLUDES = 20

MAX_DEPTH = 5

TEST_FILES = (
    "requirements-dev.txt",
    "requirements-test.txt",
    "dev-requirements.txt",
    "test-requirements.txt",
)

OWN_PACKAGE = re.compile(r"(?:-e|--editable(?:=|\s))?\s*\.(?:\[[\w, -]{0,80}\])?/?")

INCLUDE = re.compile(r"(-r|--requirement|-c|--constraint)(?:\s*=\s*|\s+|(?<=-[rc]))(\S.{0,300})")

# only noise, or about how pip works on their machine: no loss in leaving them out
HARMLESS = ("--prefer-binary", "--only-binary", "--no-binary", "--require-hashes", "--pre", "--use-feature")

INDEX = ("-i", "--index-url", "--extra-index-url", "-f", "--find-links", "--no-index", "--trusted-host")


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
