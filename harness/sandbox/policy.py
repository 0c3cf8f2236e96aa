"""Plan -> what the engine is asked for. Pure, and the only place where a container is described.

Every container of ours, the holder of an output volume included, comes from `container_body`;
`violations` reads a live container back and says where it is weaker than that. One kind is told apart:
the prober of a server is in that server's network, which is loopback alone (`joined_violations`).
"""

from __future__ import annotations

import copy
import json
import math
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.model import Limits, Trust

IMAGE_TAG = os.environ.get("TAKEHOME_IMAGE_TAG") or "local"  # another for each checkout that shares an engine
IMAGES = {Trust.CANDIDATE: f"takehome-candidate:{IMAGE_TAG}", Trust.TOOLS: f"takehome-tools:{IMAGE_TAG}"}
CHECKOUT = Path(__file__).parents[2] / "docker" / "seccomp.json"
SECCOMP = CHECKOUT if CHECKOUT.is_file() else Path(__file__).parent / "profile" / "seccomp.json"  # of a wheel
FIRST_UID = 20_000
NOBODY = 65_534
OUTPUT = "/output"
DEADMAN_GRACE_S = 10
SHM_MB = 64
LIMITS = {
    "memory": "MemoryLimit",
    "swap": "SwapLimit",
    "processor time": "CpuCfsQuota",
    "processes": "PidsLimit",
}
ENV = {
    "HOME": "/tmp/home",
    "LANG": "C.UTF-8",
    "MPLCONFIGDIR": "/tmp/mpl",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
    "TAKEHOME_OUTPUT": OUTPUT,
}


@dataclass(frozen=True)
class Plan:
    """All that varies between our containers. Sources are opaque: a container can read their paths."""

    image: str
    argv: tuple[str, ...]
    uid: int
    limits: Limits
    seccomp: str  # the profile itself, as JSON
    labels: Mapping[str, str]
    output: Mapping[str, Any] | None = None  # the engine's mount entry for /output
    read_only: tuple[tuple[str, str], ...] = ()  # (host path, path inside)
    env: Mapping[str, str] = field(default_factory=dict)
    cgroup_parent: str = ""
    runtime: str = ""
    workdir: str = ""  # a folder of the image's, when the image's own files run; then there is no /work
    beside: str = ""  # the id of a container of ours without a network, whose loopback is shared


def container_body(plan: Plan) -> dict[str, Any]:
    """The engine's create request. Raises ValueError for a uid that is not ours to give away."""
    if not FIRST_UID <= plan.uid < NOBODY:
        raise ValueError(f"uid {plan.uid} is outside {FIRST_UID}..{NOBODY - 1}")
    deadman_s = math.ceil(plan.limits.timeout_s) + DEADMAN_GRACE_S
    # A container in another's network has that one's host name, and the engine wants it unsaid.
    alone = {} if plan.beside else {"Hostname": "sandbox"}
    return {
        "Image": plan.image,
        # Ends the container by itself if whoever watches it from outside has died.
        "Entrypoint": ["timeout", "-s", "KILL", str(deadman_s)],
        "Cmd": list(plan.argv),
        "User": f"{plan.uid}:{plan.uid}",
        "WorkingDir": plan.workdir or "/work",
        **alone,
        "Env": [f"{k}={v}" for k, v in sorted({**ENV, **plan.env}.items())],
        "Labels": dict(plan.labels),
        "Healthcheck": {"Test": ["NONE"]},
        "AttachStdout": False,
        "AttachStderr": False,
        # Besides the mode "none" below: the engine then prepares no network at all, which halves
        # the start (95 ms against 168) and brings no resolv.conf with the host's search domain.
        "NetworkDisabled": not plan.beside,
        "HostConfig": _host_config(plan),
    }


