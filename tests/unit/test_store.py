"""Folders appear whole or not at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from harness.errors import InfraError, UsageError
from harness.store import (
    digest_of_folder,
    finished_run,
    folder_being_made,
    put_in_place,
    read_run,
    sweep_writes,
    workshop,
    write_text,
)
from harness.turn import turn


def test_a_block_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def fails() -> None:
        with folder_being_made(tmp_path / "final") as made:
            (made / "half").write_text("x")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fails()
    assert list(tmp_path.iterdir()) == []


def test_the_first_of_two_makers_wins_and_the_other_is_dropped(tmp_path: Path) -> None:
    with folder_being_made(tmp_path / "final") as one, folder_being_made(tmp_path / "final") as two:
        (one / "who").write_text("one")
        (two / "who").write_text("two")
    assert (tmp_path / "final" / "who").read_text() == "two"  # the inner block ends first
    assert [p.name for p in tmp_path.iterdir()] == ["final"]


def test_twenty_runs_of_one_submission_at_once_get_twenty_folders(tmp_path: Path) -> None:
    def one(number: int) -> Path:
        with workshop(tmp_path) as made:
            (made / "n").write_text(str(number))
            return put_in_place(made, tmp_path, "ab" * 32)

    with ThreadPoolExecutor(8) as pool:
        runs = set(pool.map(one, range(20)))
    assert len(runs) == 20
    assert {int((run / "n").read_text()) for run in runs} == set(range(20))
    assert not list(tmp_path.glob(".unfinished-*"))


def test_only_a_complete_run_with_the_same_key_is_a_cache_hit(tmp_path: Path) -> None:
    for number, (key, complete) in enumerate([("k", "no"), ("other", "yes"), ("k", "yes")], 1):
        run = tmp_path / f"{'ab' * 6}-{number}"
        run.mkdir()
        (run / "run.json").write_text(json.dumps({"key": key, "complete": complete}))
    assert finished_run(tmp_path, "ab" * 32, "k") == tmp_path / f"{'ab' * 6}-3"
    assert finished_run(tmp_path, "ab" * 32, "none") is None


def test_a_text_is_replaced_whole_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_text(tmp_path / "a", "old")
    write_text(tmp_path / "a", "new")
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("a", "new")]


def test_a_folder_that_is_no_run_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not a run folder"):
        read_run(tmp_path)
    (tmp_path / "run.json").write_text("{")
    with pytest.raises(UsageError, match="cannot be read"):
        read_run(tmp_path)


def test_the_digest_of_a_folder_ignores_bytecode_and_sees_everything_else(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    before = digest_of_folder(tmp_path)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_text("x")
    assert digest_of_folder(tmp_path) == before
    (tmp_path / "a").chmod(0o755)
    assert digest_of_folder(tmp_path) != before


def test_a_place_that_cannot_be_written_is_infrastructure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(InfraError, match="cannot be written"), folder_being_made(tmp_path / "file" / "x"):
        pass


def test_a_half_written_file_of_a_killed_process_is_swept_up_and_nothing_else(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (tmp_path / f".entry.json.{gone.pid}-0123abcd").touch()
    kept = [
        f".entry.json.{os.getpid()}-0123abcd",
        ".hidden",
        ".entry.json.99999999999-0123abcd",
        "entry.json",
    ]
    for name in kept:
        (tmp_path / name).touch()
    sweep_writes(tmp_path, tmp_path / "absent")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(kept)


def test_a_lock_that_cannot_be_written_is_infrastructure_and_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "locks").touch()  # a file where a folder must be: refused to root, too
    with (
        pytest.raises(InfraError, match="locks/one: cannot be written"),
        turn(tmp_path / "locks" / "one", wait_s=1),
    ):
        pass
