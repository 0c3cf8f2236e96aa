"""A wish -> what to ask for in its stead, from what was written to any version, and how far it came down."""

from __future__ import annotations

from dataclasses import dataclass

from packaging.version import InvalidVersion, Version

from harness.environment.requirement import Wanted


@dataclass
class Rung:
    """A wish and how far it has come down from what was written."""

    wanted: Wanted
    ladder: tuple[str, ...]
    at: int = 0
    why: str = ""
    hopeless: bool = False  # what was written does not exist: no use in trying it again

    @property
    def gone(self) -> bool:
        """Whether it is left out."""
        return self.at >= len(self.ladder)

    @property
    def line(self) -> str:
        """For the resolver."""
        return self.wanted.with_specifier(self.ladder[self.at])

    def step(self, why: str, *, to_the_end: bool = False) -> None:
        """Ask for less. The first reason is the one worth telling, unless it ends in nothing."""
        self.at = len(self.ladder) if to_the_end else self.at + 1
        self.why = why if self.gone else self.why or why


def ladder(wanted: Wanted, pin: Wanted | None = None) -> tuple[str, ...]:
    """What to ask for, from what was written to any version at all."""
    written = wanted.specifier
    version = wanted.pinned or (pin.pinned if pin else "")
    steps = [f"=={version}" if version else written]
    if version:
        try:
            public = Version(version)
        except InvalidVersion:
            return tuple(dict.fromkeys([written, ""]))
        major, minor = public.major, public.minor
        steps += [f"=={public.public}"] if public.local else []  # 2.4.0+cpu is on an index of its own
        steps += [f">={public.public},=={major}.{minor}.*", f">={public.public},<{major + 1}"]
        steps += [written] if written and written != steps[0] else []
        steps += [f">={public.public}", f"<{public.public}"]
    elif written:
        lower = [part for part in written.split(",") if part.startswith((">", "~="))]
        steps += [",".join(part.replace("~=", ">=") for part in lower)]
    return tuple(dict.fromkeys([*steps, ""]))
