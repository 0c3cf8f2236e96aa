"""The README -> /output/howto.json: the commands it tells a reader to type, in order. For documents.py.

    path       the README that was read (the one nearest the root), "" without one
    names      notebooks and Dockerfiles that its text names
    commands   line, text (as written), run (what the shell gets), parts (the words of each simple command),
               kind, why, inline
    truncated  whether there were more than MAX_COMMANDS

Kinds:

    run      somebody's code: executed, and judged
    aside    echo, ls, mkdir and the like: executed, neither judged nor credited
    setup    what the sandbox does in stages of its own, or cannot do without a network: passed over; ``why``
    docker   builds or starts a container: judged by what it names
    notebook opens or runs a notebook: the harness's own run of it stands in
    tool     a task runner that the image has not, with a file that says what it does

A block counts when its language is a shell's; one without a language, line by line, where a line begins like
a command. Code within a sentence counts where it is a command. Nothing of it is run here.
"""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath
from typing import Any

import workspace
from command_words import (
    ASIDES,
    CONTAINERS,
    INSTALLERS,
    NOTEBOOKS,
    PASSED_OVER,
    PLAIN,
    POWERSHELL,
    SHELLS,
    STARTS,
    TASK_FILES,
    WHY_FETCH,
    WHY_SETUP,
)
from shell_words import ASSIGNED, PROMPT, Command, as_in_bash, commands_of, filled, holes_in, inner, parts_of

FILE = "howto.json"
MAX_COMMANDS, MAX_PARTS, MAX_WORDS = 60, 12, 40
SETUP_TARGET = re.compile(
    r"^(?:setup|install|venv|env|deps|dependencies|requirements|init|bootstrap|lint|format|docker.*)$"
)
NAMES_FILE = re.compile(r"[\w./-]{1,100}\.ipynb|[\w./-]{0,80}Dockerfile[\w.-]{0,40}")


def write(report: dict[str, Any], places: workspace.Places) -> None:
    """What ``report`` (documents.py) has of the README, as commands."""
    (places.output / FILE).write_text(json.dumps(read(report), indent=1) + "\n", encoding="utf-8")


def read(report: dict[str, Any]) -> dict[str, Any]:
    """The report on the README nearest the root."""
    pages = [d for d in report["documents"] if d["kind"] == "readme" and d["problem"] is None]
    page = min(pages, key=lambda d: (d["path"].count("/"), d["path"]), default=None)
    if page is None:
        return {"path": "", "names": [], "commands": [], "truncated": False}
    paths = frozenset(report["paths"])
    found = [(command, False) for block in page["code"] for command in _of_block(block)]
    found += [(command, True) for command in _inline(page, [command for command, _ in found])]
    found.sort(key=lambda pair: pair[0].line)
    clones: set[str] = set()
    commands = [_entry(command, inline, paths, clones) for command, inline in found[:MAX_COMMANDS]]
    told = [e["text"] for what in ("statements", "spans", "links", "code") for e in page[what] if "text" in e]
    told += [e["target"] for e in page["links"]]
    names = sorted({name for text in told for name in NAMES_FILE.findall(text[:4_000])})
    return {"path": page["path"], "names": names[:50], "commands": commands,
            "truncated": len(found) > MAX_COMMANDS}  # fmt: skip


def _of_block(block: dict[str, Any]) -> list[Command]:
    language = block["language"]
    first = block["line"] + (1 if block["fenced"] else 0)
    if language in SHELLS:
        return commands_of(block["text"], first, powershell=language in POWERSHELL)
    if language not in PLAIN:
        return []
    found = commands_of(block["text"], first)
    if any(PROMPT.match(row) for row in block["text"].split("\n")):
        return found
    return [command for command in found if _begins_like_one(command.text)]


def _begins_like_one(text: str) -> bool:
    words = inner(as_in_bash(text))
    raw = text.split()
    head = words[0] if words else ""
    if ASSIGNED.match(raw[0]) and not words:
        return False  # x=1 of a settings file
    return bool({head, raw[0]} & STARTS) or (head.startswith("./") and head.endswith((".sh", ".py")))


def _inline(page: dict[str, Any], blocks: list[Command]) -> list[Command]:
    """Commands within sentences; what a block or an earlier sentence calls is spoken of, not told again."""
    known = {_called(command.text) for command in blocks}
    found: list[Command] = []
    for span in page["spans"]:
        called = _called(span["text"])
        if called not in known and _is_span(span["text"]):
            known.add(called)
            found.append(Command(span["text"], span["line"]))
    return found


def _called(text: str) -> tuple[str, ...]:
    """The program, script or module; for make its target, for docker its verb."""
    words = inner(as_in_bash(PROMPT.sub("", text, count=1)))
    if words[:2] == ["python", "-m"]:
        return tuple(words[2:3])
    if words[:1] == ["python"]:
        plain = words[2:3] if words[2:] and words[2].isalpha() else []
        return tuple(words[1:2] + plain)
    return tuple(words[:2] if words[:1] in (["make"], ["docker"], ["just"]) else words[:1])


