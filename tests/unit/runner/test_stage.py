"""stage.py and workspace.py: what a command finds, what is kept, which exit code comes out."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import stage
import workspace

CALM = {"HOME": "", "MPLCONFIGDIR": ""}


@pytest.fixture(autouse=True)
def _signals_are_put_back():
    kept = {n: signal.getsignal(n) for n in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def run(places: workspace.Places, *words: str) -> int:
    return stage.main(list(words), places)


def test_the_command_finds_the_repository_and_may_write_beside_it(places):
    (places.submission / "src").mkdir()
    (places.submission / "src" / "a.txt").write_text("theirs")
    assert run(places, "--", "sh", "-c", "cat src/a.txt > b.txt") == 0
    assert (places.work / "b.txt").read_text() == "theirs"
    assert not (places.submission / "b.txt").exists()


def test_execute_bits_and_times_survive_the_copy(places):
    script = places.submission / "run.sh"
    script.write_text("#!/bin/sh\nexit 7\n")
    script.chmod(0o755)
    os.utime(script, (1_600_000_000, 1_600_000_000))
    assert run(places, "--", "./run.sh") == 7
    assert (places.work / "run.sh").stat().st_mtime == 1_600_000_000


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (["sh", "-c", "exit 3"], 3),
        (["sh", "-c", "kill -9 $$"], 128 + 9),
        (["no-such-command"], 127),
        (["./plain.txt"], 126),
    ],
)
def test_the_exit_code_is_the_commands_own_or_a_shells(places, argv, code):
    (places.submission / "plain.txt").write_text("no program")
    assert run(places, "--", *argv) == code


@pytest.mark.parametrize("words", [[], ["--"], ["ls"], ["--keep-work"], ["--keep-work", "ls"]])
def test_words_that_do_not_fit_are_a_usage_error(places, words):
    assert run(places, *words) == 2


def test_links_that_lead_out_or_round_are_left_out_and_said(places, capsys):
    (places.submission / "real.txt").write_text("x")
    (places.submission / "inside").symlink_to("real.txt")
    (places.submission / "outside").symlink_to("/etc/passwd")
    (places.submission / "absolute").symlink_to(places.submission / "real.txt")
    (places.submission / "loop").symlink_to("loop")
    workspace.prepare(places, CALM)
    assert sorted(p.name for p in places.work.iterdir()) == ["data", "inside", "real.txt"]
    said = capsys.readouterr().err
    for name in ("outside", "absolute", "loop"):
        assert f"left out {name}:" in said


def test_a_pipe_in_the_submission_does_not_hang_the_copy(places, capsys):
    os.mkfifo(places.submission / "pipe")
    workspace.prepare(places, CALM)
    assert not (places.work / "pipe").exists()
    assert "left out pipe: not a regular file" in capsys.readouterr().err


def test_control_characters_in_a_name_do_not_reach_the_terminal(places, capsys):
    os.mkfifo(places.submission / "a\x1b[2J\nb")
    workspace.prepare(places, CALM)
    said = capsys.readouterr().err
    assert "\x1b" not in said
    assert said.count("\n") == 1


def test_public_data_is_linked_unless_the_submission_has_its_own(places):
    (places.data / "customers.csv").write_text("id")
    workspace.prepare(places, CALM)
    assert (places.work / "data" / "customers.csv").read_text() == "id"


def test_their_own_data_folder_wins(places):
    (places.submission / "data").mkdir()
    workspace.prepare(places, CALM)
    assert not (places.work / "data").is_symlink()


def test_the_model_folder_is_made_only_below_output(places, tmp_path):
    model = places.output / "model"
    workspace.prepare(places, {**CALM, "TAKEHOME_MODEL": str(model)})
    assert model.is_dir()
    elsewhere = places.output / ".." / "elsewhere"
    workspace.prepare(
        workspace.Places(**{**vars(places), "work": tmp_path}), {"TAKEHOME_MODEL": str(elsewhere)}
    )
    assert not (tmp_path / "elsewhere").exists()


def test_what_training_wrote_into_the_repository_reaches_the_next_stage(places):
    (places.submission / "old.txt").write_text("old")
    (places.submission / "same.txt").write_text("same")
    command = (
        "mkdir -p m/__pycache__; echo x > m/__pycache__/y; echo new > m/model.bin; echo changed > old.txt"
    )
    assert run(places, "--keep-work", "--", "sh", "-c", command) == 0
    kept = places.output / "work"
    assert sorted(str(p.relative_to(kept)) for p in kept.rglob("*") if p.is_file()) == [
        "m/model.bin",
        "old.txt",
    ]

    later = workspace.Places(**{**vars(places), "kept": kept, "work": places.work.parent / "work2"})
    later.work.mkdir()
    assert (
        run(
            later,
            "--",
            "sh",
            "-c",
            "test $(cat old.txt) = changed && test -e m/model.bin && test -e same.txt",
        )
        == 0
    )


def test_nothing_is_kept_of_a_command_that_failed(places):
    assert run(places, "--keep-work", "--", "sh", "-c", "echo x > new.txt; exit 1") == 1
    assert not (places.output / "work").exists()


def test_links_and_pipes_are_never_kept(places):
    command = "ln -s /etc/passwd stolen; mkfifo pipe; echo x > fine.txt"
    assert run(places, "--keep-work", "--", "sh", "-c", command) == 0
    assert [p.name for p in (places.output / "work").iterdir()] == ["fine.txt"]


def test_no_room_for_what_is_kept_is_an_error_of_its_own(places):
    (places.output / "work").write_text("a file where the folder should be")
    assert run(places, "--keep-work", "--", "sh", "-c", "echo x > new.txt") == workspace.CANNOT_KEEP


def test_a_work_folder_that_is_not_there_is_never_taken_for_an_empty_repository(places):
    places.work.rmdir()
    assert run(places, "--", "true") == workspace.CANNOT_KEEP


def test_sigterm_reaches_the_whole_process_group_of_the_command(places, tmp_path):
    folders = ", ".join(f"t / {name!r}" for name in ("submission", "data", "kept", "output", "work", "fonts"))
    program = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]); import stage, workspace;"
        "t = Path(sys.argv[2]);"
        f"p = workspace.Places({folders});"
        "sys.exit(stage.main(['--', 'sh', '-c', 'touch started; sleep 60 & wait'], p))"
    )
    child = subprocess.Popen([sys.executable, "-c", program, str(Path(stage.__file__).parent), str(tmp_path)])
    deadline = time.monotonic() + 20
    while not (places.work / "started").exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    child.send_signal(signal.SIGTERM)
    assert child.wait(timeout=20) == 128 + signal.SIGTERM


def test_a_signal_that_comes_while_the_command_is_being_started_reaches_it_too(tmp_path):
    program = (
        "import os, signal, subprocess, sys; from pathlib import Path; sys.path.insert(0, sys.argv[1])\n"
        "import workspace\n"
        "start = subprocess.Popen\n"
        "def slow(*words, **given):\n"
        "    child = start(*words, **given)\n"
        "    os.kill(os.getpid(), signal.SIGTERM)\n"
        "    return child\n"
        "subprocess.Popen = slow\n"
        "sys.exit(workspace.run(['sh', '-c', 'sleep 60'], Path(sys.argv[2])))"
    )
    words = [sys.executable, "-c", program, str(Path(stage.__file__).parent), str(tmp_path)]
    assert subprocess.run(words, timeout=20, check=False).returncode == 128 + signal.SIGTERM
