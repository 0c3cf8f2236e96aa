"""A mounted output folder -> the files that may leave it. Nothing is opened by a path they could bend."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from harness.model import Stage
from harness.sandbox.collection import MAX_DEPTH, Collected, Collection, OverQuotaError

BLOCK_BYTES = 512
O_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)
O_FILE = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def collect_folder(folder: Path, stage: Stage, into: Path) -> Collected:
    """Copy what the stage keeps; links, pipes and devices stay behind."""
    collection = Collection(stage, into)
    root = os.open(folder, O_FOLDER)
    try:
        full = _full(root, stage)
        _walk(root, "", collection)
        return collection.finished(full=full)
    except OverQuotaError as cap:
        return collection.over(str(cap))
    finally:
        os.close(root)


def _full(root: int, stage: Stage) -> str:
    found = os.statvfs(root)
    if found.f_bavail == 0:
        return f"the output folder is full: {stage.limits.output_mb:,} MB"
    if found.f_ffree == 0:
        return f"the output folder is full: {stage.limits.output_files:,} files"
    return ""


def _walk(parent: int, prefix: str, collection: Collection) -> None:
    for name in sorted(os.listdir(parent)):
        path = prefix + name
        kind = os.stat(name, dir_fd=parent, follow_symlinks=False).st_mode
        if not collection.is_expected(path, folder=stat.S_ISDIR(kind)):
            continue
        if stat.S_ISDIR(kind):
            _enter(parent, name, path, collection)
        else:
            _take(parent, name, path, collection)


def _enter(parent: int, name: str, path: str, collection: Collection) -> None:
    if path.count("/") >= MAX_DEPTH:
        return collection.refuse(path, f"it lies more than {MAX_DEPTH} folders deep")
    folder = os.open(name, O_FOLDER, dir_fd=parent)
    try:
        return _walk(folder, path + "/", collection)
    finally:
        os.close(folder)


def _take(parent: int, name: str, path: str, collection: Collection) -> None:
    try:
        file = os.open(name, O_FILE, dir_fd=parent)
    except OSError as error:  # ELOOP: a link; ENXIO: a socket or a device
        return collection.refuse(path, f"it is not a regular file ({error.strerror})")
    try:
        found = os.fstat(file)
        if not stat.S_ISREG(found.st_mode):
            return collection.refuse(path, "it is not a regular file")
        on_disk = getattr(found, "st_blocks", 0) * BLOCK_BYTES
        return collection.add(path, size=found.st_size, on_disk=on_disk, read=lambda n: os.read(file, n))
    finally:
        os.close(file)
