"""What intake promises: regular files in, everything else named and left, nothing executed."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from harness.errors import SubmissionError, UsageError
from harness.intake import Caps, intake
from harness.model import Submission, Track

NOTEBOOK = json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def folder(at: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = at / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return at


def take(tmp_path: Path, files: dict[str, str], caps: Caps | None = None) -> Submission:
    return intake(folder(tmp_path / "theirs", files), tmp_path / "ours", caps=caps)


def test_a_missing_path_is_a_usage_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere: no such file or folder"):
        intake(tmp_path / "nowhere", tmp_path / "ours")


def test_an_empty_folder_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "theirs" / "sub").mkdir(parents=True)
    with pytest.raises(SubmissionError, match="nothing to grade"):
        intake(tmp_path / "theirs", tmp_path / "ours")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("not json", "not a notebook"),
        ("[1, 2]", "without a list of cells"),
        ("{}", "without a list of cells"),
        ("[" * 100_000, "not a notebook"),
    ],
)
def test_a_notebook_that_is_not_one_is_refused_in_words(tmp_path: Path, text: str, says: str) -> None:
    source = tmp_path / "solution.ipynb"
    source.write_text(text)
    with pytest.raises(SubmissionError, match=says):
        intake(source, tmp_path / "ours")


def test_a_single_notebook_is_the_notebook_track(tmp_path: Path) -> None:
    source = tmp_path / "solution.ipynb"
    source.write_text(NOTEBOOK)
    submission = intake(source, tmp_path / "ours")
    assert submission.track is Track.NOTEBOOK
    assert submission.settings.notebook == "solution.ipynb"


def test_the_digest_follows_content_names_and_the_executable_bit_only(tmp_path: Path) -> None:
    one = take(tmp_path / "1", {"predict.py": "x"})
    same = take(tmp_path / "2", {"predict.py": "x"})
    other = take(tmp_path / "3", {"predict.py": "y"})
    renamed = take(tmp_path / "4", {"predict2.py": "x"})
    assert one.digest == same.digest
    assert len({one.digest, other.digest, renamed.digest}) == 3


def test_links_and_special_files_stay_behind_and_are_named(tmp_path: Path) -> None:
    theirs = folder(tmp_path / "theirs", {"predict.py": "x"})
    (theirs / "key").symlink_to("/etc/passwd")
    (theirs / "up").symlink_to("..", target_is_directory=True)
    os.mkfifo(theirs / "pipe")
    submission = intake(theirs, tmp_path / "ours")
    assert sorted(p.name for p in (tmp_path / "ours").iterdir()) == ["predict.py"]
    assert {note.split(":")[0] for note in submission.notes} == {"key", "up", "pipe"}


def test_environments_and_history_are_left_out_and_named(tmp_path: Path) -> None:
    submission = take(tmp_path, {"predict.py": "x", ".venv/bin/python": "x", ".git/config": "x"})
    assert submission.files == 1
    assert any(note.startswith(".venv") for note in submission.notes)


@pytest.mark.parametrize(
    ("caps", "files", "says"),
    [
        (Caps(files=2), {"a": "", "b": "", "c": ""}, "more than 2 files"),
        (Caps(file_bytes=10), {"a": "x" * 11}, "larger than"),
        (Caps(total_bytes=10), {"a": "x" * 6, "b": "x" * 6}, "in all"),
        (Caps(depth=2), {"a/b/c/d": ""}, "nested deeper"),
        (Caps(), {"a" * 201: ""}, "name longer"),
        (Caps(), {"Model.py": "", "model.py": ""}, "differs only by case"),
        (Caps(), {"a\x1b[2Jb": ""}, "control character"),
    ],
)
def test_what_is_over_a_cap_is_refused_whole_with_the_number(
    tmp_path: Path, caps: Caps, files: dict[str, str], says: str
) -> None:
    with pytest.raises(SubmissionError, match=says):
        take(tmp_path, files, caps)


def test_a_mistake_in_submission_toml_is_a_sentence_and_the_usual_names_still_count(tmp_path: Path) -> None:
    submission = take(
        tmp_path, {"submission.toml": "[commands\n", "train.py": "", "predict.py": "", "test_a.py": ""}
    )
    assert any("not TOML" in note for note in submission.notes)
    assert submission.settings.commands.train == "python train.py --data {data} --model {model}"
    assert submission.settings.commands.test == "python -m pytest"
    assert len(submission.settings.detected) == 3


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("[commands]\ntrian = 'x'", "commands.trian: there is no such field"),
        ("[commands]\ntrain = 3", "commands.train: expected a text"),
        ("commands = 3", "commands: expected a table"),
        ("[claims]\nvalue = 'high'", "claims.value: expected a number"),
        ("[claims]\nvalue = nan", "claims.value: expected a number"),
        ("[claims]\nvalue = true", "claims.value: expected a number"),
        ("[notebook]\npath = '../x.ipynb'", "a path inside the submission"),
        ("[serve]\nport = 99999", "serve.port"),
    ],
)
def test_every_wrong_field_is_named(tmp_path: Path, toml: str, says: str) -> None:
    submission = take(tmp_path, {"submission.toml": toml, "a.py": ""})
    assert any(says in note for note in submission.notes), submission.notes


def test_a_claim_given_as_text_is_taken_as_the_number_it_is(tmp_path: Path) -> None:
    submission = take(tmp_path, {"submission.toml": "[claims]\nmetric = 'roc_auc'\nvalue = '0.84'", "a": ""})
    assert submission.settings.claims.value == 0.84


def test_a_deid_script_is_found_beside_a_notebook(tmp_path: Path) -> None:
    files = {
        "submission.toml": "[notebook]\npath = 'a.ipynb'",
        "a.ipynb": NOTEBOOK,
        "deid.py": "",
        "train.py": "",
    }
    commands = take(tmp_path, files).settings.commands
    assert commands.deid == "python deid.py --input {input} --output {output}"
    assert commands.train == ""


def test_declared_commands_win_over_detected_ones(tmp_path: Path) -> None:
    files = {"submission.toml": "[commands]\ntrain = 'python a.py'", "train.py": "", "predict.py": ""}
    commands = take(tmp_path, files).settings.commands
    assert commands.train == "python a.py"
    assert commands.predict.startswith("python predict.py")


def test_makefile_targets_come_before_scripts_and_packages_are_run_as_modules(tmp_path: Path) -> None:
    made = take(tmp_path / "1", {"Makefile": "train:\n\tx\n", "train.py": ""})
    assert made.settings.commands.train.startswith("make train DATA={data}")
    packaged = take(tmp_path / "2", {"src/churn/__init__.py": "", "src/churn/train.py": ""})
    assert "PYTHONPATH=src python -m churn.train" in packaged.settings.commands.train


def test_a_repository_with_an_exploratory_notebook_stays_a_repository(tmp_path: Path) -> None:
    submission = take(tmp_path, {"eda.ipynb": NOTEBOOK, "train.py": "", "predict.py": ""})
    assert submission.track is Track.REPO
    assert submission.settings.notebook == ""


def test_a_key_of_forty_thousand_parts_is_a_sentence_and_takes_no_time(tmp_path: Path) -> None:
    """tomllib is quadratic in them: 12,000 took 20 s."""
    folder = tmp_path / "theirs"
    folder.mkdir()
    (folder / "submission.toml").write_text(".".join(["a"] * 40_000) + " = 1\n")
    (folder / "train.py").write_text("")
    submission = intake(folder, tmp_path / "ours")
    assert any("not TOML" in note for note in submission.notes)


@pytest.mark.parametrize(
    "number", ["0x" + "f" * 400, "0x" + "f" * 5_000, "inf", "nan", "true", "'many'", "[1]"]
)
def test_a_number_that_is_none_is_a_sentence_and_the_rest_of_the_file_counts(
    tmp_path: Path, number: str
) -> None:
    toml = f"[commands]\ntrain = 'python a.py'\n[claims]\nvalue = {number}\n[effort]\nhours = {number}\n"
    submission = take(tmp_path, {"submission.toml": toml, "a.py": ""})
    assert submission.settings.commands.train == "python a.py"
    assert submission.settings.claims.value is None
    assert any("claims.value" in note for note in submission.notes)
