"""Links: a file of theirs is copied in a link's place; nothing outside is ever read; no link is ever made."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from harness.errors import SubmissionError
from harness.intake import Caps, intake
from tests.unit.intake.conftest import Take
from tests.unit.intake.hostile import Entry, Member, tarred, zipped

LINK = 0o120777


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    root = tmp_path / "theirs"
    (root / "data").mkdir(parents=True)
    (root / "data" / "real.csv").write_text("real")
    return root


def read(run: Path, name: str) -> str:
    path = run / name
    assert not path.is_symlink()
    return path.read_text()


@pytest.mark.parametrize("target", ["data/real.csv", "./data/../data/real.csv", "second"])
def test_a_link_to_a_file_of_theirs_becomes_a_copy_of_it(theirs: Path, tmp_path: Path, target: str) -> None:
    (theirs / "first").symlink_to(target)
    (theirs / "second").symlink_to("data/real.csv")
    taken = intake(theirs, tmp_path / "ours")
    assert read(taken.root, "first") == "real"
    assert taken.files == 3
    assert taken.notes == ()


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("/etc/hostname", "a link that leads out: /etc/hostname"),
        ("../outside", "a link that leads out: ../outside"),
        ("data/../../outside", "a link that leads out"),
        ("nowhere", "a link to nowhere, which is no file that came"),
        ("data", "a link to data, which is no file that came"),
        (".", "which is no file that came"),
        ("link", "a link that leads to itself"),
        ("folder/real.csv", "which is no file that came"),
    ],
)
def test_every_other_link_is_left_out_with_the_reason(
    theirs: Path, tmp_path: Path, target: str, says: str
) -> None:
    (tmp_path / "outside").write_text("secret")
    (theirs / "folder").symlink_to("data")
    (theirs / "link").symlink_to(target)
    taken = intake(theirs, tmp_path / "ours")
    assert not os.path.lexists(taken.root / "link")
    assert any(note.startswith("link: left out") and says in note for note in taken.notes), taken.notes


def test_copies_of_linked_files_count_like_files(theirs: Path, tmp_path: Path) -> None:
    for i in range(4):
        (theirs / f"{i}").symlink_to("data/real.csv")
    with pytest.raises(SubmissionError, match="more than 10 bytes in all"):
        intake(theirs, tmp_path / "ours", caps=Caps(total_bytes=10))


def test_links_in_archives_become_copies_too(take: Take) -> None:
    packed = zipped([Entry("d/a", b"../b", mode=LINK), Entry("b", b"text")])
    assert read(take(packed).root, "d/a") == "text"


def test_hard_links_in_a_tar_become_copies(take: Take) -> None:
    members = [Member("w/a", b"text"), Member("w/d/b", kind=b"1", target="w/a")]
    assert read(take(tarred(members), "work.tar").root, "d/b") == "text"


def test_a_folder_swapped_for_a_link_while_it_is_read_is_not_followed(
    theirs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "real.csv").write_text("secret")
    listed = os.scandir

    def swap(where: int) -> object:
        found = listed(where)
        if (theirs / "data").is_dir() and not (theirs / "data").is_symlink():
            entries = list(found)
            (theirs / "data").rename(tmp_path / "gone")
            (theirs / "data").symlink_to(outside)
            return _Listing(entries)
        return found

    monkeypatch.setattr(os, "scandir", swap)
    with pytest.raises(SubmissionError, match="data: cannot be read"):
        intake(theirs, tmp_path / "ours")


class _Listing(list["os.DirEntry[str]"]):
    def __enter__(self) -> _Listing:
        return self

    def __exit__(self, *_: object) -> None:
        return None
