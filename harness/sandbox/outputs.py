"""A run's output folder: size- and inode-limited, the only thing that leaves a container.

Two means, one promise. `HostTmpfs` needs root on the engine's own Linux machine and is faster;
`VolumeTmpfs` works wherever an engine does: a tmpfs volume that a holder container keeps alive.
"""

from __future__ import annotations

import contextlib
import os
import socket
import struct
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

from harness.model import Limits, Stage
from harness.sandbox.collection import Collected
from harness.sandbox.containers import discarded
from harness.sandbox.engine import Engine
from harness.sandbox.mounts import mount_tmpfs, unmount
from harness.sandbox.scratch import Run
from harness.sandbox.tar import collect_tar
from harness.sandbox.walk import collect_folder

SPARE_INODES = 64


class Output(Protocol):
    """One run's output folder."""

    @property
    def mount(self) -> Mapping[str, Any]:
        """The engine's mount entry, without a target."""
        ...

    def collect(self, stage: Stage, into: Path) -> Collected:
        """Copy what may leave. Only after the container is confirmed dead."""
        ...


class Outputs(Protocol):
    """A way to make output folders."""

    @property
    def name(self) -> str:
        """``host`` or ``volume``."""
        ...

    def open(self, run: Run, limits: Limits) -> AbstractContextManager[Output]:
        """A folder for one run, gone on leaving."""
        ...


Hold = Callable[[Run, Mapping[str, Any], Limits], AbstractContextManager[str]]


def choose(kind: str, engine: Engine, hold: Hold) -> Outputs:
    """``host``, ``volume``, or ``auto``: the first where it works.

    Raises:
        ValueError: another word.
    """
    if kind not in ("auto", "host", "volume"):
        raise ValueError(f"output is 'auto', 'host' or 'volume', not {kind!r}")
    if kind == "host" or (kind == "auto" and host_tmpfs_works(engine)):
        return HostTmpfs()
    return VolumeTmpfs(engine, hold)


def host_tmpfs_works(engine: Engine) -> bool:
    """Root on Linux, and the engine sees the mounts that this process makes."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return False
    address = engine.host or "unix:///var/run/docker.sock"
    return address.startswith("unix://") and _shares_our_mounts(address.removeprefix("unix://"))


class HostTmpfs:
    """A tmpfs on the host, bound into the container."""

    name = "host"

    @contextmanager
    def open(self, run: Run, limits: Limits) -> Iterator[Output]:
        """Mount, and unmount on leaving."""
        folder = run.folder / "out"
        folder.mkdir(mode=0o711)
        try:
            mount_tmpfs(folder, _options(run.uid, limits))
            yield _HostFolder(folder)
        finally:
            unmount(folder)


class _HostFolder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def mount(self) -> Mapping[str, Any]:
        return {"Type": "bind", "Source": str(self._folder), "BindOptions": {"Propagation": "rprivate"}}

    def collect(self, stage: Stage, into: Path) -> Collected:
        return collect_folder(self._folder, stage, into)


class VolumeTmpfs:
    """A tmpfs volume, and a container of ours that holds it while the candidate's comes and goes."""

    name = "volume"

    def __init__(self, engine: Engine, hold: Hold) -> None:
        self._engine = engine
        self._hold = hold

    @contextmanager
    def open(self, run: Run, limits: Limits) -> Iterator[Output]:
        """Make the volume and its holder; remove both on leaving."""
        options = {"type": "tmpfs", "device": "tmpfs", "o": ",".join(_options(run.uid, limits))}
        mount = {"Type": "volume", "Source": run.name, "VolumeOptions": {"NoCopy": True}}
        with contextlib.ExitStack() as stack:
            stack.callback(discarded, lambda: self._engine.remove_volume(run.name))
            self._engine.create_volume(run.name, options, run.labels)
            holder = stack.enter_context(self._hold(run, mount, limits))
            yield _HeldVolume(self._engine, holder, mount)


class _HeldVolume:
    def __init__(self, engine: Engine, holder: str, mount: Mapping[str, Any]) -> None:
        self._engine = engine
        self._holder = holder
        self.mount = mount

    def collect(self, stage: Stage, into: Path) -> Collected:
        with self._engine.archive(self._holder, "/output") as chunks:
            return collect_tar(chunks, stage, into)


def _options(uid: int, limits: Limits) -> list[str]:
    size, inodes = f"size={limits.output_mb}m", f"nr_inodes={limits.output_files + SPARE_INODES}"
    return [size, inodes, "nosuid", "nodev", "noexec", f"uid={uid}", f"gid={uid}", "mode=0700"]


def _shares_our_mounts(socket_path: str) -> bool:
    """The process behind the socket lives in our mount namespace: what we mount, it can bind."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(5)
        try:
            client.connect(socket_path)
            credentials = client.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
            pid = struct.unpack("3i", credentials)[0]
            return Path(f"/proc/{pid}/ns/mnt").readlink() == Path("/proc/self/ns/mnt").readlink()
        except OSError:
            return False
