"""The worst inputs -> verdict, seconds, peak memory: ``python -m tests.unit.intake.worst [WORD...]``.

Each is taken in by a process of its own. Peak memory is the larger of intake's own and of any git it started.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.unit.intake import hostile
from tests.unit.intake.conftest import commit, git

SELF = (sys.executable, "-m", "tests.unit.intake.worst")
WORST: dict[str, tuple[str, Callable[[Path], None]]] = {}


def worst(label: str, name: str) -> Callable[[Callable[[Path], None]], Callable[[Path], None]]:
    """Put a maker of a file or folder called ``name`` on the list."""

    def put(make: Callable[[Path], None]) -> Callable[[Path], None]:
        WORST[label] = (name, make)
        return make

    return put


@worst("zip, 10 GiB of zeros in one member", "w.zip")
def _(path: Path) -> None:
    hostile.write_bomb_zip(path, 10)


@worst("zip, 60,000 members share 10 MiB of packed zeros", "w.zip")
def _(path: Path) -> None:
    path.write_bytes(hostile.overlapping(60_000, 10 * 2**20))


@worst("zip, 1,000,000 empty members", "w.zip")
def _(path: Path) -> None:
    hostile.write_million_entries(path)


@worst("zip, 60,000 members with names of 1,000 bytes", "w.zip")
def _(path: Path) -> None:
    names = (f".venv/{i:06}/" + "/".join(["n" * 190] * 5) for i in range(60_000))
    entries = [hostile.Entry(name[:999], b"", method=0) for name in names]
    with path.open("wb") as out:
        starts = []
        for entry in entries:
            starts.append(out.tell())
            out.write(hostile.local_header(entry, 0))
        start, length = out.tell(), 0
        for entry, at in zip(entries, starts, strict=True):
            length += out.write(hostile.central_header(entry, 0, at))
        out.write(hostile.end_record64(len(entries), length, start))


@worst("zip, 5,000 files, 250 MiB of noise (accepted: the largest honest one)", "w.zip")
def _(path: Path) -> None:
    chance = random.Random(1)
    path.write_bytes(
        hostile.with_zipfile({f"d{i % 50}/{i}.bin": chance.randbytes(52_000) for i in range(5_000)})
    )


@worst("tar.gz, 10 GiB of zeros", "w.tar.gz")
def _(path: Path) -> None:
    hostile.write_zeros(path, 10, hostile.gz, hostile.one_file_header(10))


@worst("tar.bz2, 10 GiB of zeros (7 KB)", "w.tar.bz2")
def _(path: Path) -> None:
    hostile.write_zeros(path, 1, hostile.bz, hostile.one_file_header(10))


@worst("tar.xz, 2 GiB of zeros", "w.tar.xz")
def _(path: Path) -> None:
    hostile.write_zeros(path, 2, hostile.xz, hostile.one_file_header(2))


@worst("tar.gz, 1,000,000 empty members", "w.tar.gz")
def _(path: Path) -> None:
    hostile.write_many_members(path, 1_000_000)


@worst("tar.gz, an extended header of 8 GiB", "w.tar.gz")
def _(path: Path) -> None:
    hostile.write_zeros(path, 1, hostile.gz, hostile.header(hostile.Member("x", kind=b"x", size=8 << 30)))


@worst("tar.gz, 3 GiB of .venv at 100 to 1", "w.tar.gz")
def _(path: Path) -> None:
    hostile.write_environment(path, 3 * 1024)


@worst("gzip, 1,000,000 empty streams", "w.tar.gz")
def _(path: Path) -> None:
    import gzip

    path.write_bytes(gzip.compress(b"") * 1_000_000)


@worst("folder, 100,000 files", "folder")
def _(path: Path) -> None:
    path.mkdir()
    for i in range(100_000):
        (path / str(i)).touch()


@worst("git, 10 ** 10 paths in 10 trees", "repository")
def _(path: Path) -> None:
    from tests.unit.intake.test_git import big_tree

    _repository(path)
    big_tree(path, wide=10, deep=10)
    git(path, "symbolic-ref", "HEAD", "refs/heads/bomb")


@worst("git, folders 5,000 deep", "repository")
def _(path: Path) -> None:
    from tests.unit.intake.test_git import deep_tree

    _repository(path)
    deep_tree(path, 5_000)
    git(path, "symbolic-ref", "HEAD", "refs/heads/bomb")


@worst("git, a file of 4 GiB of zeros", "repository")
def _(path: Path) -> None:
    _repository(path)
    with (path / "zeros").open("wb") as out:
        os.truncate(out.fileno(), 4 << 30)
    commit(path, "zeros")
    (path / "zeros").unlink()


@worst("git, 600 MiB of noise", "repository")
def _(path: Path) -> None:
    _repository(path)
    with (path / "noise").open("wb") as out:
        for _ in range(600):
            out.write(os.urandom(2**20))
    commit(path, "noise")
    (path / "noise").unlink()


def _repository(path: Path) -> None:
    path.mkdir()
    (path / "a.py").write_text("x")
    git(path, "init", "-q", "-b", "main")
    git(path, "config", "core.bigFileThreshold", "1048576")
    git(path, "config", "core.compression", "1")
    commit(path, "one")


def main() -> None:
    """Make each, take it in, print a line of a Markdown table."""
    print("| input | bytes | verdict | s | MB |\n| --- | ---: | --- | ---: | ---: |")
    for label, (name, _) in WORST.items():
        if sys.argv[1:] and not any(word in label for word in sys.argv[1:]):
            continue
        with tempfile.TemporaryDirectory() as root:
            source = Path(root) / name
            # in a process too: a child's peak memory starts at its parent's
            subprocess.run((*SELF, "--make", label, str(source)), check=True)
            size = source.stat().st_size if source.is_file() else 0
            verdict, seconds, peak_mb = measured(source, Path(root) / "run" / "submission")
            print(f"| {label} | {size:,} | {verdict} | {seconds:.1f} | {peak_mb:.0f} |", flush=True)


def measured(source: Path, into: Path) -> tuple[str, float, float]:
    """The verdict in words, wall seconds and the peak of resident memory."""
    started = time.monotonic()
    done = subprocess.run(
        (*SELF, "--take", str(source), str(into)), capture_output=True, text=True, check=True
    )
    verdict, _, peak_kb = done.stdout.strip().rpartition(" ")
    return verdict.replace("|", r"\|"), time.monotonic() - started, int(peak_kb) / 1024


def take(source: str, into: str) -> None:
    """In the process that is measured."""
    from harness.errors import SubmissionError
    from harness.intake import intake

    try:
        address = Path(source).as_uri() if Path(source).name == "repository" else source
        taken = intake(address, Path(into))
        verdict = f"accepted: {taken.files:,} files, {taken.size_bytes:,} bytes"
    except SubmissionError as refusal:
        verdict = str(refusal).replace(str(Path(source).parent), "")
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(verdict, peak)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--take"]:
        take(*sys.argv[2:4])
    elif sys.argv[1:2] == ["--make"]:
        WORST[sys.argv[2]][1](Path(sys.argv[3]))
    else:
        main()
