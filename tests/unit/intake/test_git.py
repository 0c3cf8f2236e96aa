"""Git addresses: one commit's files and its history; nothing of theirs is obeyed, no password is kept."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from harness.errors import InfraError, SubmissionError, UsageError
from harness.intake import Caps, intake, label
from harness.intake.source import GitSource, parse_source
from tests.unit.intake.conftest import commit, git


def take(where: Path, into: Path, ref: str = "", caps: Caps | None = None):
    return intake(where.as_uri(), into / "submission", ref=ref, caps=caps)


def counted(history: Path) -> str:
    return git(history, "--git-dir", ".", "rev-list", "--count", "HEAD", "--")


@pytest.mark.parametrize(
    ("ref", "files"), [("", 4), ("other", 4), ("main", 4), ("first", 3), ("refs/tags/first", 3)]
)
def test_a_branch_or_a_tag_is_taken_and_head_without_one(
    repository: Path, tmp_path: Path, ref: str, files: int
) -> None:
    assert take(repository, tmp_path / "run", ref).files == files


def test_a_commit_is_taken_by_its_whole_id_also_behind_the_hash_sign(
    repository: Path, tmp_path: Path
) -> None:
    first = git(repository, "rev-parse", "first")
    assert take(repository, tmp_path / "1", first).files == 3
    assert intake(f"{repository.as_uri()}#{first}", tmp_path / "2" / "submission").files == 3
    with pytest.raises(SubmissionError, match="no such branch, tag or commit") as refusal:
        take(repository, tmp_path / "3", first[:10])
    assert "40 characters" in refusal.value.hint


def test_a_clone_is_the_same_submission_as_the_folder_and_its_archive(
    repository: Path, tmp_path: Path
) -> None:
    archive = shutil.make_archive(str(tmp_path / "packed"), "gztar", tmp_path, repository.name)
    taken = [
        take(repository, tmp_path / "1"),
        intake(repository, tmp_path / "2" / "submission"),
        intake(Path(archive), tmp_path / "3" / "submission"),
    ]
    assert len({one.digest for one in taken}) == 1
    for one in taken:
        assert one.history
        assert (one.root / "run.sh").stat().st_mode & stat.S_IXUSR
        assert (one.root / "latest.py").read_text() == "print(1)\n"
        assert counted(one.history) == "2"


def test_the_same_files_with_another_history_are_told_apart_and_packing_changes_nothing(
    repository: Path, tmp_path: Path
) -> None:
    first = intake(repository, tmp_path / "1" / "submission")
    git(repository, "repack", "-a", "-d")
    packed = intake(repository, tmp_path / "2" / "submission")
    git(repository, "commit", "--allow-empty", "-m", "more history")
    other = intake(repository, tmp_path / "3" / "submission")
    assert first.branches == packed.branches != other.branches
    assert first.digest == packed.digest == other.digest


def test_a_history_has_no_configuration_hooks_or_alternates(repository: Path, tmp_path: Path) -> None:
    (repository / ".git" / "objects" / "info").mkdir(exist_ok=True)
    (repository / ".git" / "objects" / "info" / "alternates").write_text("/etc\n")
    history = intake(repository, tmp_path / "run" / "submission").history
    assert history
    found = {p.relative_to(history).as_posix() for p in history.rglob("*") if p.is_file()}
    assert {"HEAD", "refs/heads/main"} <= found
    assert not any(name.startswith(("hooks", "config", "index", "objects/info/alternates")) for name in found)


TRAPS = {
    "core.fsmonitor": "{trap}",
    "core.hooksPath": "{folder}",
    "core.sshCommand": "{trap}",
    "core.alternateRefsCommand": "{trap}",
    "core.pager": "{trap}",
    "uploadpack.packObjectsHook": "{trap}",
    "filter.x.smudge": "{trap}",
    "filter.x.clean": "{trap}",
    "credential.helper": "!{trap}",
    "remote.origin.url": "ext::{trap}",
    "remote.origin.promisor": "true",
    "remote.origin.uploadpack": "{trap}",
    "include.path": "{folder}/more",
}


@pytest.mark.parametrize("by_address", [True, False])
def test_no_setting_hook_or_filter_of_a_delivered_repository_runs(
    repository: Path, tmp_path: Path, by_address: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    sprung, trap = tmp_path / "sprung", tmp_path / "traps" / "trap"
    trap.parent.mkdir()
    (repository / ".gitattributes").write_text("*.py filter=x\n")
    commit(repository, "filters")
    for name in (
        trap.name,
        "post-checkout",
        "post-merge",
        "reference-transaction",
        "pre-auto-gc",
        "fsmonitor-watchman",
    ):
        (trap.parent / name).write_text(f"#!/bin/sh\ntouch '{sprung}'\n")
        (trap.parent / name).chmod(0o755)
        shutil.copy(trap.parent / name, repository / ".git" / "hooks" / name)
    for key, value in TRAPS.items():
        git(repository, "config", key, value.format(trap=trap, folder=trap.parent))
    monkeypatch.setenv("GIT_DIR", str(repository / ".git"))
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", str(trap))
    source = repository.as_uri() if by_address else repository
    assert intake(source, tmp_path / "run" / "submission").files == 5
    assert not sprung.exists()


def test_missing_objects_are_not_fetched_from_where_the_repository_says(
    repository: Path, tmp_path: Path
) -> None:
    sprung = tmp_path / "sprung"
    git(repository, "config", "remote.origin.url", f"ext::touch {sprung}")
    git(repository, "config", "remote.origin.promisor", "true")
    git(repository, "config", "extensions.partialClone", "origin")
    blob = git(repository, "rev-parse", "HEAD:train.py")
    (repository / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(SubmissionError, match="git cannot read it"):
        take(repository, tmp_path / "run")
    assert not sprung.exists()


def test_links_that_lead_out_and_submodules_are_left_out_with_a_note(
    repository: Path, tmp_path: Path
) -> None:
    (repository / "key").symlink_to("/etc/passwd")
    head = git(repository, "rev-parse", "HEAD")
    git(repository, "update-index", "--add", "--cacheinfo", f"160000,{head},lib/sub")
    git(repository, "add", "key")
    git(repository, "commit", "-q", "-m", "three")
    notes = take(repository, tmp_path / "run").notes
    assert "key: left out (a link that leads out: /etc/passwd)" in notes
    assert "lib/sub: left out (a submodule: its files did not come with it)" in notes


def test_a_shallow_repository_is_cloned_from(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", repository.as_uri(), "shallow")
    taken = take(tmp_path / "shallow", tmp_path / "run")
    assert taken.files == 4
    assert taken.history
    assert (taken.history / "shallow").is_file()


def test_of_a_long_history_the_newest_commits_come(repository: Path, tmp_path: Path) -> None:
    for i in range(5):
        (repository / "n").write_text(str(i))
        commit(repository, str(i))
    history = take(repository, tmp_path / "run", caps=Caps(clone_commits=3)).history
    assert history
    assert counted(history) == "3"


def big_tree(repository: Path, *, wide: int, deep: int) -> None:
    """``wide`` names in each of ``deep`` levels for one tree object a level: wide ** deep paths."""
    blob = (
        subprocess.run(
            ("git", "hash-object", "-w", "--stdin"),
            cwd=repository,
            input=b"x",
            capture_output=True,
            check=True,
        )
        .stdout.decode()
        .strip()
    )
    line = f"100644 blob {blob}"
    for _ in range(deep):
        tree = "".join(f"{line}\t{i:03}\n" for i in range(wide)).encode()
        made = subprocess.run(("git", "mktree"), cwd=repository, input=tree, capture_output=True, check=True)
        line = f"040000 tree {made.stdout.decode().strip()}"
    bomb = git(repository, "commit-tree", "-m", "bomb", line.split()[2])
    git(repository, "update-ref", "refs/heads/bomb", bomb)


@pytest.mark.parametrize(
    ("wide", "deep", "says"),
    [
        (10, 10, "more than 60,000 entries"),
        (1, 100, "nested deeper than 24"),
        pytest.param(1, 5000, "nested deeper|git cannot read", marks=pytest.mark.slow),
    ],
)
def test_a_tree_that_unfolds_without_end_is_refused(
    repository: Path, tmp_path: Path, wide: int, deep: int, says: str
) -> None:
    if deep == 5000:
        pytest.importorskip("dulwich")
        deep_tree(repository, deep)
    else:
        big_tree(repository, wide=wide, deep=deep)
    with pytest.raises(SubmissionError, match=says):
        take(repository, tmp_path / "run", "bomb")
    assert list((tmp_path / "run").iterdir()) == []


def deep_tree(repository: Path, deep: int) -> None:
    """As ``big_tree`` one wide, without a process a level."""
    from dulwich.objects import Blob, Tree
    from dulwich.repo import Repo

    with Repo(str(repository)) as repo:
        found, mode = Blob.from_string(b"x"), 0o100644
        repo.object_store.add_object(found)
        for _ in range(deep):
            tree = Tree()
            tree.add(b"d", mode, found.id)
            repo.object_store.add_object(tree)
            found, mode = tree, 0o040000
        top = found.id.decode()
    git(repository, "update-ref", "refs/heads/bomb", git(repository, "commit-tree", "-m", "bomb", top))


def test_a_history_over_the_cap_of_a_clone_is_refused_with_the_number(
    repository: Path, tmp_path: Path
) -> None:
    (repository / "big").write_bytes(os.urandom(3 * 2**20))
    commit(repository, "big")
    with pytest.raises(SubmissionError, match="more than 1 MiB"):
        take(repository, tmp_path / "run", caps=Caps(clone_bytes=2**20))


def test_a_file_over_its_cap_is_named(repository: Path, tmp_path: Path) -> None:
    (repository / "big.bin").write_bytes(bytes(3 * 2**20))
    commit(repository, "big")
    with pytest.raises(SubmissionError, match=r"big\.bin: larger than 2 MiB"):
        take(repository, tmp_path / "run", caps=Caps(file_bytes=2**21))


def test_a_damaged_repository_is_the_candidates_and_named(repository: Path, tmp_path: Path) -> None:
    tree = git(repository, "rev-parse", "HEAD^{tree}")
    path = repository / ".git" / "objects" / tree[:2] / tree[2:]
    path.chmod(0o644)
    path.write_bytes(b"damaged")
    with pytest.raises(SubmissionError, match="git cannot read it"):
        take(repository, tmp_path / "run")


@pytest.mark.parametrize(
    "ref", ["--upload-pack=touch x", "-x", "a:b", "a b", "a..b", "a@{1}", "+a", "a\n", "*"]
)
def test_a_ref_that_git_could_take_for_something_else_is_refused(
    repository: Path, tmp_path: Path, ref: str
) -> None:
    with pytest.raises(UsageError, match="not a branch, a tag or a commit id"):
        take(repository, tmp_path / "run", ref)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("ssh://git@example.org/a.git", "ssh:// is not cloned from"),
        ("git://example.org/a.git", "git:// is not cloned from"),
        ("http://example.org/a.git", "http:// is not cloned from"),
        ("ext://x", "ext:// is not cloned from"),
        ("git@example.org:a/b.git", "git over ssh is not used"),
        ("https://example.org/a?token=abc", "an address with a"),
        ("https:///a", "no repository in this address"),
        ("https://example.org:port/a", "cannot be read"),
        ("file://example.org/a", "name no host"),
    ],
)
def test_other_addresses_are_a_usage_error_with_a_hint(tmp_path: Path, source: str, says: str) -> None:
    with pytest.raises(UsageError, match=says) as refusal:
        intake(source, tmp_path / "submission")
    assert "abc" not in str(refusal.value)


def test_a_password_is_in_no_name_no_message_and_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "https://ann:hunter22-token@127.0.0.1:1/a/b.git#main"
    assert label(address) == "https://127.0.0.1:1/a/b.git#main"
    found = parse_source(address)
    assert found == GitSource("https://127.0.0.1:1/a/b.git", "main", "ann:hunter22-token")
    started: list[tuple[str, ...]] = []
    popen = subprocess.Popen

    def spy(argv: tuple[str, ...], **options: object) -> object:
        started.append(argv)
        return popen(argv, **options)

    monkeypatch.setattr(subprocess, "Popen", spy)
    with pytest.raises(InfraError, match="the server could not be reached") as refusal:
        intake(address, tmp_path / "run" / "submission")
    assert started
    for text in (str(refusal.value), *(" ".join(argv) for argv in started)):
        assert "hunter22" not in text
    assert list((tmp_path / "run").iterdir()) == []


def test_a_ref_for_a_path_and_a_bare_repository_as_a_path_are_usage_errors(
    repository: Path, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="a ref goes with a git address"):
        intake(str(repository), tmp_path / "submission", ref="main")
    with pytest.raises(UsageError, match="a bare git repository") as refusal:
        intake(repository / ".git", tmp_path / "submission")
    assert "file://" in refusal.value.hint


def test_a_folder_that_is_no_repository_is_named(tmp_path: Path) -> None:
    with pytest.raises(SubmissionError, match="not a git repository"):
        take(tmp_path, tmp_path / "run")
