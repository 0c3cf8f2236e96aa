"""A step of a build -> the policy's container, weakened by exactly what is written here. Pure."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import Field

from harness.dockerfile import PATH, Image, Run
from harness.model import Frozen, Limits
from harness.sandbox.groundwork import HOME
from harness.sandbox.policy import FIRST_UID, SECCOMP, Plan, container_body, violations

# What root needs for useradd, chown and writing into folders of others; other users have none of it.
CAPABILITIES = ["CHOWN", "DAC_OVERRIDE", "FOWNER"]
EOPNOTSUPP = 95
EAFNOSUPPORT = 97


class BuildLimits(Frozen):
    """For the whole build, but memory, processor and processes: those are for each step."""

    timeout_s: float = Field(default=600.0, gt=0, le=7200)
    memory_mb: int = Field(default=2048, ge=64, le=65536)
    cpus: float = Field(default=1.0, gt=0, le=64)
    pids: int = Field(default=256, ge=128, le=4096)
    disk_mb: int = Field(default=2048, ge=16, le=8192)
    disk_files: int = Field(default=200_000, ge=100, le=2_000_000)
    context_mb: int = Field(default=256, ge=1, le=4096)
    context_files: int = Field(default=10_000, ge=1, le=100_000)


def step_violations(inspect: Mapping[str, Any]) -> list[str]:
    """Where a step's container is weaker than the policy, beyond the three things a build cannot do without.

    A writable root file system, `CAPABILITIES` for root, and the user that the Dockerfile names.
    """
    found = copy.deepcopy(dict(inspect))
    host = found["HostConfig"]
    if not set(host["CapAdd"] or []) - {*CAPABILITIES, *(f"CAP_{name}" for name in CAPABILITIES)}:
        host["CapAdd"] = None
    host["ReadonlyRootfs"] = True
    found["Config"]["User"] = f"{FIRST_UID}:{FIRST_UID}"
    return violations(found)


@dataclass(frozen=True)
class Bodies:
    """Create requests for the containers of one build."""

    limits: BuildLimits
    labels: Mapping[str, str]
    mounts: tuple[tuple[str, str], ...]
    cgroup_parent: str
    runtime: str

    def run(self, image: str, step: Run, seconds_left: float) -> dict[str, Any]:
        """Variables are given by env(1), so that those of one step are in no image."""
        given = {"PATH": PATH, "HOME": _home(step.user), "DEBIAN_FRONTEND": "noninteractive", **step.env}
        given["PYTHONPATH"] = ":".join(filter(None, (HOME, step.env.get("PYTHONPATH"))))
        argv = ("env", *(f"{name}={value}" for name, value in given.items()), *step.argv)
        return self._body(image, argv, step.user, step.workdir, seconds_left)

    def still(self, image: str, settings: Image) -> dict[str, Any]:
        """Never started: files are copied into it or out of it, and its settings become an image's."""
        body = self._body(image, settings.cmd, settings.user, settings.workdir, 1.0)
        body["Entrypoint"] = list(settings.entrypoint)
        body["Cmd"] = list(settings.cmd) or ([] if settings.entrypoint else ["python3"])
        body["Env"] = [f"{name}={value}" for name, value in settings.env.items()]
        body["ExposedPorts"] = {port: {} for port in settings.ports}
        return body

    def _body(
        self, image: str, argv: tuple[str, ...], user: str, workdir: str, seconds_left: float
    ) -> dict[str, Any]:
        limits = self.limits
        plan = Plan(
            image=image,
            argv=argv,
            uid=FIRST_UID,
            limits=Limits(
                timeout_s=min(7200.0, max(1.0, seconds_left)),
                memory_mb=limits.memory_mb,
                cpus=limits.cpus,
                pids=limits.pids,
                output_mb=1,
                scratch_mb=limits.disk_mb,
            ),
            seccomp=_seccomp(),
            labels=self.labels,
            read_only=self.mounts,
            cgroup_parent=self.cgroup_parent,
            runtime=self.runtime,
        )
        body = container_body(plan)
        body.update(User=user, WorkingDir=workdir, Env=[])
        host = body["HostConfig"]
        host.update(ReadonlyRootfs=False, CapAdd=CAPABILITIES)
        host["Tmpfs"] = {path: host["Tmpfs"][path] for path in ("/dev/shm",)}
        return body


def _home(user: str) -> str:
    name = user.partition(":")[0]
    return "/root" if name in ("", "0", "root") else f"/home/{name}" if not name.isdecimal() else "/tmp"


def _seccomp() -> str:
    """The policy's, with two other answers.

    No fallocate: it takes disk faster than anybody can look; callers fall back to writing. And for netlink
    the one refusal that useradd takes for "no audit here" instead of giving up.
    """
    profile = json.loads(SECCOMP.read_text())
    for rule in profile["syscalls"]:
        rule["names"] = [name for name in rule["names"] if name != "fallocate"]
        if rule.get("errnoRet") == EOPNOTSUPP and rule["names"] == ["socket"]:
            rule["errnoRet"] = EAFNOSUPPORT
    refused = {"names": ["fallocate"], "action": "SCMP_ACT_ERRNO", "errnoRet": EOPNOTSUPP}
    return json.dumps({**profile, "syscalls": [*profile["syscalls"], refused]})
