"""B6: what lies about, what git tracks, what a notebook stored; only where there is something to judge."""

from __future__ import annotations

import json

import pytest

from graders.code import repository
from graders.kit.case import layout, make_evidence, static, write
from harness.errors import InfraError
from harness.model import AnswerKey, Ended, NoParams, Score, Verdict


def history(**changes) -> dict[str, object]:
    tidy = {
        "commits": 7, "authors": 1, "first": None, "last": None, "messages": [], "largest_blobs": [],
        "tracked_junk": [], "shallow": False, "truncated": None, "error": None,
    }  # fmt: skip
    return tidy | changes


def notebook(**changes) -> dict[str, object]:
    return {
        "path": "a.ipynb",
        "cells": 9,
        "run": 9,
        "errors": [],
        "backwards": [],
        "outputs_bytes": 0,
    } | changes


def grade(tmp_path, *, git=None, lint=None, **changes) -> Score:
    report = static(lint=lint) | {"layout": layout(**changes)}
    write(tmp_path, "static", "static.json", json.dumps(report))
    ended = {}
    if git is not None:
        write(tmp_path, "history", "history.json", git if isinstance(git, str) else json.dumps(git))
        ended = {"history": Ended.FINISHED}
    key = AnswerKey(root=tmp_path / "no-key-is-needed")
    return repository.grade(make_evidence(tmp_path, ended=ended), key, NoParams())


def test_a_tidy_folder_without_a_history_loses_nothing(tmp_path):
    score = grade(tmp_path)
    assert (score.value, score.findings) == (1.0, ())
    assert "not judged" in score.reason


def test_a_tidy_repository_with_its_history_earns_everything(tmp_path):
    assert grade(tmp_path, git=history(), ignored=["__pycache__/", ".venv"]).value == 1.0


@pytest.mark.parametrize(
    "line", ["__pycache__", "__pycache__/", "**/__pycache__/", "/__pycache__", "*.py[cod]", "*.pyc"]
)
def test_caches_are_ignored_in_any_of_the_usual_words(tmp_path, line):
    assert grade(tmp_path, git=history(), ignored=[line]).value == 1.0


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"data": [{"path": "data/customers.csv", "bytes": 400_000}]}, "data"),
        ({"large": [{"path": "notes.pdf", "bytes": 80_000_000}]}, "large-file"),
        ({"models": [{"path": "model.joblib", "bytes": 90_000}]}, "trained-model"),
    ],
)
def test_what_does_not_belong_there_costs_and_is_named(tmp_path, changes, rule):
    score = grade(tmp_path, **changes)
    assert score.value < 1.0
    assert [f.rule for f in score.findings] == [rule]


def test_a_large_table_is_charged_as_data_and_not_twice(tmp_path):
    table = [{"path": "data/usage.csv", "bytes": 9_000_000}]
    assert grade(tmp_path, data=table, large=table).value == grade(tmp_path, data=table).value


def test_what_git_tracks_is_charged_though_the_copy_has_left_it_out(tmp_path):
    git = history(
        tracked_junk=[".venv/", "src/__pycache__/"],
        largest_blobs=[{"path": "blob.bin", "bytes": 80_000_000, "in_head": True}],
    )
    score = grade(tmp_path, git=git, ignored=["__pycache__"])
    assert {f.rule for f in score.findings} == {"tracked-junk", "large-file"}
    assert score.value < 0.6


def test_a_large_file_that_was_removed_again_costs_nothing(tmp_path):
    git = history(largest_blobs=[{"path": "blob.bin", "bytes": 80_000_000, "in_head": False}])
    assert grade(tmp_path, git=git, ignored=["__pycache__"]).value == 1.0


def test_with_a_history_a_gitignore_is_expected(tmp_path):
    none, gap = grade(tmp_path, git=history()), grade(tmp_path, git=history(), ignored=["*.csv"])
    assert none.value < gap.value < 1.0


def test_a_history_weighs_little(tmp_path):
    one = grade(tmp_path, git=history(commits=1), ignored=["__pycache__"])
    assert 0.9 < one.value < 1.0
    assert grade(tmp_path, git=history(commits=1, shallow=True), ignored=["__pycache__"]).value == 1.0


def test_a_history_that_cannot_be_read_is_not_judged(tmp_path):
    assert grade(tmp_path, git=history(error="the history is damaged")).value == 1.0


def test_a_report_of_ours_that_is_damaged_is_ours(tmp_path):
    for text in ("", "[]", "{}", "null", '{"commits": "many"}'):
        with pytest.raises(InfraError):
            grade(tmp_path, git=text)


@pytest.mark.parametrize(
    ("stored", "lint", "rule"),
    [
        ({"errors": [4]}, [], "stored-error"),
        ({"backwards": [3]}, [], "out-of-order"),
        (
            {},
            [{"path": "a.ipynb", "line": 2, "cell": 5, "rule": "F821", "message": "Undefined name `df`"}],
            "hidden-state",
        ),
    ],
)
def test_a_notebook_that_does_not_run_as_it_stands_costs(tmp_path, stored, lint, rule):
    score = grade(tmp_path, notebooks=[notebook(**stored)], lint=lint)
    assert score.value < 1.0
    assert [f.rule for f in score.findings] == [rule]
    assert score.findings[0].place.cell is not None


def test_a_notebook_whose_outputs_were_cleared_loses_nothing(tmp_path):
    assert grade(tmp_path, notebooks=[notebook(run=0)]).value == 1.0


def test_an_undefined_name_of_a_module_is_not_the_notebooks(tmp_path):
    lint = [
        {"path": "src/churn.py", "line": 2, "cell": None, "rule": "F821", "message": "Undefined name `df`"}
    ]
    assert grade(tmp_path, notebooks=[notebook()], lint=lint).value == 1.0


def test_no_code_is_missing_and_a_report_of_an_older_image_is_ours(tmp_path):
    write(tmp_path, "static", "static.json", json.dumps(static() | {"files": []}))
    key = AnswerKey(root=tmp_path)
    assert repository.grade(make_evidence(tmp_path), key, NoParams()).verdict is Verdict.MISSING
    old = static()
    del old["layout"]
    write(tmp_path, "static", "static.json", json.dumps(old))
    with pytest.raises(InfraError, match="did not look at"):
        repository.grade(make_evidence(tmp_path), key, NoParams())