def _is_span(text: str) -> bool:
    """Code within a sentence that is a whole command, and no name of a tool or a module."""
    words = inner(as_in_bash(PROMPT.sub("", text, count=1)))
    if not words or not _begins_like_one(text) or words[0] in ("cd", "source", "export", "git", "curl"):
        return False
    return len(words) > 1 or words[0] in ("pytest", "make", "tox", "nox")


def _entry(command: Command, inline: bool, paths: frozenset[str], clones: set[str]) -> dict[str, Any]:
    text = as_in_bash(PROMPT.sub("", command.text, count=1))
    parts = parts_of(text)[:MAX_PARTS]
    for part, _ in parts:
        if found := re.match(
            r"git\s+clone\s+(?:-\S+\s+(?:\d+\s+)?)*\S*?([\w.-]+?)(?:\.git)?/?(?:\s+(\S+))?$", part
        ):
            clones.add(found[2] or found[1])
    judged = [(part, mark, *_kind(inner(part), part, paths, clones)) for part, mark in parts]
    kind, why = _whole([(k, w) for _, _, k, w in judged])
    run = _without_setup(judged) if kind in ("run", "aside") else ""
    holes = list(dict.fromkeys(holes_in(run)))[:8] if "<<" not in run else []
    return {
        "line": command.line,
        "text": command.text,
        "run": _fill(run) if holes else run,
        "parts": [inner(part)[:MAX_WORDS] for part, _, k, _ in judged if k not in ("setup", "aside")],
        "kind": kind,
        "why": why,
        "holes": holes,
        "inline": inline,
    }


def _whole(judged: list[tuple[str, str]]) -> tuple[str, str]:
    """A chain is what its weightiest part is."""
    for kind in ("run", "docker", "notebook", "tool", "setup"):
        for found, why in judged:
            if found == kind:
                return kind, why
    return "aside", ""


def _without_setup(judged: list[tuple[str, str, str, str]]) -> str:
    kept = [
        (part, mark) for part, mark, kind, _ in judged if kind not in ("setup", "docker", "notebook", "tool")
    ]
    text = ""
    for number, (part, mark) in enumerate(kept):
        last = number == len(kept) - 1
        text += part + ("" if not mark or (last and mark != "&") else f" {mark} " if not last else " &")
    return text


def _fill(run: str) -> str:
    """With something sensible in place of each hole."""
    out, rest = "", run
    for hole in holes_in(run):
        before, _, rest = rest.partition(hole)
        out += before
        out += filled(hole, out)
    return out + rest


def _kind(words: list[str], part: str, paths: frozenset[str], clones: set[str]) -> tuple[str, str]:
    """What one simple command is, and why it is passed over."""
    if not words:
        raw = part.split()
        return ("setup", WHY_SETUP) if raw and raw[0] in INSTALLERS else ("aside", "")
    head, rest = words[0].removesuffix(".exe"), words[1:]
    called = rest[1] if rest[:1] == ["-m"] and len(rest) > 1 else head
    if _is_setup(head, rest, called, words):
        return "setup", WHY_SETUP
    if head == "cd":
        return _change(rest, paths, clones)
    if why := next((why for names, why in PASSED_OVER if called in names), ""):
        return ("run", "") if head == "mlflow" and rest[:1] == ["run"] else ("setup", why)
    if head in CONTAINERS:
        return "docker", ""
    if called in NOTEBOOKS or called.startswith(("jupyter", "nbconvert")):
        return "notebook", ""
    if head in TASK_FILES:
        return _task(head, paths)
    return ("aside", "") if head in ASIDES else ("run", "")


def _is_setup(head: str, rest: list[str], called: str, words: list[str]) -> bool:
    targets = [word for word in rest if not word.startswith("-")]
    return (
        head in INSTALLERS
        or called in ("venv", "ensurepip", "ipykernel", *INSTALLERS)
        or head.startswith("$env:")
        or head in ("Set-ExecutionPolicy", "activate")
        or (head == "python" and rest[:1] == ["setup.py"])
        or (head == "make" and bool(targets) and all(SETUP_TARGET.match(word) for word in targets))
        or _activates(words)
    )


def _activates(words: list[str]) -> bool:
    return words[-1].replace("\\", "/").rpartition("/")[2].lower().startswith("activate") and (
        words[0] in ("source", ".", "call", "&", "conda") or len(words) == 1
    )


def _change(rest: list[str], paths: frozenset[str], clones: set[str]) -> tuple[str, str]:
    """Going into what was cloned means being where we are."""
    target = (rest[0] if rest else "").rstrip("/").removeprefix("./")
    known = target in ("", ".", "..", "-", "~") or any(path.startswith(f"{target}/") for path in paths)
    outside = target in clones or (not known and "$" not in target and not target.startswith("../"))
    return ("setup", WHY_FETCH) if outside else ("aside", "")


def _task(head: str, paths: frozenset[str]) -> tuple[str, str]:
    there = {str(PurePosixPath(path)).lower() for path in paths}
    file = next((name for name in TASK_FILES[head] if name in there), "")
    return ("tool", file) if file else ("run", "")
