"""A place of its own for each case: home, runs, scratch, engine socket, and the real command line in it."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from graders import REGISTRY
from harness.assignment import SPEC
from harness.sandbox import owner
from tests.faults.nursery import Child, Nursery
from tests.faults.proxy import Proxy, Rule, engine_socket

ROOT = Path(__file__).parents[2]
SUBMISSION = Path(__file__).parent / "submission"
ASSIGNMENT = "telco-churn"
PATIENCE_S = 300.0  # for a busy machine; a case takes ten seconds on a quiet one
HUNG = -999  # the exit code of a command that had to be given up
POLL_S = 0.004


@dataclass(frozen=True)
class Done:
    """A command that ended: how, and what it said."""

    code: int
    seconds: float
    out: str
    err: str

    @property
    def run(self) -> Path | None:
        """The run folder that it printed, if it did."""
        line = self.out.strip().splitlines()[-1:]
        return Path(line[0]) if line and self.code in (0, 4, 5) else None

    @property
    def tail(self) -> str:
        """The last of what it said, for a person."""
        return " / ".join(self.err.strip().splitlines()[-3:])[-300:]


class Command:
    """One ``takehome grade`` under way, in a process of its own: forked by the nursery, if there is one."""

    def __init__(
        self, words: list[str], env: Mapping[str, str], folder: Path, nursery: Nursery | None
    ) -> None:
        self._out, self.err = folder / "stdout", folder / "stderr"
        folder.mkdir()
        self.process: Child | subprocess.Popen[bytes]
        if nursery:
            self.process = nursery.start(words, env=env, cwd=ROOT, out=self._out, err=self.err)
        else:
            self.process = self._alone(words, env)
        self.started = time.monotonic()
        self.pid = self.process.pid
        self.owner = owner._of_process.__wrapped__(self.pid)

    def _alone(self, words: list[str], env: Mapping[str, str]) -> subprocess.Popen[bytes]:
        with self._out.open("wb") as out, self.err.open("wb") as err:
            return subprocess.Popen(
                # whoever started these tests in the background had SIGINT ignored; children inherit that
                ["env", "--default-signal=INT,TERM", sys.executable, "-m", "harness.cli", *words],
                stdout=out,
                stderr=err,
                stdin=subprocess.DEVNULL,
                env=dict(env),
                cwd=ROOT,
                start_new_session=True,
            )

    def until(self, seen: Callable[[], object]) -> bool:
        """Wait until something is seen; False when the command ended first."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            if seen():
                return True
            if self.process.poll() is not None:
                return bool(seen())
            time.sleep(POLL_S)
        return False

    def signal(self, number: signal.Signals) -> None:
        """Send it, if it still lives."""
        if self.process.poll() is None:
            self.process.send_signal(number)

    def wait(self, patience_s: float = PATIENCE_S) -> Done:
        """How it ended; killed, and HUNG, when it takes longer than patience."""
        try:
            code = self.process.wait(max(0.1, self.started + patience_s - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            code = HUNG
        seconds = time.monotonic() - self.started
        return Done(code, seconds, self._out.read_text("utf-8"), self.err.read_text("utf-8", "replace"))


@dataclass
class World:
    """Folders, a proxy, and every command that was started here."""

    folder: Path
    nursery: Nursery | None = None
    commands: list[Command] = field(default_factory=list)

    def __post_init__(self) -> None:
        for name in ("home", "runs", "scratch", "tmp", "commands"):
            (self.folder / name).mkdir(parents=True)
        self.home, self.runs = self.folder / "home", self.folder / "runs"
        self.proxy = Proxy(self.folder / "s", engine=engine_socket())
        self.source = self.folder / "candidate"
        shutil.copytree(SUBMISSION, self.source)
        self.root = _shorter(self.folder / "root")

    @property
    def slug_runs(self) -> Path:
        """Where the runs of the assignment are."""
        return self.runs / ASSIGNMENT

    def start(
        self,
        *flags: str,
        source: Path | None = None,
        rules: Iterable[Rule] = (),
        env: Mapping[str, str] | None = None,
    ) -> Command:
        """Start ``takehome grade``; the proxy's rules are replaced."""
        self.proxy.spoil(rules)
        return self.start_another(*flags, source=source, env=env)

    def start_another(
        self, *flags: str, source: Path | None = None, env: Mapping[str, str] | None = None
    ) -> Command:
        """As ``start``, with the rules left as they are."""
        words = ["grade", str(source or self.source), "-a", ASSIGNMENT, "--runs", str(self.runs), *flags]
        folder = self.folder / "commands" / f"{len(self.commands)}"
        command = Command(words, {**self.env, **(env or {})}, folder, self.nursery)
        self.commands.append(command)
        return command

    def grade(
        self,
        *flags: str,
        source: Path | None = None,
        rules: Iterable[Rule] = (),
        env: Mapping[str, str] | None = None,
    ) -> Done:
        """Start it and wait for its end."""
        return self.start(*flags, source=source, rules=rules, env=env).wait()

    @property
    def env(self) -> dict[str, str]:
        """The environment of every command here."""
        passed = {k: v for k, v in os.environ.items() if not k.startswith(("MLFLOW", "TAKEHOME", "DOCKER"))}
        return {
            **passed,
            "TAKEHOME_ROOT": str(self.root),
            "TAKEHOME_HOME": str(self.home),
            "TAKEHOME_SCRATCH": str(self.folder / "scratch"),
            "TMPDIR": str(self.folder / "tmp"),
            "DOCKER_HOST": self.proxy.url,
            "PYTHONUNBUFFERED": "1",
        }

    def glob(self, pattern: str) -> list[Path]:
        """What is there now, in this world."""
        return sorted(self.folder.glob(pattern))

    def close(self) -> None:
        """End what runs, unmount what tests mounted, and go."""
        for command in self.commands:
            if command.process.poll() is None:
                command.process.kill()
                command.process.wait()
        self.proxy.close()
        for name in ("home", "runs", "scratch", "tmp"):
            while os.path.ismount(self.folder / name):
                subprocess.run(["umount", "-l", str(self.folder / name)], check=True)
        shutil.rmtree(self.folder, ignore_errors=True)


def new_world(template: World | None = None, nursery: Nursery | None = None) -> World:
    """An empty world; or one with the template's data, answer key and run log, but none of its runs."""
    world = World(Path(tempfile.mkdtemp(prefix="th-f-")) / "w", nursery)
    if template:
        shutil.copytree(template.home, world.home, dirs_exist_ok=True)
        _moved(world.home / "mlflow.db", str(template.home), str(world.home))
    return world


def _shorter(root: Path) -> Path:
    """A checkout with the same assignment without extra stages: they take a minute, and fail as any does."""
    folder = root / "assignments" / ASSIGNMENT
    folder.mkdir(parents=True)
    for name in ("datasets", "docker"):
        (root / name).symlink_to(ROOT / name)
    original = ROOT / "assignments" / ASSIGNMENT
    for path in original.iterdir():
        if path.name != SPEC:
            (folder / path.name).symlink_to(path)
    spec = yaml.safe_load((original / SPEC).read_text("utf-8"))
    extra = set(spec.pop("stages", ()))
    spec.pop("levels", None)
    waits = [c for c in spec["rubric"] if extra & {*REGISTRY[c["grader"]].needs, *REGISTRY[c["grader"]].asks}]
    spec["rubric"] = [c for c in spec["rubric"] if c not in waits]
    spec["rubric"][0]["weight"] += sum(c["weight"] for c in waits)
    (folder / SPEC).write_text(yaml.safe_dump(spec), "utf-8")
    return root


def _moved(database: Path, old: str, new: str) -> None:
    """An experiment knows its folder by its whole path."""
    with sqlite3.connect(database) as connection:
        connection.execute(
            "UPDATE experiments SET artifact_location = replace(artifact_location, ?, ?)", (old, new)
        )
    connection.close()
