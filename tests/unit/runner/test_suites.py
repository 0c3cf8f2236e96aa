"""suites.py: which libraries are imported beforehand follows from what the code names."""

from __future__ import annotations

import os

import suites


def test_only_libraries_that_some_file_names_are_imported_beforehand(tmp_path):
    (tmp_path / "model.py").write_text("import numpy as np\n")
    (tmp_path / "notes.txt").write_text("sklearn\n")
    assert suites._mentioned(tmp_path) == {"numpy"}


def test_what_is_no_file_is_passed_over_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.py")
    (tmp_path / "gone.py").symlink_to(tmp_path / "nowhere")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_a.py").write_text("from sklearn.pipeline import Pipeline\n")
    assert suites._mentioned(tmp_path) == {"sklearn"}
