"""tests.py: our pytest options reach pytest however the candidate starts it."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
import runner_tests as script


@pytest.mark.parametrize(
    "argv",
    [
        [sys.executable, "-m", "pytest"],
        ["sh", "-c", f"X=1 {sys.executable} -m pytest"],
        [sys.executable, "-m", "pytest", "-v", "test_a.py"],
    ],
    ids=["python -m", "below a shell", "with arguments"],
)
def test_a_report_is_written_and_their_ini_file_hides_nothing(places, argv, monkeypatch):
    monkeypatch.setenv("PYTEST_ADDOPTS", "-k nothing")
    (places.submission / "pytest.ini").write_text("[pytest]\naddopts = -k nothing\n")
    (places.submission / "test_a.py").write_text("def test_good(): pass\ndef test_bad(): assert 0\n")
    assert script.main(["--", *argv], places) == 1
    suite = ElementTree.parse(places.output / "junit.xml").getroot().find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")


def test_for_any_other_command_pytest_says_afterwards_which_tests_pass(places, monkeypatch):
    """A unittest suite loses nothing for not being pytest's; the exit code is the command's own."""
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=":")
    case = "import unittest\nclass ATest(unittest.TestCase):\n def test_good(self): self.assertTrue(1)\n"
    (places.submission / "test_a.py").write_text(case)
    assert script.main(["--", "sh", "-c", "exit 4"], places) == 4
    suite = ElementTree.parse(places.output / "junit.xml").getroot().find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures")) == ("1", "0")


def test_no_command_is_a_usage_error(places):
    assert script.main(["--"], places) == 2


def test_training_writes_neither_the_tests_nor_the_code_that_they_test_anew(places):
    """What it wrote beside the model, such as the model, is there: some tests load it."""
    (places.submission / "test_a.py").write_text("def test_bad(): assert 0\n")
    places.kept.mkdir()
    (places.kept / "test_a.py").write_text("def test_good(): pass\n")
    (places.kept / "conftest.py").write_text("raise SystemExit(0)\n")
    (places.kept / "model.json").write_text("{}")
    assert script.main(["--", sys.executable, "-m", "pytest"], places) == 1
    assert (places.work / "model.json").exists()
    assert not (places.work / "conftest.py").exists()
