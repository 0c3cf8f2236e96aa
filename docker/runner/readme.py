"""/plan/howto.json -> its commands, run in order in a copy of the repository -> /output/readme.json.

`python3 -I readme.py --settings JSON`, with ``limits`` in seconds (train, predict, test, other, whole),
``declared`` (train, predict, test: the commands of submission.toml) and ``health``.

    commands   number (in the plan), ended (exit, timeout, serving, not started, not reached), exit, seconds,
               tail, wrote, predictions (a file beside this one, or ""), tests, failed, port, health
    problem    why there is nothing to run, or ""

When the training command that the README names fails, the declared one is run in its place: what follows is
then judged by itself. Files are what they are at the end, when every other process has been killed; this
process cannot be looked into by them. All the same it runs beside the candidate's code: what it says is a
claim, and the harness compares it with stages of its own.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import re
import shutil
import signal
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))  # -I leaves the script's folder out

import athand
import followed
import shell_words
import workspace

PLAN = Path("/plan/howto.json")
SCRATCH = Path("/tmp/takehome")  # noqa: S108 (the container's own)
FILE, MAX_RUN = "readme.json", 40
PR_SET_DUMPABLE = 4
ROUNDS = 100
TABLE_PATH = re.compile(r"(?<![\w./-])(?:\./)?((?:data|dataset|datasets|input|inputs)(?:/[\w.-]{1,60}){0,4})")
NEW_ROWS = frozenset({"validation", "val", "valid", "test", "new", "holdout", "hold-out", "score", "input"})


def main(words: list[str], places: workspace.Places, plan: Path = PLAN, scratch: Path = SCRATCH) -> int:
    """Prepare, follow, and write down what came of it."""
    settings = json.loads(words[words.index("--settings") + 1])
    commands = json.loads(plan.read_text("utf-8"))["commands"]
    try:
        workspace.prepare(places, os.environ)
        scratch.mkdir(parents=True, exist_ok=True)
        at_hand(scratch / "bin")
        lay_data(places, " ".join(c["run"] for c in commands))
        outcomes = follow(commands, settings, followed.Shell(places, scratch, health=settings["health"]))
        end_others()
        write(outcomes, places.output)
    except OSError as error:
        workspace.say(f"stopped: {error}")
        return workspace.CANNOT_KEEP
    return 0


def follow(
    commands: list[dict[str, Any]], settings: dict[str, Any], shell: followed.Shell
) -> list[tuple[int, followed.Outcome]]:
    """Each command in turn, within its limit and that of the whole."""
    limits, deadline = settings["limits"], time.monotonic() + settings["limits"]["whole"]
    outcomes: list[tuple[int, followed.Outcome]] = []
    run = [(number, c) for number, c in enumerate(commands) if c["kind"] in ("run", "aside")]
    for count, (number, command) in enumerate(run):
        left = deadline - time.monotonic()
        if left <= 0 or count >= MAX_RUN:
            outcomes.append((number, followed.Outcome("not reached")))
            continue
        topic = topic_of(command["parts"], settings["declared"])
        limit_s = min(left, limits.get(topic, limits["other"]))
        outcome = shell.follow(command["run"], limit_s=limit_s, may_serve=not topic)
        outcomes.append((number, outcome))
        workspace.say(f"line {command['line']}: {outcome.ended} {outcome.exit} after {outcome.seconds} s")
        left = deadline - time.monotonic()
        if topic == "train" and outcome.ended == "exit" and outcome.exit and left > 0:
            shell.follow(
                mended(settings["declared"]["train"], command["parts"][-1], shell.places.data),
                limit_s=min(left, limits["train"]),
                may_serve=False,
            )
    return outcomes


def topic_of(parts: list[list[str]], declared: dict[str, str]) -> str:
    """Which declared command this is, by the script or module it calls; "" when it is none."""
    heads = {name: head_of(shell_words.inner(text)) for name, text in declared.items() if text}
    for part in reversed(parts):
        for name, head in heads.items():
            if head and head_of(part)[: len(head)] == head:
                return name
    return ""


def head_of(words: list[str]) -> list[str]:
    """What is called: a script, a module or a program; with the word after it, where that is no option."""
    if words[:1] == ["python"]:
        words = words[2:] if words[1:2] == ["-m"] else words[1:]
    if not words:
        return []
    first = words[0].removesuffix(".py").replace("/", ".").lstrip(".")
    plain = words[1:2] if words[1:] and re.fullmatch(r"[a-z][a-z_-]{1,20}", words[1]) else []
    return [first, *plain]


def mended(declared: str, written: list[str], data: Path) -> str:
    """The declared training command, with its model where the README's would have put it."""
    words, model = shell_words.inner(declared), "model"
    for at, word in enumerate(words):
        if word != "{model}":
            continue
        flag = words[at - 1]
        if flag.startswith("-") and flag in written[:-1]:
            model = written[written.index(flag) + 1]
        elif len(written) == len(words):
            model = written[at]
    model = model if re.fullmatch(r"[\w./-]{1,200}", model) else "model"
    return f"mkdir -p {model}; " + declared.replace("{data}", str(data)).replace("{model}", model)


