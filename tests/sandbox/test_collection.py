"""What may leave an output folder, tried on plain folders and hand-made tar streams. No container."""

from __future__ import annotations

import io
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.errors import InfraError
from harness.model import Limits, Stage
from harness.sandbox.collection import Collected, shown
from harness.sandbox.multiplex import BrokenOffError, without_frames
from harness.sandbox.tar import collect_tar
from harness.sandbox.walk import collect_folder

LIMITS = Limits(output_mb=1, output_files=5)


def stage(*keep: str) -> Stage:
    return Stage(name="train", argv=("x",), keep=keep, limits=LIMITS)


def regular(name: str, content: bytes = b"x") -> tuple[tarfile.TarInfo, bytes]:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    return member, content


def odd(name: str, kind: bytes, target: str = "") -> tuple[tarfile.TarInfo, bytes]:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, target
    return member, b""


def stream(*members: tuple[tarfile.TarInfo, bytes], chunk: int = 777) -> Iterator[bytes]:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for member, content in members:
            tar.addfile(member, io.BytesIO(content))
    whole = file.getvalue()
    return (whole[n : n + chunk] for n in range(0, len(whole), chunk))


def names(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if not p.is_dir())


# ------------------------------------------------------------------------ plain folders


def test_links_are_refused_even_where_the_kernel_would_follow_them(tmp_path: Path) -> None:
    source, into = tmp_path / "out", tmp_path / "in"
    (source / "m").mkdir(parents=True)
    (tmp_path / "secret").write_text("canary")
    (source / "a.csv").symlink_to(tmp_path / "secret")
    (source / "m" / "b").symlink_to(tmp_path / "secret")
    (source / "n").symlink_to(tmp_path)
    os.mkfifo(source / "c.csv")
    got = collect_folder(source, stage("a.csv", "c.csv", "m/**", "n/**"), into)
    assert got.files == ()
    assert len(got.refused) == 4
    assert not into.exists()


