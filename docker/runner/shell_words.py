"""Text of a block -> the commands in it, and what kind each is. Reads only; nothing here runs anything.

Commands keep the lines they stand on: continued lines and here-documents are one command. Prompts are taken
off; in a block that has any, lines without one are output. Linear in the text; standard library only.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass

PROMPT = re.compile(
    r"^\s*(?:\([\w.-]{1,40}\)\s*)?(?:[\w.-]{1,40}@[\w.-]{1,60}[:\s][^\s$#%]{0,80}\s?)?"
    r"(?:\$|%|PS [^>]{0,80}>|[A-Z]:\\[^>]{0,80}>)\s+"
)
HERE_DOCUMENT = re.compile(r"<<-?\s*(['\"]?)([A-Za-z_]\w{0,40})\1")
ASSIGNED = re.compile(r"^[A-Za-z_]\w*=")
VENV_BIN = re.compile(r"(?<![\w/])(?:\./)?\.?v?env[/\\](?:bin|Scripts)[/\\]")
WINDOWS_PATH = re.compile(r"(?<=[\w.])\\(?=[\w.])")
WITH_VALUE = frozenset(
    {"-n", "-p", "--with", "--python", "--extra", "--group", "--name", "--project", "--env"}
)
RUNNERS = frozenset({"uv", "poetry", "pipenv", "pdm", "hatch", "rye", "conda", "mamba", "micromamba"})
PYTHON = re.compile(r"^(?:python|py)(?:3(?:\.\d+)?)?(?:\.exe)?$")
SEPARATORS = ("&&", "||", ";", "|", "&")
MAX_COMMAND = 4_000


@dataclass(frozen=True)
class Command:
    """One command as written, and the line it begins on."""

    text: str
    line: int


def commands_of(text: str, line: int, *, powershell: bool = False) -> list[Command]:
    """The commands of a block whose first line is ``line``; comments and blank lines are none."""
    rows = text.split("\n")
    prompted = any(PROMPT.match(row) for row in rows)
    found: list[Command] = []
    at = 0
    while at < len(rows):
        begun, row = at, rows[at]
        at += 1
        if prompted and not PROMPT.match(row):
            continue
        whole = PROMPT.sub("", row, count=1).rstrip()
        ends = ("`", "^") if powershell else ("\\",)
        while whole.endswith(ends) and at < len(rows):
            more = rows[at].strip() if powershell else re.sub(r"^\s*>\s", "", rows[at]).rstrip()
            whole = f"{whole[:-1]} {more}"
            at += 1
        if here := HERE_DOCUMENT.search(whole):
            while at < len(rows):
                whole += f"\n{rows[at]}"
                at += 1
                if rows[at - 1].strip() == here[2]:
                    break
        whole = whole.strip()
        if whole and not whole.startswith("#"):
            found.append(Command(whole[:MAX_COMMAND], line + begun))
    return found


def as_in_bash(text: str) -> str:
    """Windows paths and the environment's own folder, as a shell here would have them."""
    if "<<" not in text:
        text = WINDOWS_PATH.sub("/", text)
    return re.sub(r"^(\s*)py(?=\s)", r"\1python", VENV_BIN.sub("", text))


def parts_of(text: str) -> list[tuple[str, str]]:
    """``(command, separator after it)`` of a chain; quotes are kept together."""
    parts: list[tuple[str, str]] = []
    first, _, rest = text.partition("\n")
    quote, begun, at = "", 0, 0
    while at < len(first):
        char = first[at]
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        elif char == "\\":
            at += 1
        elif mark := _separator(first, at):
            parts.append((first[begun:at].strip(), mark))
            at += len(mark) - 1
            begun = at + 1
        at += 1
    last = first[begun:].strip()
    if last or rest:
        parts.append((f"{last}\n{rest}" if rest else last, ""))
    return [(part, mark) for part, mark in parts if part]


def _separator(text: str, at: int) -> str:
    found = next((mark for mark in SEPARATORS if text.startswith(mark, at)), "")
    redirects = found == "&" and (text[at - 1 : at] == ">" or text[at + 1 : at + 2] == ">")
    return "" if redirects else found


def inner(text: str) -> list[str]:
    """The words of one simple command, without assignments, redirections and what only wraps it."""
    words = _words(text.partition("\n")[0])
    while words and (ASSIGNED.match(words[0]) or words[0] in ("time", "sudo", "env", "nohup", "exec")):
        words = words[1:]
    if words and words[0] in RUNNERS and "run" in words[1:4]:
        words = _without_options(words[words.index("run") + 1 :])
        if words and words[0].endswith(".py"):
            words = ["python", *words]
    elif words and words[0] in ("uvx", "pipx"):
        words = [word for word in words[1:] if word != "run"]
    if words and PYTHON.match(words[0]):
        words = ["python", *_without_flags(words[1:])]
    return words


def _words(text: str) -> list[str]:
    try:
        words = shlex.split(text, comments=True)
    except ValueError:
        words = text.split()
    return [word for word in words if not re.match(r"^\d?>", word)]


def _without_options(words: list[str]) -> list[str]:
    while words and words[0].startswith("-"):
        words = words[2 if words[0] in WITH_VALUE else 1 :]
    return words


def _without_flags(words: list[str]) -> list[str]:
    """Python's own flags, as in ``python -u train.py`` and ``python -W ignore -m x``."""
    while words and words[0].startswith("-") and words[0] not in ("-m", "-c"):
        words = words[2 if words[0] in ("-W", "-X") else 1 :]
    return words


def holes_in(text: str) -> Iterator[str]:
    """What a reader has to replace: <path>, {data}, path/to/data, your-..., ..."""
    for found in HOLE.finditer(text):
        yield found[0]


HOLE = re.compile(
    r"<[A-Za-z][\w ./-]{0,60}>(?!\w)"
    r"|(?<![$\w{])\{[a-z_]{2,30}\}"
    r"|(?<![\w.-])(?:/|\./)?path/to/[\w./-]{1,80}"
    r"|(?<![\w-])(?:YOUR|your)[_-][\w-]{1,40}"
    r"|(?<=\s)\[[A-Za-z][\w ./-]{2,40}\](?=\s|$)"
    r"|(?<=\s)(?:\.\.\.|…)(?=\s|$)"
)


def filled(hole: str, before: str) -> str:
    """What stands for a hole in the container; ``before``: the text in front of it, whose flag names it."""
    words = re.findall(r"[a-z]+", f"{before[-24:].rpartition(' ')[2]} {before[-24:]} {hole}".lower())
    near = set(re.findall(r"[a-z]+", hole.lower())) or set(words[-3:])
    near |= set(re.findall(r"--([a-z]+)\S*\s*$", before.lower().rstrip("= ") + " "))
    if hole in ("...", "…") or hole.startswith("["):
        return ""
    if near & {"output", "out", "predictions", "prediction", "preds", "result", "results"}:
        return "predictions.csv"
    if near & {"model", "models", "artifacts", "checkpoint"}:
        return "model"
    if near & {"input", "validation", "new", "rows", "test", "customers", "score"}:
        return "data/validation"
    return "data"