def at_hand(folder: Path) -> None:
    """pip and its like, behind everything else on PATH."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in athand.NAMES:
        with contextlib.suppress(FileExistsError):
            (folder / name).symlink_to(Path(athand.__file__ or ""))
    os.environ["PATH"] = f"{os.environ.get('PATH', os.defpath)}:{folder}"


def lay_data(places: workspace.Places, text: str) -> None:
    """The public data wherever the README has it: data/raw, data/train and the like are the same folder."""
    for name in dict.fromkeys(found.rstrip("/.") for found in TABLE_PATH.findall(text)):
        if os.path.lexists(places.work / name) or (places.work / name).exists() or name.endswith(".py"):
            continue
        target = places.work / name
        source = next(
            (f for f in (places.data / target.name, places.data / "validation" / target.name) if f.exists()),
            None,
        )
        if source is None and target.suffix:
            continue  # a file that the command itself may write
        if source is None:
            new = target.name.lower() in NEW_ROWS and (places.data / "validation").is_dir()
            source = places.data / "validation" if new else places.data
        _link(places, target, source)


def _link(places: workspace.Places, target: Path, source: Path) -> None:
    top = places.work / "data"
    with contextlib.suppress(OSError):
        if top.is_symlink() and target.is_relative_to(top):
            top.unlink()
            top.mkdir()
            for entry in sorted(places.data.iterdir()):
                (top / entry.name).symlink_to(entry)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(source)


def end_others() -> None:
    """Kill every process but this one and those it descends from; nothing is written down before.

    Each is stopped first, so that none can start another while we look.
    """
    if os.environ.get("TAKEHOME_SPARE_OTHERS"):
        return  # a test, outside of a container
    spared = ancestors()
    for number in (signal.SIGSTOP, signal.SIGKILL):
        for _ in range(ROUNDS):
            others = [pid for pid in living() if pid not in spared]
            for pid in others:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, number)
            if not others or number == signal.SIGSTOP:
                break
            time.sleep(0.02)


def living() -> list[int]:
    """Processes of this container that are not dead already."""
    found: list[int] = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and status_of(int(folder.name))[0] not in ("Z", "X", ""):
            found.append(int(folder.name))
    return found


def ancestors() -> frozenset[int]:
    """This process, and those it descends from: ours, all of them."""
    found, pid = {1}, os.getpid()
    while pid > 1 and pid not in found:
        found.add(pid)
        pid = int(status_of(pid)[1] or 0)
    return frozenset(found)


def status_of(pid: int) -> tuple[str, str]:
    """``(state, parent)`` of a process; empty words for none."""
    with contextlib.suppress(OSError, IndexError):
        words = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        return words[0], words[1]
    return "", ""


def write(outcomes: list[tuple[int, followed.Outcome]], output: Path) -> None:
    """readme.json and the predictions; whatever else lies in ``output`` was theirs, and goes.

    Raises:
        OSError: there is no room.
    """
    for entry in list(output.iterdir()):
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                entry.unlink()
    (output / "predictions").mkdir()
    listed: list[dict[str, Any]] = []
    for number, outcome in outcomes:
        name = f"predictions/{number}.csv" if outcome.predictions else ""
        if name:
            (output / name).write_bytes(outcome.predictions)
        listed.append({"number": number} | asdict(outcome) | {"predictions": name})
    (output / FILE).write_text(json.dumps({"commands": listed}, indent=1) + "\n", encoding="utf-8")


def not_to_be_looked_into() -> None:
    """Same user, other processes: without this they could write to this one's memory."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


if __name__ == "__main__":
    not_to_be_looked_into()
    sys.exit(main(sys.argv[1:], workspace.Places()))
