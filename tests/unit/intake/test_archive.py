"""Archives: the same tree however it was packed; what is hostile is refused, saying what and where."""

from __future__ import annotations

import gzip
import lzma
import os
import shutil
import struct
from pathlib import Path

import pytest

from harness.errors import SubmissionError, UsageError
from harness.intake import Caps, intake
from tests.unit.intake import hostile
from tests.unit.intake.conftest import Take
from tests.unit.intake.hostile import Entry, Member, pax, tarred, with_tarfile, with_zipfile, zipped

LINK = 0o120777
FILES = {"predict.py": b"x", "src/churn/model.py": b"y" * 3000}
GIT = {".git/HEAD": b"ref: refs/heads/main\n", ".git/refs/heads/main": b"0" * 40, ".git/config": b"[core]\n"}


def names(run: Path) -> list[str]:
    root = run / "submission"
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


@pytest.mark.parametrize("kind", ["zip", "tar", "gztar", "bztar", "xztar"])
@pytest.mark.parametrize("wrapped", [False, True])
def test_the_same_tree_has_the_same_digest_however_it_was_packed(
    tmp_path: Path, kind: str, wrapped: bool
) -> None:
    folder = tmp_path / "all" / "repo-main"
    (folder / "src").mkdir(parents=True)
    (folder / "src" / "model.py").write_text("x")
    (folder / "run.sh").write_text("x")
    (folder / "run.sh").chmod(0o755)
    plain = intake(folder, tmp_path / "1" / "submission")
    packed = shutil.make_archive(str(tmp_path / "packed"), kind, folder.parent if wrapped else folder)
    unpacked = intake(Path(packed), tmp_path / "2" / "submission")
    assert unpacked.digest == plain.digest
    assert os.access(unpacked.root / "run.sh", os.X_OK)


HOSTILE_ZIPS = {
    "absolute": ([Entry("/etc/passwd")], "'?/etc/passwd'?: an absolute path"),
    "parent": ([Entry("a/../../b")], r"a/../../b: a path with \.\."),
    "backslash": ([Entry("a\\b")], "a backslash in a file name"),
    "drive": ([Entry("C:/x")], "C:/x: an absolute path"),
    "nul": ([Entry("a\0b")], "a control character"),
    "escape": ([Entry("a\x1b[2Jb")], "a control character"),
    "device": ([Entry("a", mode=0o020644)], "a: neither a file nor a folder"),
    "pipe": ([Entry("a", mode=0o010644)], "a: neither a file nor a folder"),
    "twice": ([Entry("a"), Entry("a")], "a: it comes twice"),
    "twice by dot": ([Entry("a"), Entry("./a")], "a: it comes twice"),
    "case": (
        [Entry("Model.py"), Entry("model.py")],
        "model.py: differs only by case or Unicode form from Model.py",
    ),
    "case of a folder": ([Entry("A/x"), Entry("a/y")], "a: differs only by case or Unicode form from A"),
    "unicode": ([Entry("e\u0301"), Entry("\u00e9")], "Unicode form"),
    "file then folder": ([Entry("a"), Entry("a/b")], "a: it comes"),
    "folder then file": ([Entry("a/b"), Entry("a")], "a: it comes"),
    "through a link": ([Entry("a", b"b", mode=LINK), Entry("a/passwd")], "a: it comes twice"),
    "link out": ([Entry("a", b"../../etc/passwd", mode=LINK)], "a: a link that leads out of the archive"),
    "absolute link": (
        [Entry("a", b"/etc/passwd", mode=LINK)],
        "a: a link that leads out of the archive: /etc",
    ),
    "long link": ([Entry("a", b"x" * 5000, mode=LINK)], "a: a link to a path longer than"),
    "encrypted": ([Entry("a", flags=1)], "a: encrypted"),
    "strongly encrypted": ([Entry("a", flags=64)], "a: encrypted"),
    "encrypted in its own header": ([Entry("a", local_flags=1)], "a: encrypted"),
    "small size told": ([Entry("a", b"x" * 999, size=10)], "a: unpacks to more than the 10 bytes"),
    "large size told": ([Entry("a", b"x", size=10)], "a: unpacks to 1 bytes, not the 10"),
    "two sizes": ([Entry("a", local_size=3)], "a: two headers with different sizes"),
    "two names": ([Entry("a", local_name="b")], "a: called otherwise in its own header"),
    "stored lie": ([Entry("a", b"xy", method=0, size=1)], "a: stored, but with two different sizes"),
    "checksum": ([Entry("a", crc=1)], "a: damaged: its checksum is not right"),
    "broken data": ([Entry("a", packed=b"\xff\xff\xff")], "a: damaged"),
    "data breaks off": (
        [Entry("a", b"x" * 999, packed=hostile.deflated(b"x" * 999)[:-4])],
        "a: (damaged|unpacks)",
    ),
    "data goes on": ([Entry("a", packed=hostile.deflated(b"hello") + b"more")], "a: bytes after the end"),
    "lzma": ([Entry("a", method=14)], "a: packed with lzma"),
    "inside another": ([Entry("a", offset=5)], "a: overlaps the member before it"),
    "offset outside": ([Entry("a", offset=2**31)], "a: there is no member at byte"),
    "sizes nowhere": ([Entry("a", size=0xFFFFFFFF)], "a: its sizes are said to be in a field"),
    "folder with content": ([Entry("a/", b"x")], "a/: a folder with 1 bytes"),
    "not utf-8": ([Entry(b"\xff", flags=0x800)], "a file name that is not UTF-8"),
}


