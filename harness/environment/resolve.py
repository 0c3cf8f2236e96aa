"""Declarations + the image's lock -> exact versions: as written, or the nearest that exist and fit together.

A refusal of the resolver names packages; only those are moved, one step down their own ladder at a time, so
that one impossible pin costs nobody the other ninety.
"""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from packaging.utils import canonicalize_name
from packaging.version import Version

from harness.environment.index import Index
from harness.environment.ladder import Rung, ladder
from harness.environment.requirement import PYTHON_VERSION, Wanted

MAX_ATTEMPTS = 250

MAX_RESTORED = 8

SEARCH_S = 240.0

SURVEYORS = 6

ABSENT = "the package index has no such package"

NAME = r"([A-Za-z0-9][A-Za-z0-9._-]*[A-Za-z0-9]|[A-Za-z0-9])"


@dataclass
class Choice:
    """Exact versions, and how they came about."""

    lock: dict[str, str]  # name -> its entry of a hashed lock, "name==version \\ --hash=..."
    parents: dict[str, tuple[str, ...]]  # name -> who needs it
    rungs: list[Rung]
    pins_dropped: list[Wanted]
    problem: str = ""  # why there is nothing at all
    bounds: list[str] = field(default_factory=list)


def resolve(wanted: tuple[Wanted, ...], pins: tuple[Wanted, ...], base_lock: str, index: Index) -> Choice:
    """Versions for everything in ``wanted``; ``pins`` bind what else is needed.

    Raises:
        InfraError: the index cannot be used.
    """
    locked = {pin.name: pin for pin in pins}
    rungs = [Rung(w, ladder(w, locked.get(w.name))) for w in wanted]
    asked = {w.name for w in wanted}
    kept = {name: pin for name, pin in locked.items() if name not in asked}
    search = _Search(rungs, kept, base_lock, index)
    search.descend()
    search.climb()
    return search.choice()


