"""Whatever tree, packed or damaged in whatever way: the same files or one refusal, and nothing elsewhere."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.errors import SubmissionError
from harness.intake import Caps, intake
from harness.intake.names import LEFT_OUT, folded
from tests.unit.intake.hostile import Entry, Member, flips, pax, tarred, with_tarfile, with_zipfile, zipped

PACKERS = {
    "work.zip": with_zipfile,
    "work.tar": lambda files: with_tarfile(files, "w"),
    "work.tar.gz": lambda files: with_tarfile(files, "w:gz"),
    "work.tar.bz2": lambda files: with_tarfile(files, "w:bz2"),
    "work.tar.xz": lambda files: with_tarfile(files, "w:xz"),
}
NAME = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="/\\"), min_size=1, max_size=12
).filter(
    lambda name: name not in LEFT_OUT | {".", "..", ".DS_Store", "__MACOSX"} and not name.startswith("._")
)
PATH = st.lists(NAME, min_size=1, max_size=4).map(tuple).filter(lambda parts: parts[0][1:2] != ":")


@st.composite
def trees(draw: st.DrawFn) -> dict[str, bytes]:
    """Files by path: no two alike to any file system, no path a folder of another."""
    files: dict[str, bytes] = {}
    taken: dict[tuple[str, ...], tuple[str, ...]] = {}
    for parts in draw(st.lists(PATH, min_size=1, max_size=8)):
        above = [parts[:end] for end in range(1, len(parts))]
        spelled = {folded(path): path for path in above}
        if folded(parts) in taken or any(folded(path) in map(folded, map(split, files)) for path in above):
            continue
        if any(taken.get(key, path) != path for key, path in spelled.items()):
            continue
        taken |= spelled | {folded(parts): parts}
        files["/".join(parts)] = draw(st.binary(max_size=2_000))
    return files


def split(name: str) -> tuple[str, ...]:
    return tuple(name.split("/"))


@contextmanager
def corner() -> Iterator[Path]:
    """A folder of its own; at the end nothing is in it but what intake was asked for."""
    root = Path(tempfile.mkdtemp())
    try:
        (root / "run").mkdir()
        yield root
        assert {path.name for path in root.iterdir()} <= {"run", *PACKERS}
        assert {path.name for path in (root / "run").iterdir()} <= {"submission", "history"}
        assert not any(path.is_symlink() for path in root.rglob("*"))
    finally:
        shutil.rmtree(root)


@pytest.mark.parametrize("name", PACKERS)
@given(files=trees())
@settings(max_examples=25, deadline=None)
def test_a_tree_packed_by_pythons_own_writers_comes_out_as_it_was(name: str, files: dict[str, bytes]) -> None:
    with corner() as root:
        (root / name).write_bytes(
            PACKERS[name]({f"all/{path}": content for path, content in files.items()} | {"z": b""})
        )
        taken = intake(root / name, root / "run" / "submission")
        found = {
            path.relative_to(taken.root).as_posix(): path.read_bytes()
            for path in taken.root.rglob("*")
            if path.is_file()
        }
        assert found == {f"all/{path}": content for path, content in files.items()} | {"z": b""}


SEEDS = {
    "work.zip": zipped([
        Entry("w/a.py", b"print()" * 40), Entry("w/d/"),
        Entry("w/b", b"a.py", mode=0o120777), Entry("w/c", b"x", method=0),
    ]),
    "work.tar": tarred([
        pax({"path": "w/a.py"}), Member("x", b"print()"), Member("w/d", kind=b"5"),
        Member("w/b", kind=b"2", target="a.py"), Member("w/c", kind=b"1", target="w/a.py"),
    ]),
    "work.tar.gz": with_tarfile({"w/a.py": b"print()" * 40, "w/b": b"x"}, "w:gz"),
    "work.tar.bz2": with_tarfile({"w/a.py": b"print()" * 40}, "w:bz2"),
    "work.tar.xz": with_tarfile({"w/a.py": b"print()" * 40}, "w:xz"),
}  # fmt: skip


@pytest.mark.parametrize("name", SEEDS)
@given(where=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 7)), min_size=1, max_size=4))
@settings(max_examples=80, deadline=None)
def test_flipped_bits_are_refused_or_harmless_and_never_anything_else(
    name: str, where: list[tuple[int, int]]
) -> None:
    whole = SEEDS[name]
    changed = whole
    for at_bit in where:
        (changed,) = flips(changed, [at_bit])
    with corner() as root:
        (root / name).write_bytes(changed)
        with suppress(SubmissionError):
            intake(root / name, root / "run" / "submission", caps=Caps(seconds=20))


@pytest.mark.parametrize("name", SEEDS)
@given(cut=st.integers(0, 10**6), tail=st.binary(max_size=300))
@settings(max_examples=25, deadline=None)
def test_a_cut_archive_with_anything_after_it_never_gives_other_files(
    name: str, cut: int, tail: bytes
) -> None:
    whole = SEEDS[name]
    with corner() as root:
        (root / name).write_bytes(whole[: cut % len(whole)] + tail)
        with suppress(SubmissionError):
            taken = intake(root / name, root / "run" / "submission", caps=Caps(seconds=20))
            assert (taken.root / "a.py").is_file()


@given(
    content=st.binary(max_size=600),
    magic=st.sampled_from([b"PK\3\4", b"PK\5\6", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\0", b""]),
)
@settings(max_examples=100, deadline=None)
def test_noise_is_refused(content: bytes, magic: bytes) -> None:
    with corner() as root:
        (root / "work.zip").write_bytes(magic + content)
        with pytest.raises(SubmissionError, match=r"^work\.zip: "):
            intake(root / "work.zip", root / "run" / "submission", caps=Caps(seconds=20))