def _host_config(plan: Plan) -> dict[str, Any]:
    limits = plan.limits
    memory = limits.memory_mb << 20
    largest_file = max(limits.output_mb, limits.scratch_mb) << 20
    config = {
        "NetworkMode": f"container:{plan.beside}" if plan.beside else "none",
        "IpcMode": "none",
        "CgroupnsMode": "private",
        "ReadonlyRootfs": True,
        "Privileged": False,
        "CapDrop": ["ALL"],
        "SecurityOpt": ["no-new-privileges", f"seccomp={plan.seccomp}"],
        "Init": True,
        "PidsLimit": limits.pids,
        "Memory": memory,
        "MemorySwap": memory,
        "NanoCpus": int(limits.cpus * 1e9),
        "OomKillDisable": False,
        "Ulimits": [
            {"Name": "nofile", "Soft": 1024, "Hard": 4096},
            {"Name": "fsize", "Soft": largest_file, "Hard": largest_file},
            {"Name": "core", "Soft": 0, "Hard": 0},
        ],
        "LogConfig": {"Type": "local", "Config": {"max-size": "1m", "max-file": "2"}},
        "Tmpfs": _tmpfs(plan),
        "Mounts": _mounts(plan),
    }
    if plan.cgroup_parent:
        config["CgroupParent"] = plan.cgroup_parent
    if plan.runtime:
        config["Runtime"] = plan.runtime
    return config


def _tmpfs(plan: Plan) -> dict[str, str]:
    scratch_mb = plan.limits.scratch_mb
    own = f"mode=0700,uid={plan.uid},gid={plan.uid}"
    inodes = max(10_000, scratch_mb * 100)
    work = {"/work": f"rw,exec,nosuid,nodev,size={scratch_mb}m,nr_inodes={inodes},{own}"}
    return {
        **({} if plan.workdir else work),  # an image may have its files there
        "/tmp": f"rw,noexec,nosuid,nodev,size={max(8, scratch_mb // 2)}m,nr_inodes={inodes // 2},mode=1777",
        # Without it multiprocessing cannot make a lock: "ipc none" mounts no /dev/shm.
        "/dev/shm": f"rw,noexec,nosuid,nodev,size={SHM_MB}m,nr_inodes=4096,mode=1777",
    }


def _mounts(plan: Plan) -> list[dict[str, Any]]:
    mounts: list[dict[str, Any]] = [
        {
            "Type": "bind",
            "Source": source,
            "Target": target,
            "ReadOnly": True,
            "BindOptions": {"Propagation": "rprivate"},
        }
        for source, target in plan.read_only
    ]
    if plan.output:
        mounts.append({**plan.output, "Target": OUTPUT, "ReadOnly": False})
    return mounts


def violations(inspect: Mapping[str, Any]) -> list[str]:
    """Where a live container, as the engine describes it, is weaker than the policy. Empty is good."""
    host, config = inspect["HostConfig"], inspect["Config"]
    found = [what for what, holds in _HOST_RULES.items() if not holds(host)]
    found += [what for what, holds in _CONFIG_RULES.items() if not holds(config)]
    found += [f"the tmpfs {path} is {options!r}" for path, options in _weak_tmpfs(host)]
    found += [f"the mount at {mount.get('Target')} is {mount!r}" for mount in _weak_mounts(host)]
    return found


def joined_violations(inspect: Mapping[str, Any], server: str) -> list[str]:
    """The same for the prober of ``server``: nothing is weaker but that it shares that container's network.

    ``server``: the id of a container that `violations` finds nothing in, so that what is shared is loopback.
    """
    found = copy.deepcopy(dict(inspect))
    if server and found["HostConfig"]["NetworkMode"] == f"container:{server}":
        found["HostConfig"]["NetworkMode"] = "none"
    return violations(found)


def unenforced(info: Mapping[str, Any]) -> tuple[str, ...]:
    """Limits that this engine notes and does not enforce, as sentences. ``info`` is its own account."""
    return tuple(f"the engine does not limit {what}" for what, key in LIMITS.items() if not info.get(key))


Rule = Callable[[Mapping[str, Any]], bool]

