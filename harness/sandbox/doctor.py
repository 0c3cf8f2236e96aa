"""Which defences are active on this machine, and what to do about the rest. Facts for `takehome doctor`."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from harness.errors import InfraError
from harness.model import Trust
from harness.sandbox.engine import Engine
from harness.sandbox.meter import cgroups_readable
from harness.sandbox.mounts import NO_LINKS, mount_tmpfs, unmount
from harness.sandbox.outputs import host_tmpfs_works
from harness.sandbox.policy import IMAGES, LIMITS, SECCOMP, unenforced


class State(StrEnum):
    """OK; WEAKER: it works, a better way is not open here; MISSING: nothing can be graded."""

    OK = "ok"
    WEAKER = "weaker"
    MISSING = "missing"


class Protection(NamedTuple):
    """One defence: its name, whether it is active, and what is so or what to do."""

    name: str
    state: State
    advice: str


def protections(engine: Engine | None = None) -> list[Protection]:
    """All of them; when the engine cannot be asked, that alone."""
    engine = engine or Engine()
    try:
        info = engine.info()
        return [*_of_the_engine(info), *_of_images(engine), *_of_this_machine(engine, info)]
    except InfraError as error:
        return [Protection("engine", State.MISSING, f"{error}; {error.hint}")]


def _of_the_engine(info: dict[str, Any]) -> Iterator[Protection]:
    yield Protection("engine", State.OK, f"{info['ServerVersion']}, storage {info.get('Driver')}")
    options = " ".join(info.get("SecurityOptions") or ())
    if "seccomp" not in options:
        yield Protection("system call filter", State.MISSING, "the kernel or the engine has no seccomp")
    elif not SECCOMP.is_file():
        yield Protection("system call filter", State.MISSING, "docker/seccomp.json is absent: use a checkout")
    else:
        yield Protection("system call filter", State.OK, "our own seccomp profile")
    weak = unenforced(info)
    yield Protection("limits", State.MISSING if weak else State.OK, "; ".join(weak) or ", ".join(LIMITS))
    mapped = "userns" in options or "rootless" in options
    yield Protection(
        "user namespaces",
        State.OK if mapped else State.WEAKER,
        "on"
        if mapped
        else "off: containers run as numbered users without capabilities; userns-remap adds a wall",
    )
    gvisor = "runsc" in info.get("Runtimes", {})
    yield Protection(
        "gVisor",
        State.OK if gvisor else State.WEAKER,
        "--runtime runsc" if gvisor else "not installed: the host's kernel is the wall",
    )


def _of_images(engine: Engine) -> Iterator[Protection]:
    for trust in (Trust.CANDIDATE, Trust.TOOLS):
        found = engine.image(IMAGES[trust])
        if found is None:
            yield Protection(f"{trust} image", State.MISSING, f"{IMAGES[trust]} is absent: make image")
            continue
        labels = (found.get("Config") or {}).get("Labels") or {}
        marks = [f"{k}={v}" for k, v in sorted(labels.items()) if k.startswith("takehome")]
        yield Protection(f"{trust} image", State.OK, " ".join([str(found["Id"])[:19], *marks]))


def _of_this_machine(engine: Engine, info: dict[str, Any]) -> Iterator[Protection]:
    host = host_tmpfs_works(engine)
    yield Protection(
        "output folder",
        State.OK if host else State.WEAKER,
        "a tmpfs of the host's" if host else "a tmpfs volume and a holder: needs neither root nor Linux",
    )
    if host:
        links = _links_are_off()
        yield Protection(
            "links in output",
            State.OK if links else State.WEAKER,
            f"{NO_LINKS}: the kernel follows none" if links else "each is refused when files are collected",
        )
    why = cgroups_readable(info)
    version = f"cgroup v{info.get('CgroupVersion', '1')}, driver {info.get('CgroupDriver')}"
    advice = f"{version}: not measured, {why}" if why else version
    yield Protection("peak memory and processor time", State.WEAKER if why else State.OK, advice)


def _links_are_off() -> bool:
    with tempfile.TemporaryDirectory() as text:
        folder = Path(text)
        try:
            mount_tmpfs(folder, ["size=1m", "mode=0700"])
            entries = Path("/proc/self/mountinfo").read_text().splitlines()
            return any(f" {folder} " in entry and NO_LINKS in entry for entry in entries)
        finally:
            unmount(folder)