@pytest.mark.parametrize("name", HOSTILE_ZIPS)
def test_a_hostile_zip_is_refused_and_the_entry_named(take: Take, tmp_path: Path, name: str) -> None:
    entries, says = HOSTILE_ZIPS[name]
    with pytest.raises(SubmissionError, match=f"^work.zip: .*{says}"):
        take(zipped([Entry("first.py"), *entries]))
    assert not (tmp_path / "run" / "submission").exists()
    assert list((tmp_path / "run").iterdir()) == []


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (zipped([Entry()])[:-1], "does not end with its end record"),
        (zipped([Entry()]) + b"x", "does not end with its end record"),
        (b"PK\3\4", "does not end with its end record"),
        (zipped([Entry()], count=2), "the zip's directory is damaged at record 2 of 2"),
        (zipped([Entry(), Entry("b")], count=1), "bytes more than its 1 records"),
        (b"PK\3\4" + zipped([Entry()]), "not where its end record says"),
        (b"PK\5\6" + bytes(18), "nothing to grade"),
        (b"PK\3\4" + hostile.end_record64(1, 1, 2**60), "64-bit end record is damaged"),
        (b"PK\3\4" + struct.pack("<4s4H2LH", b"PK\5\6", 1, 0, 1, 1, 0, 4, 0), "in several parts"),
    ],
)
def test_a_zip_that_is_not_whole_is_refused_in_words(take: Take, content: bytes, says: str) -> None:
    with pytest.raises(SubmissionError, match=says):
        take(content)


def test_members_that_share_bytes_are_refused_before_the_second_is_unpacked(take: Take) -> None:
    with pytest.raises(SubmissionError, match="f1: overlaps the member before it"):
        take(hostile.overlapping(100, 10_000))
    inner = zipped([Entry("inner", b"x" * 50, method=0)])
    outer = hostile.local_header(Entry("outer", inner, method=0), len(inner)) + inner
    directory = hostile.central_header(Entry("outer", inner, method=0), len(inner), 0)
    directory += hostile.central_header(Entry("inner", b"x" * 50, method=0), 50, 35)
    with pytest.raises(SubmissionError, match="inner: overlaps the member before it"):
        take(outer + directory + hostile.end_record(2, len(directory), len(outer)))


def test_a_zip_may_have_a_comment_as_githubs_have(take: Take) -> None:
    assert take(zipped([Entry("a/x.py")], comment=b"PK\5\6" + b"c" * 40)).files == 1


def test_a_zip64_and_names_in_the_old_code_page_are_read(take: Take, tmp_path: Path) -> None:
    entry = Entry("a.py", b"hello", method=0)
    data = hostile.local_header(entry, 5) + b"hello"
    directory = hostile.central_header(
        Entry(b"\x81.py", b"hello", method=0, local_name=b"\x81.py"), 5, len(data)
    )
    second = hostile.local_header(Entry(b"\x81.py", b"hello", method=0), 5) + b"hello"
    directory = hostile.central_header(entry, 5, 0) + directory
    whole = data + second
    take(whole + directory + hostile.end_record64(2, len(directory), len(whole)))
    assert names(tmp_path / "run") == ["a.py", "ü.py"]


