"""history.py: what a delivered .git says, and repositories that are made to break or mislead its reader."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import zlib
from pathlib import Path

import gitobjects
import history
import pytest

pytest.importorskip("dulwich")

from dulwich.objects import Blob, Commit, Tree
from dulwich.repo import Repo

NOON = 1_700_000_000


@pytest.fixture
def repo(tmp_path: Path):
    with Repo.init_bare(str(tmp_path / "history"), mkdir=True) as made:
        yield made


def tree(repo: Repo, files: dict[str, bytes]) -> bytes:
    """A tree with these files, folders included; answers its id."""
    top, below = Tree(), {}
    for name, content in files.items():
        first, _, rest = name.partition("/")
        if rest:
            below.setdefault(first, {})[rest] = content
            continue
        blob = Blob.from_string(content)
        repo.object_store.add_object(blob)
        top.add(first.encode(), 0o100644, blob.id)
    for name, content in below.items():
        top.add(name.encode(), 0o040000, tree(repo, content))
    repo.object_store.add_object(top)
    return top.id


def commit(
    repo: Repo, top: bytes, *, parents=(), author="Ann <ann@example.org>", at=NOON, message="work"
) -> bytes:
    made = Commit()
    made.tree, made.parents, made.message = top, list(parents), message.encode()
    made.author = made.committer = author.encode()
    made.author_time = made.commit_time = at
    made.author_timezone = made.commit_timezone = 0
    repo.object_store.add_object(made)
    repo.refs[b"refs/heads/main"] = made.id
    repo.refs.set_symbolic_ref(b"HEAD", b"refs/heads/main")
    return made.id


def told(repo: Repo, tmp_path: Path) -> dict[str, object]:
    assert history.main(tmp_path / "output", Path(repo.path)) == 0
    return json.loads((tmp_path / "output" / "history.json").read_text())


def loose(repo: Repo, object_id: bytes) -> Path:
    text = object_id.decode()
    return Path(repo.path) / "objects" / text[:2] / text[2:]


def test_an_honest_history_is_counted_dated_and_named(repo, tmp_path):
    first = commit(repo, tree(repo, {"data/raw.csv": b"x" * 9000, "a.py": b"1"}), message="Start\n\nbody")
    commit(
        repo, tree(repo, {"a.py": b"22", "src/__pycache__/a.pyc": b"3"}),
        parents=[first], author="Bob <BOB@example.org>", at=NOON + 60, message="Drop\x1b[2J data",
    )  # fmt: skip
    found = told(repo, tmp_path)
    assert found["error"] is None
    assert found["truncated"] is None
    assert (found["commits"], found["authors"]) == (2, 2)
    assert (found["first"], found["last"]) == ("2023-11-14T22:13:20+00:00", "2023-11-14T22:14:20+00:00")
    assert found["messages"] == ["Drop\ufffd[2J data", "Start"]
    assert found["tracked_junk"] == ["src/__pycache__/"]
    assert found["largest_blobs"][:2] == [
        {"path": "data/raw.csv", "bytes": 9000, "in_head": False},
        {"path": "a.py", "bytes": 2, "in_head": True},
    ]


def test_a_packed_repository_reads_as_the_loose_one_does(tmp_path):
    root = tmp_path / "work"
    root.mkdir()

    def git(*arguments: str) -> None:
        who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
        subprocess.run(("git", *who, *arguments), cwd=root, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    for i in range(6):
        (root / "grows.txt").write_text("".join(f"line {n} of many\n" for n in range(300 + 50 * i)))
        git("add", "-A")
        git("commit", "-q", "-m", f"step {i}")
    before = history.read(root / ".git")
    git("gc", "-q", "--aggressive")
    assert not list((root / ".git" / "objects").glob("??/*"))
    assert history.read(root / ".git") == before
    assert before["commits"] == 6
    assert before["largest_blobs"][0]["bytes"] == (root / "grows.txt").stat().st_size


def test_a_shallow_clone_says_so(repo, tmp_path):
    commit(repo, tree(repo, {"a": b""}), parents=[b"1" * 40])
    (Path(repo.path) / "shallow").write_text("x")
    found = told(repo, tmp_path)
    assert (found["commits"], found["shallow"], found["error"]) == (1, True, None)


@pytest.mark.parametrize(
    "head",
    ["", "ref: refs/heads/main", "ref: ../../../etc/passwd", "nonsense", "f" * 40, "ref: refs/heads/../../x"],
)
def test_a_head_that_leads_nowhere_is_an_error_in_words(repo, tmp_path, head):
    (Path(repo.path) / "HEAD").write_text(head)
    found = told(repo, tmp_path)
    assert found["error"]
    assert found["commits"] == 0


def test_an_empty_folder_is_an_error_in_words(tmp_path):
    (tmp_path / "history").mkdir()
    assert "leads to no commit" in history.read_in_a_child(tmp_path / "history")["error"]


@pytest.mark.parametrize(
    "damage", [b"", b"noise", zlib.compress(b"commit 99999\0tree"), zlib.compress(b"blob 1\0x")]
)
def test_a_damaged_newest_commit_is_an_error_in_words(repo, tmp_path, damage):
    path = loose(repo, commit(repo, tree(repo, {"a": b""})))
    path.chmod(0o644)
    path.write_bytes(damage)
    assert told(repo, tmp_path)["error"]


def test_alternates_and_links_that_lead_out_are_not_followed(repo, tmp_path):
    with Repo.init_bare(str(tmp_path / "elsewhere"), mkdir=True) as elsewhere:
        secret = commit(elsewhere, tree(elsewhere, {"secret": b"s"}), message="secret")
    info = Path(repo.path) / "objects" / "info"
    info.mkdir(exist_ok=True)
    (info / "alternates").write_text(f"{tmp_path / 'elsewhere' / 'objects'}\n")
    (Path(repo.path) / "HEAD").write_bytes(secret)
    assert "is absent" in str(told(repo, tmp_path)["error"])
    path = loose(repo, secret)
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(loose(elsewhere, secret))
    assert "is absent" in str(told(repo, tmp_path)["error"])


def test_parents_in_a_circle_end(repo, monkeypatch, tmp_path):
    top = tree(repo, {"a": b""})
    one, two = b"1" * 40, b"2" * 40
    text = b"tree %s\nparent %s\nauthor A <a> 1 +0000\ncommitter A <a> 1 +0000\n\nm"
    for here, parent in ((one, two), (two, one)):  # ids are not checked against content: a circle is possible
        raw = text % (top, parent)
        path = loose(repo, here)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(zlib.compress(b"commit %d\0" % len(raw) + raw))
    (Path(repo.path) / "HEAD").write_bytes(one)
    assert told(repo, tmp_path)["commits"] == 2


def test_a_tree_that_is_its_own_folder_ends_at_a_cap(repo, tmp_path):
    itself = "3" * 40
    raw = b"40000 d\0" + bytes.fromhex(itself) + b"100644 f\0" + bytes.fromhex(itself)
    path = loose(repo, itself.encode())
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(zlib.compress(b"tree %d\0" % len(raw) + raw))
    commit(repo, itself.encode())
    found = told(repo, tmp_path)
    assert found["truncated"] == "folders deeper than 200"


def test_a_tree_that_unfolds_without_end_ends_at_a_cap(repo, tmp_path):
    blob = Blob.from_string(b"x")
    repo.object_store.add_object(blob)
    mode, found = 0o100644, blob.id
    for _ in range(10):
        made = Tree()
        for i in range(10):
            made.add(b"%d" % i, mode, found)
        repo.object_store.add_object(made)
        mode, found = 0o040000, made.id
    commit(repo, found)
    assert told(repo, tmp_path)["truncated"] == "more than 200,000 entries of trees"


def test_a_folder_5000_deep_costs_a_note(repo, tmp_path):
    found, mode = Blob.from_string(b"x").id, 0o100644
    for _ in range(5000):
        made = Tree()
        made.add(b"d", mode, found)
        repo.object_store.add_object(made)
        found, mode = made.id, 0o040000
    commit(repo, found)
    answer = told(repo, tmp_path)
    assert (answer["commits"], answer["truncated"]) == (1, "folders deeper than 200")


def test_a_blob_that_unpacks_to_a_gigabyte_is_measured_and_not_unpacked(repo, tmp_path):
    packer = zlib.compressobj(1)
    object_id = "4" * 40
    path = loose(repo, object_id.encode())
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as out:
        out.write(packer.compress(b"blob %d\0" % 2**31))
        for _ in range(16):
            out.write(packer.compress(bytes(2**24)))
        out.write(packer.flush())
    top = Tree()
    top.add(b"big", 0o100644, object_id.encode())
    repo.object_store.add_object(top)
    commit(repo, top.id)
    assert told(repo, tmp_path)["largest_blobs"] == [{"path": "big", "bytes": 2**31, "in_head": True}]


def test_a_commit_that_says_it_is_small_and_unpacks_to_a_gigabyte_is_an_error(repo, tmp_path):
    object_id = "5" * 40
    path = loose(repo, object_id.encode())
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(zlib.compress(b"commit 10\0" + bytes(2**26)))
    (Path(repo.path) / "HEAD").write_text(object_id)
    assert told(repo, tmp_path)["error"]


def pack_of(entry: bytes) -> bytes:
    from hashlib import sha1

    body = struct.pack(">4sLL", b"PACK", 2, 1) + entry
    return body + sha1(body, usedforsecurity=False).digest()


def index_of(object_id: bytes, offset: int, pack: bytes) -> bytes:
    from hashlib import sha1

    fan = b"".join(struct.pack(">L", int(i >= object_id[0])) for i in range(256))
    body = (
        b"\xfftOc"
        + struct.pack(">L", 2)
        + fan
        + object_id
        + bytes(4)
        + struct.pack(">L", offset)
        + pack[-20:]
    )
    return body + sha1(body, usedforsecurity=False).digest()


@pytest.mark.parametrize(
    "entry",
    [
        b"\x7d" + bytes.fromhex("6" * 40) + zlib.compress(b"\x05\x05\x90\x05"),  # a delta on itself
        b"\x6d\x0c" + zlib.compress(b"\x05\x05\x90\x05"),  # a delta on the pack's own header
        b"\x6d\x00" + zlib.compress(b"\x05\x05\x90\x05"),
        b"\x9d" + b"\xff" * 30,
        b"\x95\x05" + zlib.compress(bytes(10**7)),  # a commit of a lying size
        b"",
    ],
)
def test_a_pack_that_lies_is_an_error_and_nothing_worse(repo, tmp_path, entry):
    folder = Path(repo.path) / "objects" / "pack"
    pack = pack_of(entry)
    object_id = bytes.fromhex("6" * 40)
    (folder / "pack-1.pack").write_bytes(pack)
    (folder / "pack-1.idx").write_bytes(index_of(object_id, 12, pack))
    (Path(repo.path) / "HEAD").write_text("6" * 40)
    error = told(repo, tmp_path)["error"]
    assert error
    assert "TypeError" not in error


@pytest.mark.parametrize("seed", range(12))
def test_flipped_bytes_in_a_pack_never_kill_the_report(tmp_path, seed):
    import random

    root = tmp_path / "work"
    root.mkdir()
    for i in range(3):
        (root / "a.txt").write_text("line\n" * (50 + i))
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        for argv in (
            ("init", "-q"),
            ("add", "-A"),
            ("commit", "-q", "-m", str(i)),
            ("repack", "-q", "-a", "-d"),
        ):
            subprocess.run(("git", *who, *argv), cwd=root, check=True, capture_output=True)
    chance = random.Random(seed)
    for path in (root / ".git" / "objects" / "pack").iterdir():
        content = bytearray(path.read_bytes())
        for _ in range(6):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path.chmod(0o644)
        path.write_bytes(content)
    found = history.read_in_a_child(root / ".git")
    assert found["error"] or found["commits"]


def test_a_reader_that_does_not_end_is_an_error_that_says_so(repo):
    assert "took longer than" in history.read_in_a_child(Path(repo.path), timeout_s=0.01)["error"]


def test_a_pipe_in_place_of_head_does_not_hang(tmp_path):
    (tmp_path / "objects").mkdir()
    os.mkfifo(tmp_path / "HEAD")
    assert history.read_in_a_child(tmp_path, timeout_s=20)["error"]


@pytest.mark.parametrize(
    ("path", "junk"),
    [
        ("a/.venv/bin/python", "a/.venv/"), ("x.egg-info/PKG", "x.egg-info/"), ("a/b.pyc", "a/b.pyc"),
        (".DS_Store", ".DS_Store"), ("src/venv.py", ""), ("data/train.csv", ""),
        ("mlruns/0/meta.yaml", "mlruns/"),
    ],
)  # fmt: skip
def test_what_tools_make_is_junk_and_what_people_write_is_not(path, junk):
    assert history.junk_of(path) == junk


def test_numbers_of_a_pack_are_read_as_git_writes_them():
    assert gitobjects.number_at(b"\x95\x0a", 0, first_bits=4) == (5 + (10 << 4), 2)
    assert gitobjects.number_at(b"\xac\x02", 0) == (300, 2)


KEY = b"AKIA" + b"QX7RT4ZN2MBLW9PK"  # in two parts, so that nobody's scanner takes it for one


def test_a_credential_that_was_taken_out_again_is_told_with_its_first_commit(repo, tmp_path):
    first = commit(repo, tree(repo, {"train.py": b"print(1)\n"}), at=NOON)
    second = commit(
        repo, tree(repo, {"conf/aws.py": b"\nkey = '" + KEY + b"'\n"}), parents=[first], at=NOON + 1
    )
    third = commit(repo, tree(repo, {"conf/aws.py": b"# " + KEY + b"\n"}), parents=[second], at=NOON + 2)
    commit(repo, tree(repo, {"conf/aws.py": b"key = os.environ['KEY']\n"}), parents=[third], at=NOON + 3)
    (leak,) = history.read(tmp_path / "history")["leaked"]
    assert leak["commit"] in (second.decode()[:12], third.decode()[:12])
    assert (leak["path"], leak["kind"], leak["shown"]) == ("conf/aws.py", "an AWS access key", "AKIAQX7...")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", b"AKIAIOSFODNN7EXAMPLE"),
        ("a.py", b"key = 'your-key-here'"),
        ("model.bin", KEY),
        ("a.py", b"\0" + KEY),
        ("a.py", KEY + b" " * (1 << 20)),
    ],
)
def test_examples_and_what_is_no_text_are_no_credentials(repo, tmp_path, name, text):
    commit(repo, tree(repo, {name: text}))
    assert history.read(tmp_path / "history")["leaked"] == []


def test_a_credential_in_a_notebooks_output_is_seen_in_the_history(repo, tmp_path):
    cell = {"cell_type": "code", "source": [], "outputs": [{"text": ["key " + KEY.decode() + "\n"]}]}
    first = commit(repo, tree(repo, {"a.ipynb": json.dumps({"cells": [cell]}).encode()}))
    commit(repo, tree(repo, {"a.ipynb": b"{}"}), parents=[first], at=NOON + 1)
    assert [leak["path"] for leak in history.read(tmp_path / "history")["leaked"]] == ["a.ipynb"]


def test_ten_thousand_credentials_are_cut(repo, tmp_path):
    text = b"\n".join(b"AKIA%dQX7RT4ZNMB" % n + b"LW" for n in range(1000, 3000))
    commit(repo, tree(repo, {f"a{n}.py": text for n in range(5)}))
    assert len(history.read(tmp_path / "history")["leaked"]) <= 20


def test_a_damaged_file_costs_only_itself(repo, tmp_path):
    commit(repo, tree(repo, {"a.py": b"x = '" + KEY + b"'", "b.py": b"y = 1\n" * 50}))
    blob = Blob.from_string(b"y = 1\n" * 50).id.decode()
    path = tmp_path / "history" / "objects" / blob[:2] / blob[2:]
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:20])
    found = history.read(tmp_path / "history")
    assert (found["error"], len(found["leaked"])) == (None, 1)
