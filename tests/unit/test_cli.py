"""The command line's contract: exit codes, stdout for data, stderr for people, no traceback for bad input."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from harness import cli

ROOT = Path(__file__).resolve().parents[2]


def takehome(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "harness.cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "200", **env},
    )


def broken_root(tmp_path: Path, spec: str) -> str:
    folder = tmp_path / "assignments" / "telco-churn"
    folder.mkdir(parents=True)
    (folder / "assignment.yaml").write_text(spec)
    return str(tmp_path)


def spec_with(old: str, new: str) -> str:
    text = (ROOT / "assignments/telco-churn/assignment.yaml").read_text()
    assert old in text
    return text.replace(old, new, 1)


def complains(done: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


def test_help_says_what_to_type() -> None:
    done = takehome("grade", "--help")
    assert done.returncode == 0
    assert "takehome grade ./candidate-repo -a telco-churn" in done.stdout


def test_the_catalogue_is_data_on_stdout() -> None:
    done = takehome("assignments")
    assert done.returncode == 0
    slugs = [line.split("\t")[0] for line in done.stdout.splitlines()]
    assert slugs == sorted(slugs)
    assert {"telco-churn", "serve-model"} <= set(slugs)


def test_a_missing_source_is_named() -> None:
    complains(takehome("grade", "nowhere", "-a", "telco-churn"), 2, "nowhere: no such file or folder")


def test_an_unknown_assignment_is_answered_with_the_nearest() -> None:
    complains(takehome("grade", ".", "-a", "telco-chrun"), 2, "telco-chrun", "did you mean 'telco-churn'?")


def test_a_flag_that_does_not_exist_is_a_usage_error() -> None:
    complains(takehome("grade", ".", "-a", "telco-churn", "--fast"), 2, "--fast")


def test_a_misspelt_field_is_named_with_its_file(tmp_path: Path) -> None:
    root = broken_root(tmp_path, spec_with("title:", "titel:"))
    complains(
        takehome("assignments", TAKEHOME_ROOT=root), 2, "assignment.yaml: titel", "did you mean 'title'?"
    )


def test_a_folder_without_assignments_is_told_where_to_stand(tmp_path: Path) -> None:
    complains(
        takehome("assignments", TAKEHOME_ROOT=str(tmp_path)), 2, "no assignments/ folder", "TAKEHOME_ROOT"
    )


def test_a_folder_that_is_no_run_cannot_be_regraded(tmp_path: Path) -> None:
    complains(takehome("judge", str(tmp_path)), 2, "not a run folder")


def test_an_engine_that_is_not_there_is_infrastructure_and_says_how_to_start_one(tmp_path: Path) -> None:
    source = tmp_path / "theirs"
    source.mkdir()
    (source / "train.py").write_text("")
    done = takehome(
        "grade", str(source), "-a", "telco-churn", "--runs", str(tmp_path / "runs"),
        DOCKER_HOST=f"unix://{tmp_path}/no.sock", TAKEHOME_HOME=str(tmp_path / "home"),
    )  # fmt: skip
    complains(done, 3, "docker/ensure_engine.sh")
    doctor = takehome("doctor", DOCKER_HOST=f"unix://{tmp_path}/no.sock")
    assert doctor.returncode == 3


def test_certify_wants_a_name_or_all_and_not_both() -> None:
    complains(takehome("certify"), 2, "name an assignment, or say --all")
    complains(takehome("certify", "telco-churn", "--all"), 2, "name an assignment, or say --all")
    complains(takehome("certify", "telco-chrun", "--quick"), 2, "did you mean 'telco-churn'?")


def test_a_new_assignment_says_what_to_do_next_and_prints_its_folder(tmp_path: Path) -> None:
    (tmp_path / "assignments").mkdir()
    done = takehome("new-assignment", "loan-default", TAKEHOME_ROOT=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{tmp_path}/assignments/loan-default\n"
    assert "takehome certify loan-default --quick" in done.stderr
    complains(takehome("new-assignment", "Loan", TAKEHOME_ROOT=str(tmp_path)), 2, "'Loan' is no slug")


def test_a_level_that_an_assignment_does_not_have_is_named() -> None:
    complains(takehome("grade", ".", "-a", "telco-churn", "--level", "guru"), 2, "no level 'guru'")


def test_hostile_text_in_an_error_cannot_move_the_cursor() -> None:
    done = takehome("grade", "\x1b[2Jclean\u202e", "-a", "telco-churn")
    complains(done, 2)
    assert "\x1b" not in done.stderr
    assert "\u202e" not in done.stderr


@pytest.mark.parametrize("module", ["mlflow", "sklearn", "pandas", "matplotlib", "docker", "rich"])
def test_help_waits_for_no_heavy_import(module: str) -> None:
    code = f"import sys; import harness.cli; sys.exit({module!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT).returncode == 0


def test_a_second_ctrl_c_does_not_stop_the_cleaning_up_unless_that_hangs() -> None:
    answers = cli.Interrupts(patience_s=0.2)
    with pytest.raises(KeyboardInterrupt):
        answers(signal.SIGINT, None)
    answers(signal.SIGINT, None)
    answers(signal.SIGTERM, None)
    time.sleep(0.25)
    with pytest.raises(KeyboardInterrupt):
        answers(signal.SIGINT, None)


def test_a_second_ctrl_c_while_the_first_is_answered_changes_nothing() -> None:
    """Python ends by the signal itself when one arrives while it shuts down."""
    program = """
import atexit, os, signal, time
from harness import cli

def late():
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(0.2)

def interrupted(standalone_mode):
    raise KeyboardInterrupt

atexit.register(late)
cli.app = interrupted
cli.main()
"""
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)
    assert (done.returncode, "Traceback" in done.stderr) == (130, False)
    assert "a grading goes on where it stopped" in done.stderr


def test_a_full_disk_is_infrastructure_wherever_it_shows(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(standalone_mode: bool) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "runs/x/scorecard.json")

    monkeypatch.setattr(cli, "app", full)
    monkeypatch.setattr(signal, "signal", lambda *_: None)  # ours must not stay in this process
    with pytest.raises(SystemExit) as stop:
        cli.main()
    assert stop.value.code == 3
    told = " ".join(capsys.readouterr().err.split())
    assert "runs/x/scorecard.json: No space left on device" in told
    assert "goes on where it stopped" in told
