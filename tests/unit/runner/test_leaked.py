"""leaked.py: credentials by their form, and what only looks like one. None stands in this file."""

from __future__ import annotations

import json
import random
import string

import leaked
import pytest

LETTERS = random.Random(4)


def word(many: int, alphabet: str = string.ascii_letters + string.digits) -> str:
    return "Z9" + "".join(LETTERS.choices(alphabet, k=many - 2))


UPPER = string.ascii_uppercase + "789"
REAL = {
    "an AWS access key": "AK" + "IA" + word(16, UPPER),
    "a Google API key": "AI" + "za" + word(35),
    "a GitHub token": "gh" + "p_" + word(36),
    "a GitLab token": "gl" + "pat-" + word(20),
    "a Slack token": "xo" + "xb-83927465102-" + word(24),
    "a Hugging Face token": "h" + "f_" + word(34),
    "an API key": "s" + "k-proj-" + word(60),
    "a Stripe key": "sk" + "_live_" + word(24),
    "a private key": "-----BEGIN RSA " + "PRIVATE KEY-----\n" + word(64),
    "a password in an address": "postgresql://ml:" + "gT7qLw92" + "@warehouse.acme.io:5432/churn",
}


@pytest.mark.parametrize("kind", leaked.KINDS)
def test_a_credential_is_found_with_its_line_and_not_shown(kind):
    (hit,) = leaked.in_text(f"a = 1\nkey = '{REAL[kind]}'\n")
    assert (hit["kind"], hit["line"]) == (kind, 2)
    assert REAL[kind][-12:] not in hit["shown"]


@pytest.mark.parametrize(
    "text",
    [
        "AKIA" + "IOSFODNN7EXAMPLE",
        "ghp_" + "x" * 36,
        "sk-" + "your-key-here" * 4,
        "hf_" + "a" * 34,
        "postgresql://postgres:postgres@localhost:5432/db",
        "postgresql://user:hunter22@db:5432/churn",
        "https://user:${TOKEN}@acme.com/simple",
        "mysql://root:password@warehouse.acme.io/x",
        "sk-container-id-1-toggleable-label-arrow-estimator-hidden",
        "-----BEGIN " + "PRIVATE KEY-----\n...\n",
        "https://acme.com:8080/a@b.io",
        "password = os.environ['DB_PASSWORD']",
        "AKIA" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    ],
)
def test_what_only_looks_like_one_is_passed_over(text):
    assert leaked.in_text(f"x = '{text}'\n") == []


def test_outputs_of_notebooks_and_files_without_a_suffix_are_searched(tmp_path):
    key = REAL["a GitHub token"]
    outputs = [{"output_type": "stream", "name": "stdout", "text": [f"token {key}\n"]}]
    cells = [{"cell_type": "code", "source": "print(token)", "outputs": outputs}]
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": cells}))
    (tmp_path / ".env").write_text(f"TOKEN={key}\n")
    (tmp_path / "photo.png").write_text(key)
    assert [hit["path"] for hit in leaked.of(tmp_path)] == [".env", "a.ipynb"]


def test_a_long_line_takes_no_long_time():
    assert leaked.in_text("a" * 900_000 + "://" + "b:" * 50_000) == []
