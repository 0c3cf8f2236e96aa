"""The scripts that run inside containers, imported from where they lie; a container's folders in tmp_path."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

RUNNER = Path(__file__).parents[3] / "docker" / "runner"
NAMES = (
    "workspace", "syntax", "traces", "view", "smell_names", "smell_frames", "smell_columns",
    "smell_draws", "smell_flows", "smell_leaks", "smell_running", "smell_scores", "smells", "assertions",
    "smell_tests", "layout", "imported", "leaked", "said", "stage", "prose",
    "command_words", "shell_words", "howto", "documents", "static", "twins",
    "sabotage", "operators", "table_operators", "kinds",
    "mutants", "broken", "suites", "trials", "notebook", "tests", "gitobjects", "history", "exchange",
    "answers", "payloads", "probe", "athand", "followed", "readme",
)  # fmt: skip


def load(name: str) -> ModuleType:
    """``docker/runner/<name>.py``; as ``runner_tests`` for tests, which is also the name of our folder."""
    known_as = "runner_tests" if name == "tests" else name
    spec = importlib.util.spec_from_file_location(known_as, RUNNER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[known_as] = module
    spec.loader.exec_module(module)
    return module


path_before = list(sys.path)
for each in NAMES:
    load(each)
sys.path[:] = path_before  # the scripts put their folder first, where its tests.py would hide our tests/

workspace = sys.modules["workspace"]


@pytest.fixture(autouse=True)
def _our_own_ruff_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))


@pytest.fixture
def places(tmp_path: Path):
    """A container's layout with an empty submission, public data and a writable output."""
    made = workspace.Places(
        submission=tmp_path / "submission",
        data=tmp_path / "data",
        kept=tmp_path / "kept",
        output=tmp_path / "output",
        work=tmp_path / "work",
        fonts=tmp_path / "fonts",
    )
    for folder in (made.submission, made.data, made.output, made.work):
        folder.mkdir()
    return made