def test_a_file_is_copied_up_to_the_size_that_was_charged(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.csv").write_bytes(b"a" * 700_000)
    got = collect_folder(tmp_path / "out", stage("a.csv"), tmp_path / "in")
    assert got == Collected(files=("a.csv",))
    assert (tmp_path / "in" / "a.csv").read_bytes() == b"a" * 700_000
    assert (tmp_path / "in" / "a.csv").stat().st_mode & 0o777 == 0o644


def test_bytes_are_counted_over_all_files(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    for name in "ab":
        (tmp_path / "out" / name).write_bytes(bytes(700_000))
    got = collect_folder(tmp_path / "out", stage("a", "b"), tmp_path / "in")
    assert got.files == ()
    assert got.over == "more than 1 MB of output files"
    assert names(tmp_path / "in") == []


def test_an_output_that_is_itself_a_link_is_not_entered(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "real")
    with pytest.raises(OSError):
        collect_folder(tmp_path / "out", stage("a"), tmp_path / "in")


# -------------------------------------------------------------------------- tar streams


def test_a_tar_stream_gives_the_kept_files_byte_for_byte(tmp_path: Path) -> None:
    content = bytes(range(256)) * 1500
    tar = stream(odd("output", tarfile.DIRTYPE), regular("output/m/a", content), regular("output/b", b""))
    got = collect_tar(tar, stage("m/**", "b"), tmp_path)
    assert got.files == ("b", "m/a")
    assert (tmp_path / "m" / "a").read_bytes() == content


@pytest.mark.parametrize(
    "kind",
    [
        tarfile.SYMTYPE,
        tarfile.LNKTYPE,
        tarfile.FIFOTYPE,
        tarfile.CHRTYPE,
        tarfile.BLKTYPE,
        tarfile.CONTTYPE,
        tarfile.GNUTYPE_SPARSE,
        b"Z",
    ],
)
def test_a_member_that_is_no_regular_file_stays_behind(kind: bytes, tmp_path: Path) -> None:
    tar = stream(odd("output/m/a", kind, "/etc/passwd"), regular("output/m/b"))
    got = collect_tar(tar, stage("m/**"), tmp_path)
    assert got.files == ("m/b",)
    assert got.refused == ("m/a was left out: it is not a regular file",)


@pytest.mark.parametrize("name", ["output/m/../../a", "output/m//a", "output/m/./a", "output/m/../../../a"])
def test_a_member_that_climbs_stays_behind(name: str, tmp_path: Path) -> None:
    got = collect_tar(stream(regular(name)), stage("m/**", "../a"), tmp_path / "in")
    assert got.files == ()
    assert names(tmp_path) == []


def test_a_name_that_comes_twice_is_taken_once(tmp_path: Path) -> None:
    tar = stream(regular("output/a", b"first"), regular("output/a", b"second"))
    got = collect_tar(tar, stage("a"), tmp_path)
    assert (tmp_path / "a").read_bytes() == b"first"
    assert len(got.refused) == 1


def test_names_that_differ_in_accents_alone_are_one_name(tmp_path: Path) -> None:
    tar = stream(regular("output/m/\u00e9"), regular("output/m/e\u0301"))
    assert collect_tar(tar, stage("m/**"), tmp_path).files == ("m/\u00e9",)


def test_a_member_larger_than_the_cap_is_not_read(tmp_path: Path) -> None:
    def endless() -> Iterator[bytes]:
        header, _ = regular("output/a")
        header.size = 2 << 40
        yield header.tobuf() + bytes(64 * 1024)  # what one read brings along
        pytest.fail("its content was read")

    assert collect_tar(endless(), stage("a"), tmp_path).over == "more than 1 MB of output files"


def test_an_endless_stream_of_what_nobody_keeps_is_cut(tmp_path: Path) -> None:
    served = 0

    def endless() -> Iterator[bytes]:
        nonlocal served
        header, _ = regular("output/junk")
        header.size = 2 << 40
        yield header.tobuf()
        while True:
            served += 65536
            yield bytes(65536)

    assert "more output" in collect_tar(endless(), stage("a"), tmp_path).over
    assert served < 32 << 20


@pytest.mark.parametrize("cut", [100, 512, 700, 1400])
def test_a_stream_that_breaks_off_is_our_fault(cut: int, tmp_path: Path) -> None:
    whole = b"".join(stream(regular("output/a", b"x" * 900), regular("output/b", b"x" * 900)))
    with pytest.raises(InfraError, match="damaged"):
        collect_tar(iter([whole[:cut]]), stage("a", "b"), tmp_path)


def test_a_stream_that_is_no_tar_is_our_fault(tmp_path: Path) -> None:
    with pytest.raises(InfraError, match="damaged"):
        collect_tar(iter([b"\x01" * 4096]), stage("a"), tmp_path)


# ------------------------------------------------------------------------------- sentences


def test_a_long_list_of_refusals_is_cut(tmp_path: Path) -> None:
    tar = stream(*(odd(f"output/m/{n}", tarfile.FIFOTYPE) for n in range(30)))
    got = collect_tar(tar, stage("m/**"), tmp_path)
    assert len(got.refused) == 9
    assert got.refused[-1] == "22 more were left out"


@pytest.mark.parametrize("name", ["\x1b[31mred", "a\rb", "\u202egnp", "\udcff", "::error::x\n", "n" * 5000])
def test_a_name_of_theirs_is_printable_and_short_in_a_sentence_of_ours(name: str) -> None:
    assert shown(name).isascii()
    assert shown(name).isprintable()
    assert len(shown(name)) <= 100


@pytest.mark.parametrize("kept", [1, 7, 8, 9, 11])
def test_a_log_that_ends_within_a_frame_is_known_to_be_half(kept: int) -> None:
    framed = bytes([1, 0, 0, 0]) + (4).to_bytes(4, "big") + b"one\n"
    told: list[bytes] = []
    with pytest.raises(BrokenOffError):
        told.extend(without_frames([framed, framed[:kept]]))
    assert b"".join(told) == b"one\n" + b"one\n"[: max(0, kept - 8)]


@pytest.mark.parametrize("chunk", [1, 3, 8, 9, 1000])
def test_log_frames_are_taken_off_wherever_the_chunks_are_cut(chunk: int) -> None:
    payloads = [b"one\n", b"", b"x" * 300, b"last"]
    framed = b"".join(bytes([1, 0, 0, 0]) + len(p).to_bytes(4, "big") + p for p in payloads)
    chunks = [framed[n : n + chunk] for n in range(0, len(framed), chunk)]
    assert b"".join(without_frames(chunks)) == b"".join(payloads)
