"""handout, check and ask as commands: exit codes, data on stdout, no checkout of ours at a candidate's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from harness.handout import Handout
from tests.kit.tiny import KEY, REPOSITORY, tiny_bench, tiny_handout, write

ROOT = Path(__file__).resolve().parents[2]


def takehome(*arguments: str | Path, cwd: Path = ROOT, **env: str) -> subprocess.CompletedProcess[str]:
    known = {name: value for name, value in os.environ.items() if name != "TAKEHOME_KEY"}
    return subprocess.run(
        [sys.executable, "-m", "harness.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env={**known, "COLUMNS": "200", "PYTHONPATH": str(ROOT), **env},
    )


def complains(done: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


@pytest.fixture
def company(tmp_path: Path) -> dict[str, str]:
    bench = tiny_bench(tmp_path)
    return {
        "TAKEHOME_ROOT": str(bench.places.root),
        "TAKEHOME_HOME": str(bench.places.home),
        "TAKEHOME_KEY": KEY.decode(),
    }


@pytest.fixture
def handout(tmp_path: Path) -> Handout:
    return tiny_handout(tmp_path)


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """A candidate's machine: nothing of ours, and no engine either."""
    (tmp_path / "nothing").mkdir()
    return {
        "TAKEHOME_ROOT": str(tmp_path / "nothing"),
        "TAKEHOME_HOME": str(tmp_path / "nothing/home"),
        "DOCKER_HOST": f"unix://{tmp_path}/no.sock",
    }


@pytest.mark.parametrize("command", ["handout", "check", "ask"])
def test_help_has_examples(command: str) -> None:
    done = takehome(command, "--help")
    assert done.returncode == 0
    assert f"takehome {command} " in done.stdout.split("Examples:")[1]


def test_an_assignment_without_a_certificate_needs_force(company: dict[str, str], tmp_path: Path) -> None:
    arguments = ("handout", "tiny-world", "--candidate", "jane", "--out", tmp_path / "out", "--json")
    complains(takehome(*arguments, **company), 2, "tiny-world is not fit to hand out", "--force")
    done = takehome(*arguments, "--force", **company)
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout)
    assert Path(made["path"]).is_dir()
    assert (made["assignment"], made["candidate"]) == ("tiny-world", "jane")
    assert KEY.decode() not in done.stdout + done.stderr


def test_a_zip_made_twice_has_the_same_digest(company: dict[str, str], tmp_path: Path) -> None:
    digests = set()
    for out in ("one", "two"):
        done = takehome(
            "handout",
            "tiny-world",
            "--candidate",
            "jane",
            "--zip",
            "--force",
            "--json",
            "--out",
            tmp_path / out,
            **company,
        )
        digests.add(json.loads(done.stdout)["sha256"])
    assert len(digests) == 1


@pytest.mark.parametrize("candidate", ["", "../etc", "a/b", "jane|john", "-x", "é"])
def test_an_id_that_cannot_be_one_is_a_usage_error(company: dict[str, str], candidate: str) -> None:
    complains(takehome("handout", "tiny-world", f"--candidate={candidate}", **company), 2, "not an id")


def test_check_without_an_engine_says_so_in_a_clear_word(
    handout: Handout, home: dict[str, str], tmp_path: Path
) -> None:
    write(tmp_path / "mine", REPOSITORY)
    done = takehome("check", tmp_path / "mine", "--data", handout.path, **home)
    complains(done, 3, "engine", "hint:")


def test_check_without_a_handout_says_what_to_give(home: dict[str, str], tmp_path: Path) -> None:
    write(tmp_path / "mine", REPOSITORY)
    complains(takehome("check", tmp_path / "mine", cwd=tmp_path, **home), 2, "no handout around it", "--data")


def test_ask_works_in_a_handout_alone_and_notes_the_question_down(
    handout: Handout, home: dict[str, str]
) -> None:
    done = takehome("ask", ".", "How many calls can the desk make per week?", cwd=handout.path, **home)
    assert (done.returncode, done.stdout) == (0, "Nobody has counted. Assume what you need.\n"), done.stderr
    unknown = takehome("ask", ".", "Who painted the Mona Lisa?", "--json", cwd=handout.path, **home)
    told = json.loads(unknown.stdout)
    assert not told["known"]
    assert "write your assumption" in told["answer"]
    assert set(told["nearest"]) == {"capacity", "age"}
    log = (handout.path / "questions-asked.jsonl").read_text().splitlines()
    assert [json.loads(line)["topic"] for line in log] == ["capacity", None]


def test_ask_takes_an_assignment_by_its_slug(company: dict[str, str]) -> None:
    done = takehome("ask", "tiny-world", "What does the age column mean?", **company)
    assert "full years" in done.stdout, done.stderr


def test_a_questions_file_that_is_not_there_is_said(company: dict[str, str]) -> None:
    (Path(company["TAKEHOME_ROOT"]) / "assignments/tiny-world/questions.yaml").unlink()
    complains(takehome("ask", "tiny-world", "Why?", **company), 2, "nobody wrote down any answers")


def test_grading_a_candidate_without_the_key_is_refused_before_anything_runs(company: dict[str, str]) -> None:
    del company["TAKEHOME_KEY"]
    starter = Path(company["TAKEHOME_ROOT"]) / "assignments/tiny-world/starter"
    done = takehome("grade", starter, "-a", "tiny-world", "--candidate", "jane", **company)
    complains(done, 2, "there is no key", "TAKEHOME_KEY")


def test_grading_with_another_key_than_the_handouts_is_refused(
    company: dict[str, str], tmp_path: Path
) -> None:
    takehome("handout", "tiny-world", "--candidate", "jane", "--force", "--out", tmp_path / "out", **company)
    starter = Path(company["TAKEHOME_ROOT"]) / "assignments/tiny-world/starter"
    company["TAKEHOME_KEY"] = "another key, and just as long"
    done = takehome("grade", starter, "-a", "tiny-world", "--candidate", "jane", **company)
    complains(done, 2, "jane was handed edition")
