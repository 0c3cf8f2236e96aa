"""said.py: what a signature and a docstring tell, and what only looks as if they did."""

from __future__ import annotations

import ast

import pytest
import said


def of(code: str, name: str = "load_rows") -> dict[str, object]:
    (node,) = ast.parse(code).body
    return said.of_function(name, node)


def test_every_parameter_and_the_result_can_have_a_type():
    code = "def load_rows(path: str, /, n: int, *rest, deep: bool = False, **more: str) -> list: ..."
    assert (of(code)["hintable"], of(code)["hinted"]) == (6, 5)


def test_any_is_no_type():
    code = "def load_rows(path: Any, more: typing.Any) -> 'Any': ..."
    assert of(code)["hinted"] == 1  # a text is not read; few write one


def test_self_of_a_method_needs_none():
    code = "def rows(self, path: str) -> list: ..."
    assert of(code, "Loader.rows")["hintable"] == 2
    assert of(code, "rows")["hintable"] == 3


@pytest.mark.parametrize(
    "text", ["", "Load rows.", "load_rows", "This function loads the rows.", "TODO", "Rows"]
)
def test_a_docstring_of_the_words_of_the_name_says_nothing(text):
    assert of(f'def load_rows(path):\n    """{text}"""')["documented"] is False


@pytest.mark.parametrize(
    "text", ["Customers with an outcome, one a line.", "Lädt die Kunden aus dem Export."]
)
def test_a_docstring_that_says_more_is_one_in_any_language(text):
    assert of(f'def load_rows(path):\n    """{text}"""')["documented"] is True


@pytest.mark.parametrize(
    ("text", "documented"),
    [
        ('"""Trains the churn model."""\nimport os\n', True),
        ("#!/usr/bin/env python\n# Trains the churn model.\nimport os\n", True),
        ("import os\n# Trains the churn model.\n", False),
        ("#!/usr/bin/env python3 of the company\nimport os\n", False),
        ("import os\n", False),
    ],
)
def test_a_file_says_what_it_is_for_before_its_code(text, documented):
    assert said.of_top_level(ast.parse(text), text)["documented"] is documented