_HOST_RULES: dict[str, Rule] = {
    "it has a network": lambda h: h["NetworkMode"] == "none",
    "it publishes ports": lambda h: not h["PortBindings"] and not h["PublishAllPorts"],
    "its root file system is writable": lambda h: h["ReadonlyRootfs"] is True,
    "it is privileged": lambda h: h["Privileged"] is False,
    "it keeps capabilities": lambda h: h["CapDrop"] == ["ALL"] and not h["CapAdd"],
    "it may gain privileges": lambda h: "no-new-privileges" in (h["SecurityOpt"] or []),
    "no seccomp profile of ours": lambda h: _has_seccomp(h["SecurityOpt"] or []),
    "it shares a namespace": lambda h: (
        h["IpcMode"] == "none"
        and h["CgroupnsMode"] == "private"
        and not (h["PidMode"] or h["UTSMode"] or h["UsernsMode"])
    ),
    "it sees devices": lambda h: not (h["Devices"] or h["DeviceRequests"] or h["DeviceCgroupRules"]),
    "it takes volumes or binds of another kind": lambda h: not (h["Binds"] or h["VolumesFrom"]),
    "it has more groups, hosts, links or sysctls": lambda h: (
        not (h["GroupAdd"] or h["ExtraHosts"] or h["Links"] or h.get("Sysctls"))
    ),
    "kernel files are not masked": lambda h: bool(h["MaskedPaths"]) and bool(h["ReadonlyPaths"]),
    "no init reaps its children": lambda h: h["Init"] is True,
    "it restarts or vanishes by itself": lambda h: (
        h["RestartPolicy"]["Name"] in ("", "no") and not h["AutoRemove"]
    ),
    "its processes are not limited": lambda h: 0 < (h["PidsLimit"] or 0) <= 4096,
    "its memory is not limited": lambda h: 0 < h["Memory"] == h["MemorySwap"],
    "its processor time is not limited": lambda h: h["NanoCpus"] > 0,
    "the kernel may not end it when memory is out": lambda h: not h["OomKillDisable"],
    "its files are not limited": lambda h: _has_ulimits(h["Ulimits"] or []),
    "its log is not limited": lambda h: (
        h["LogConfig"] == {"Type": "local", "Config": {"max-size": "1m", "max-file": "2"}}
    ),
}

_CONFIG_RULES: dict[str, Rule] = {
    "its user is not one of ours": lambda c: _is_our_user(c["User"]),
    "it has no deadman": lambda c: (c["Entrypoint"] or [])[:3] == ["timeout", "-s", "KILL"],
    "its owner is not written on it": lambda c: (
        c["Labels"].get("takehome") == "1"
        and bool(c["Labels"].get("takehome.owner"))
        and bool(c["Labels"].get("takehome.run"))
    ),
    "an image's health check runs in it": lambda c: (c.get("Healthcheck") or {}).get("Test") == ["NONE"],
    "it is attached to": lambda c: not (c["AttachStdout"] or c["AttachStderr"] or c["AttachStdin"]),
}


def _has_seccomp(options: list[str]) -> bool:
    profiles = [o.removeprefix("seccomp=") for o in options if o.startswith("seccomp=")]
    if len(profiles) != 1 or not profiles[0].startswith("{"):
        return False
    return str(json.loads(profiles[0]).get("defaultAction", "")).startswith(
        ("SCMP_ACT_ERRNO", "SCMP_ACT_KILL")
    )


def _has_ulimits(ulimits: list[dict[str, Any]]) -> bool:
    hard = {u["Name"]: u["Hard"] for u in ulimits}
    return hard.get("core") == 0 and 0 < hard.get("nofile", 0) <= 4096 and hard.get("fsize", 0) > 0


def _is_our_user(user: str) -> bool:
    uid, _, gid = user.partition(":")
    return uid.isdecimal() and uid == gid and FIRST_UID <= int(uid) < NOBODY


def _weak_tmpfs(host: Mapping[str, Any]) -> list[tuple[str, str]]:
    weak = []
    for path, text in (host["Tmpfs"] or {}).items():
        options = set(text.split(","))
        sized = {o.partition("=")[0] for o in options} >= {"size", "nr_inodes"}
        closed = options >= {"nosuid", "nodev"} and (path == "/work" or "noexec" in options)
        if not (sized and closed):
            weak.append((path, text))
    return weak


def _weak_mounts(host: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [mount for mount in host["Mounts"] or [] if not _is_fine(mount)]


def _is_fine(mount: Mapping[str, Any]) -> bool:
    if str(mount.get("Source", "")).endswith(".sock"):
        return False
    private: bool = mount.get("BindOptions", {}).get("Propagation") == "rprivate"
    if mount["Target"] == OUTPUT:
        return bool(mount["Type"] == "volume" or (mount["Type"] == "bind" and private))
    return bool(mount["Type"] == "bind" and private and mount.get("ReadOnly") is True)
