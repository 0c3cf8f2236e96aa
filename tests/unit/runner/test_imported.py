"""imported.py: what a submission needs from an index, and what it does not."""

from __future__ import annotations

from pathlib import Path

import imported
import syntax


def found(**files: str) -> dict[str, dict[str, object]]:
    sources = [syntax.Source(name.replace("__", "/") + ".py", Path(name)) for name in files]
    seen = [
        entry
        for source, text in zip(sources, files.values(), strict=True)
        for entry in imported.of_file(source, [(None, syntax.parse(text))])
    ]
    return {str(entry["module"]): entry for entry in imported.put_together(seen, sources)}


def test_packages_are_named_by_their_first_part_with_the_place():
    entry = found(train="import os\nimport sklearn.metrics as m\nfrom pandas.api import types\n")
    assert {name: e["line"] for name, e in entry.items()} == {"sklearn": 2, "pandas": 3}


def test_python_and_the_submission_itself_are_no_packages():
    files = {"train": "import json\nimport features\nfrom churn import model\nfrom . import x\n"}
    assert not found(**files, features="", churn__model="import churn.model\nimport src\n", src__churn__io="")


def test_an_import_that_the_code_does_without_is_optional():
    text = "try:\n    import lightgbm\nexcept ImportError:\n    lightgbm = None\n"
    assert found(train=text)["lightgbm"]["optional"]
    text = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import pandas\n"
    assert found(train=text)["pandas"]["optional"]


def test_the_strictest_place_counts():
    optional = "try:\n    import shap\nexcept ImportError:\n    pass\n"
    entry = found(explain=optional, train="def f():\n    import shap\n")["shap"]
    assert (entry["optional"], entry["path"]) == (False, "train.py")
    assert (
        found(tests__test_a="import pytest\nimport httpx\n", serve="import httpx\n")["httpx"]["tests"]
        is False
    )


def test_what_only_tests_import_is_theirs():
    assert found(tests__test_a="import pytest\n")["pytest"]["tests"] is True


def test_an_error_that_is_not_about_the_import_excuses_nothing():
    text = "try:\n    import lightgbm\nexcept ValueError:\n    pass\n"
    assert not found(train=text)["lightgbm"]["optional"]