HOSTILE_TARS = {
    "absolute": ([Member("/etc/passwd")], "an absolute path"),
    "parent": ([Member("../x")], r"a path with \.\."),
    "device": ([Member("sda", kind=b"3")], "sda: a device"),
    "pipe": ([Member("p", kind=b"6")], "p: a pipe"),
    "sparse": ([Member("s", kind=b"S")], "s: a sparse file"),
    "sparse by pax": ([pax({"GNU.sparse.realsize": "99"}), Member("s")], "a sparse file at byte 0"),
    "unknown": ([Member("v", kind=b"V")], "v: of the unknown kind"),
    "link out": ([Member("a", kind=b"2", target="../b")], "a: a link that leads out of the archive"),
    "hard link out": ([Member("a", kind=b"1", target="/etc/passwd")], "/etc/passwd: an absolute path"),
    "hard link up": ([Member("a", kind=b"1", target="../b")], r"\.\./b: a path with \.\."),
    "link with content": ([Member("a", b"x", kind=b"2", target="b")], "a: 1 bytes of content where"),
    "through a link": ([Member("a", kind=b"2", target="b"), Member("a/c")], "a: it comes twice"),
    "twice": ([Member("a"), Member("a")], "a: it comes twice"),
    "checksum": ([Member("a", checksum=1)], "not a tar header at byte 512: its checksum"),
    "cut off": ([Member("a", size=99999)], "a: cut off: .* bytes are missing"),
    "huge size": ([Member("a", size=2**80)], "a: cut off: "),
    "huge pax header": ([Member("x", kind=b"x", size=2**33), Member("a")], "an extended header of 8,589,934"),
    "huge long name": ([Member("x", kind=b"L", size=2**33), Member("a")], "an extended header of"),
    "damaged pax header": ([Member("x", b"99999 path=a\n", b"x"), Member("a")], "a damaged extended header"),
    "pax without an end": ([Member("x", b"9" * 400, b"x"), Member("a")], "a damaged extended header"),
    "pax size": ([pax({"size": "9" * 4000}), Member("a")], "its size is no number"),
    "path for all": ([pax({"path": "x"}, b"g"), Member("a")], "one path for all members"),
    "pax path": ([pax({"path": "../../x"}), Member("a")], r"a path with \.\."),
    "headers without end": ([pax({"a": "b"})] * 9, "9 extended headers in a row"),
    "header of nothing": ([pax({"a": "b"})], "a header that belongs to no member"),
    "long path": ([Member("x", b"a/" * 5000, b"L"), Member("a")], "folders are nested deeper|a path longer"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE_TARS)
@pytest.mark.parametrize("packed", [False, True])
def test_a_hostile_tar_is_refused_and_the_entry_named(
    take: Take, tmp_path: Path, name: str, packed: bool
) -> None:
    members, says = HOSTILE_TARS[name]
    content = tarred([Member("first.py"), *members])
    says = says.replace("byte 0", r"byte \d+")
    with pytest.raises(SubmissionError, match=rf"^work\.tar.*: .*{says}"):
        take(gzip.compress(content) if packed else content, "work.tar.gz" if packed else "work.tar")
    assert list((tmp_path / "run").iterdir()) == []


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (tarred([Member("a")], end=b""), "without its end mark"),
        (tarred([Member("a")])[:700], "cut off"),
        (tarred([Member("a")]) + b"more", "bytes after the end of the tar"),
        (gzip.compress(tarred([Member("a")]), mtime=0) + b"more", "damaged|bytes after the end"),
        (gzip.compress(tarred([Member("a")]), mtime=0)[:-9], "its packed data breaks off"),
        (gzip.compress(b"x" * 99, mtime=0), "without its end mark"),
        (lzma.compress(tarred([Member("a")]))[:-5], "its packed data breaks off"),
        (b"", "neither a zip nor a tar"),
        (b"\0" * 10240, "an empty tar"),
        (b"7z\xbc\xaf\x27\x1c" + b"x" * 99, "a 7z archive"),
        (b"<html>not found</html>", "neither a zip nor a tar"),
    ],
)
def test_a_tar_that_is_not_whole_is_refused_in_words(take: Take, content: bytes, says: str) -> None:
    with pytest.raises(SubmissionError, match=says):
        take(content, "work.tar.gz")


def test_padding_and_a_second_gzip_stream_are_as_gzip_reads_them(take: Take) -> None:
    whole = tarred([Member("a.py"), Member("b.py")])
    assert take(gzip.compress(whole[:600]) + gzip.compress(whole[600:]) + bytes(4096), "w.tgz").files == 2


def test_what_an_archive_is_called_does_not_decide_how_it_is_read(take: Take) -> None:
    assert take(zipped([Entry("a.py")]), "work.tar.gz").files == 1


@pytest.mark.parametrize("name", ["work.exe", "work", "work.docx"])
def test_a_file_that_is_no_archive_by_its_name_is_a_usage_error(take: Take, name: str) -> None:
    with pytest.raises(UsageError, match="neither a folder, an archive nor a notebook"):
        take(zipped([Entry("a.py")]), name)


def test_long_names_and_global_headers_of_honest_programs_are_read(take: Take, tmp_path: Path) -> None:
    deep = "/".join(["folder" * 10] * 4)
    gnu = Member("././@LongLink", f"{deep}/gnu.py\0".encode(), b"L")
    take(
        tarred([
            pax({"comment": "f" * 40}, b"g"),
            gnu, Member("cut", b"1"),
            pax({"path": f"{deep}/pax.py", "LIBARCHIVE.xattr.x": "y" * 9000}), Member("cut", b"2"),
        ]),
        "work.tar",
    )  # fmt: skip
    assert names(tmp_path / "run") == [f"{deep}/gnu.py".split("/", 1)[1], f"{deep}/pax.py".split("/", 1)[1]]