class _Search:
    def __init__(self, rungs: list[Rung], pins: dict[str, Wanted], base_lock: str, index: Index) -> None:
        self.rungs = rungs
        self.pins = dict(pins)
        self.base_lock = base_lock
        self.index = index
        self.attempts = 0
        self.ends = time.monotonic() + SEARCH_S
        self.pins_dropped: list[Wanted] = []
        self.known: dict[str, str] = {}  # line -> why it cannot be had alone
        self.text = ""
        self.problem = ""
        self.bounds: list[str] = []

    def try_it(self) -> str:
        """Resolve as things stand: "" and the lock in ``text``, or the resolver's refusal."""
        self.attempts += 1
        lines = "\n".join(rung.line for rung in self.rungs if not rung.gone)
        if not lines:
            self.text = ""
            return ""
        constraints = [f"{name}=={pin.pinned}" for name, pin in self.pins.items()] + self.bounds
        answer = self.index.compile(lines, constraints="\n".join(constraints), prefer=self.base_lock)
        if answer.ok:
            self.text = answer.text
            return ""
        return answer.refusal

    def descend(self) -> None:
        """Move what the refusals name until something resolves."""
        while refusal := self.try_it():
            if not self._may_go_on():
                self.problem = "no set of versions that fits together was found in time"
                return
            said = " ".join(refusal.split("hint:")[0].split())
            if not (self._impossible(said) or self._in_conflict(said)):
                self._everything_down()

    def _may_go_on(self) -> bool:
        return self.attempts < MAX_ATTEMPTS and time.monotonic() < self.ends

    def climb(self) -> None:
        """Give back what need not have been moved: as few as possible stay loosened."""
        moved = [rung for rung in self.rungs if rung.at and not rung.gone and not rung.hopeless]
        if self.problem or len(moved) < 2 or len(moved) > MAX_RESTORED:
            return
        for rung in moved:
            before, good = rung.at, self.text
            rung.at = 0
            if self.try_it():
                rung.at, self.text = before, good

    def choice(self) -> Choice:
        """What came of it."""
        if self.problem:
            return Choice({}, {}, self.rungs, self.pins_dropped, self.problem)
        lock, parents = entries(self.text)
        if self._numpy_of_old_wheels(lock, parents):
            if self.try_it():
                self.bounds.pop()
                self.try_it()
            lock, parents = entries(self.text)
        return Choice(lock, parents, self.rungs, self.pins_dropped, bounds=self.bounds)

    def _rung(self, name: str) -> Rung | None:
        return next((r for r in self.rungs if r.wanted.name == name and not r.gone), None)

    def _drop_pin(self, name: str) -> bool:
        pin = self.pins.pop(name, None)
        if pin is not None:
            self.pins_dropped.append(pin)
        return pin is not None

    def _impossible(self, said: str) -> bool:
        """Names in the refusal that cannot be had as asked even alone go down to where they can."""
        moved = self._survey()
        for name in _mentioned(said):
            if rung := self._rung(name):
                moved |= self._settle(rung)
            elif name in self.pins:
                pin = self.pins[name]
                if self._alone(f"{name}=={pin.pinned}"):
                    moved |= self._drop_pin(name)
        return moved

    def _survey(self) -> bool:
        """Ask for every wish alone, several at once, the first time that something is refused: most of a long
        list of old pins is impossible for the same reason.
        """
        if self.known:
            return False
        with ThreadPoolExecutor(SURVEYORS) as pool:
            list(pool.map(self._alone, [rung.line for rung in self.rungs if not rung.gone]))
        self.attempts = 1
        return sum(self._settle(rung) for rung in self.rungs) > 0  # each of them, not the first alone

    def _settle(self, rung: Rung) -> bool:
        """Take steps until the package can be had alone; True when there were any."""
        moved = False
        while not rung.gone and self._may_go_on():
            why = self._alone(rung.line)
            if not why:
                break
            rung.hopeless = rung.hopeless or rung.at == 0
            rung.step(why, to_the_end=why == ABSENT)
            moved = True
        if (
            moved
            and not rung.gone
            and re.fullmatch(r">=[^,]+(,<[^,]+)?", rung.line.removeprefix(rung.wanted.name))
        ):
            self._nearest(rung)
        return moved

    def _nearest(self, rung: Rung) -> None:
        """Before any newer version: the series of the first one that can be had. So the replacements of a
        whole freeze come from one time, and go together.
        """
        answer = self.index.compile(rung.line, "--no-deps", "--resolution", "lowest-direct")
        first = version_of(next(iter(entries(answer.text)[0].values()), "")) if answer.ok else ""
        if first:
            series = f">={first},=={Version(first).major}.{Version(first).minor}.*"
            rung.ladder = (*rung.ladder[: rung.at], series, *rung.ladder[rung.at :])

    def _alone(self, line: str) -> str:
        """Why this line cannot be had even alone, without what it needs; "" when it can."""
        if line not in self.known:
            self.attempts += 1
            answer = self.index.compile(line, "--no-deps")
            refusal = "" if answer.ok else " ".join(answer.refusal.split("hint:")[0].split())
            self.known[line] = _why(refusal) if refusal else ""
        return self.known[line]

    def _in_conflict(self, said: str) -> bool:
        """Wishes that exclude each other: the one that others depend on gives way first."""
        mentioned = _mentioned(said)
        if any(self._drop_pin(name) for name in mentioned):
            return True
        subjects = {
            str(canonicalize_name(name)) for name in re.findall(rf"{NAME}(?:[=<>!~]\S*)? depends? on", said)
        }
        movable = [rung for name in mentioned if (rung := self._rung(name))]
        movable = [
            rung for rung in movable if rung.at + 1 < len(rung.ladder)
        ]  # a bare name fits or is not to blame
        if not movable:
            return False
        chosen = min(
            movable, key=lambda rung: (rung.wanted.name in subjects, -mentioned.index(rung.wanted.name))
        )
        others = ", ".join(rung.wanted.name for rung in movable if rung is not chosen)
        chosen.step(
            f"it does not go together with {others}" if others else "it does not go together with the rest"
        )
        return True

    def _everything_down(self) -> None:
        """A refusal that names nobody we know: all lock pins go, then every wish takes a step."""
        if self.pins:
            self.pins_dropped += self.pins.values()
            self.pins.clear()
            return
        steps = [rung for rung in self.rungs if not rung.gone and rung.at + 1 < len(rung.ladder)]
        for rung in steps:
            rung.step("it does not go together with the rest")
        if not steps:
            last = next(rung for rung in reversed(self.rungs) if not rung.gone)
            last.step("it does not go together with the rest", to_the_end=True)

    def _numpy_of_old_wheels(self, lock: dict[str, str], parents: dict[str, tuple[str, ...]]) -> bool:
        """Whether numpy has to stay below 2: older compiled wheels do not load with it, and do not say so.

        True after adding that bound.
        """
        numpy = version_of(lock.get("numpy", ""))
        asked = self._rung("numpy")
        if not numpy or Version(numpy).major < 2 or (asked and asked.ladder[asked.at].startswith("==")):
            return False
        base = entries(self.base_lock)[0]
        suspects = {
            name: entry for name, entry in lock.items()
            if name in parents.get("numpy", ()) and version_of(base.get(name, "")) != version_of(entry)
        }  # fmt: skip
        if not suspects:
            return False
        found = self.index.files("\n".join(f"{n}=={version_of(e)}" for n, e in suspects.items()))
        wheels = re.findall(r'/([^/"]+\.whl)".*?upload-time = (\d{4}-\d\d-\d\d)', found)
        old = [wheel for wheel, day in wheels if day < "2024-06-16" and not wheel.endswith("-none-any.whl")]
        if old:
            self.bounds.append("numpy<2")
        return bool(old)


def _mentioned(said: str) -> list[str]:
    """Names that a refusal may be about, normalised, in its order."""
    words = re.findall(rf"(?<![\w.-]){NAME}(?=[=<>!~\[,{{ ]|$)", said)
    return list(dict.fromkeys(str(canonicalize_name(word)) for word in words))


def _why(refusal: str) -> str:
    if "was not found in the package registry" in refusal:
        return ABSENT
    if "no usable wheels" in refusal:
        return f"it has no wheel for Python {PYTHON_VERSION}, and nothing is built here"
    return "there is no such version"


def entries(lock: str) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Of a hashed lock file: name -> ``name==version`` with its hashes, and name -> who needs it."""
    found: dict[str, str] = {}
    parents: dict[str, tuple[str, ...]] = {}
    for block in re.findall(r"(?m)^(\S+==\S+.*(?:\n[ \t]+.*)*)\n?", lock):
        name = str(canonicalize_name(re.split(r"==|\[", block)[0]))
        kept = [line for line in block.split("\n") if not line.lstrip().startswith("#")]
        found[name] = "\n".join(kept).rstrip(" \\") + "\n"
        via = " ".join(line.lstrip(" #") for line in block.split("\n") if line.lstrip().startswith("#"))
        parents[name] = tuple(str(canonicalize_name(w)) for w in via.removeprefix("via").split() if w != "-r")
    return found, parents


def version_of(entry: str) -> str:
    """The version in a lock's entry; "" for none."""
    found = re.match(r"[^=\s]+==([^\s;\\]+)", entry)
    return found[1] if found else ""
