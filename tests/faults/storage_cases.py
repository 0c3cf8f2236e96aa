"""Disk full, inodes gone, folders read-only: ours, said, and mended by the same command with room."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

from tests.faults.case import Act, Case
from tests.faults.oracle import Ideal, contract, settled, told_of
from tests.faults.world import World

ROOM = "size=256m,nr_inodes=100k"
WORDS = ("No space", "Read-only", "cannot be written", "error:")


def possible() -> bool:
    """Mounting a small file system needs root on Linux."""
    return sys.platform == "linux" and os.geteuid() == 0


def cases() -> Iterator[Case]:
    """Sweeps over sizes, so that it fills at different lines."""
    for kb in (4, 32, 64, 128, 192, 256, 320, 384, 448, 512):
        yield Case("disk full", f"runs has {kb} KB", short_of(f"size={kb}k", "runs"), quick=kb == 192)
    for kb in (0, 16, 64, 256):
        yield Case("disk full", f"home has {kb} KB left", home_with(kb), quick=kb == 16)
    for kb in (64, 512, 4096):
        yield Case("disk full", f"scratch has {kb} KB", short_of(f"size={kb}k", "scratch"))
    yield Case("disk full", "tmp has 4 KB", short_of("size=4k", "tmp"))
    for count in (2, 5, 10, 20, 30, 40, 50, 60, 70, 80):
        act = short_of(f"nr_inodes={count}", "runs")
        yield Case("inodes full", f"runs has {count}", act)
    for count in (5, 40):
        yield Case("inodes full", f"scratch has {count}", short_of(f"nr_inodes={count}", "scratch"))
    for name in ("home", "runs", "scratch"):
        yield Case("read-only", name, read_only(name), quick=name == "home")
    yield Case("read-only", "home, and the run is finished", read_only_and_finished)


def short_of(options: str, name: str) -> Act:
    """One folder on a file system that is too small; then it has room again."""

    def act(world: World, ideal: Ideal) -> list[str]:
        _mounted(world, name, options)
        return _tried(world, ideal, name)

    return act


def home_with(spare_kb: int) -> Act:
    """The home's own file system, with so much left."""

    def act(world: World, ideal: Ideal) -> list[str]:
        _mounted(world, "home", ROOM)
        used = shutil.disk_usage(world.home).used
        _mount("-o", f"remount,size={used // 1024 + spare_kb}k", str(world.home))
        return _tried(world, ideal, "home")

    return act


def read_only(name: str) -> Act:
    """One folder that nobody can write."""

    def act(world: World, ideal: Ideal) -> list[str]:
        _mounted(world, name, ROOM)
        _mount("-o", "remount,ro", str(world.folder / name))
        return _tried(world, ideal, name)

    return act


def read_only_and_finished(world: World, ideal: Ideal) -> list[str]:
    """A grade that is there already is found, whether or not it can be noted anywhere."""
    first = world.grade()
    _mounted(world, "home", ROOM)
    _mount("-o", "remount,ro", str(world.home))
    return [*contract(first, world, ideal, codes=(0,)), *_tried(world, ideal, "home")]


def _tried(world: World, ideal: Ideal, name: str) -> list[str]:
    done = world.grade()
    told = contract(done, world, ideal, codes=(0, 3))
    if done.code != 0:
        told += told_of(done, WORDS)
    _mount("-o", f"remount,rw,{ROOM}", str(world.folder / name))
    return [*told, *settled(world, ideal)]


def _mounted(world: World, name: str, options: str) -> None:
    """A file system of its own in place of a folder, with what was in it."""
    folder = world.folder / name
    kept = folder.with_name(f"{name}-kept")
    folder.rename(kept)
    folder.mkdir()
    _mount("-t", "tmpfs", "-o", options, "tmpfs", str(folder))
    shutil.copytree(kept, folder, dirs_exist_ok=True)
    shutil.rmtree(kept)


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True)