@pytest.mark.parametrize(
    "caps", [Caps(entries=3), Caps(files=3), Caps(total_bytes=3), Caps(archive_bytes=10)]
)
@pytest.mark.parametrize("name", ["work.zip", "work.tar.gz"])
def test_what_is_over_a_cap_is_refused_with_the_number(take: Take, caps: Caps, name: str) -> None:
    files = {f"{i}.py": b"x" for i in range(5)}
    content = with_zipfile(files) if name.endswith("zip") else with_tarfile(files, "w:gz")
    with pytest.raises(SubmissionError, match=r"(more|larger) than (3|10)\b"):
        take(content, name, caps)


@pytest.mark.parametrize("name", ["work.zip", "work.tar.gz"])
def test_a_bomb_ends_at_the_ratio(take: Take, name: str) -> None:
    files = {"zeros": bytes(2**25)}
    content = with_zipfile(files) if name.endswith("zip") else with_tarfile(files, "w:gz")
    with pytest.raises(SubmissionError, match=r"zeros: .* packed bytes unpack to more than .* 200 times"):
        take(content, name)


def test_archives_in_an_archive_stay_files(take: Take, tmp_path: Path) -> None:
    inner = with_zipfile({"deep": b"x"})
    assert take(with_zipfile({"inner.zip": inner, "a.py": b""})).files == 2
    assert (tmp_path / "run" / "submission" / "inner.zip").read_bytes() == inner


@pytest.mark.parametrize("name", ["work.zip", "work.tar"])
def test_environments_litter_and_configuration_of_git_stay_behind(
    take: Take, tmp_path: Path, name: str
) -> None:
    files = {
        **{f"repo/{path}": content for path, content in (FILES | GIT).items()},
        "repo/.venv/bin/python": b"x", "repo/.VENV-notes.md": b"x", "repo/.DS_Store": b"x",
        "repo/sub/.git/HEAD": b"x",
        "__MACOSX/repo/._predict.py": b"x", "repo/._predict.py": b"x",
    }  # fmt: skip
    taken = take(with_zipfile(files) if name.endswith("zip") else with_tarfile(files, "w"), name)
    assert names(tmp_path / "run") == [".VENV-notes.md", "predict.py", "src/churn/model.py"]
    assert "left out 3 entries that macOS adds (.DS_Store, ._*, __MACOSX)" in taken.notes
    assert "repo/.venv: left out (made by a tool, or history)" in taken.notes
    assert taken.history == tmp_path / "run" / "history" / "git"
    found = sorted(p.relative_to(taken.history).as_posix() for p in taken.history.rglob("*") if p.is_file())
    assert found == ["HEAD", "refs/heads/main"]


def test_a_history_without_a_wrapping_folder_is_found_too(take: Take) -> None:
    taken = take(with_zipfile(FILES | GIT))
    assert taken.history
    assert (taken.history / "HEAD").read_bytes() == GIT[".git/HEAD"]


def test_a_history_inside_a_second_folder_is_nobodys(take: Take) -> None:
    files = {"a/x.py": b"", "b/x.py": b"", **{f"b/{name}": content for name, content in GIT.items()}}
    assert take(with_zipfile(files)).history is None


def test_too_much_history_is_left_behind_with_a_note_and_the_work_is_taken(take: Take) -> None:
    files = FILES | GIT | {f".git/objects/pack/{i}.pack": b"x" * 1000 for i in range(5)}
    for caps, says in (
        (Caps(history_bytes=3000), "more than 3,000 bytes"),
        (Caps(history_files=4), "more than 4 files"),
    ):
        taken = take(with_zipfile(files), caps=caps)
        assert taken.history is None
        assert any(says in note for note in taken.notes)
        shutil.rmtree(taken.root)


@pytest.mark.parametrize("lone", ["src/train.py", "tests/test_a.py", "churn/__init__.py"])
def test_a_lone_package_is_the_work_and_not_its_wrapping(take: Take, tmp_path: Path, lone: str) -> None:
    take(with_zipfile({lone: b""}))
    assert names(tmp_path / "run") == [lone]


def test_a_git_lfs_pointer_is_noted(take: Take) -> None:
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n"
    assert (
        "model.bin: a Git LFS pointer: the file itself did not come with it"
        in take(with_zipfile({"model.bin": pointer, "a.py": b""})).notes
    )


def test_intake_ends_at_its_deadline(take: Take) -> None:
    with pytest.raises(SubmissionError, match="taking it in needs more than 0 s"):
        take(with_zipfile(FILES), caps=Caps(seconds=0))
