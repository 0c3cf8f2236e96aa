# ruff: noqa: E501 - a case a line reads best
"""smell_tests.py: what a test smells of, and what only looks like it."""

from __future__ import annotations

from pathlib import Path

import pytest
import smell_tests
import syntax

FAKE = "import responses\n"
VIOLATES = {
    "no-assert": [
        "def test_a():\n    train()\n",
        "class TestA:\n    def test_a(self):\n        result = train()\n",
    ],
    "tautology": [
        "def test_a():\n    train()\n    assert True\n",
        "def test_a():\n    x = train()\n    assert x == x\n    assert x > 1\n",
        "import unittest\nclass A(unittest.TestCase):\n    def test_a(self):\n        self.assertTrue(True)\n",
    ],
    "presence-only": [
        "def test_a():\n    assert make_model() is not None\n",
        "def test_a():\n    x = f()\n    assert x != None\n    assert x.y is not None\n",
    ],
    "mocked-unit": [
        "from unittest.mock import patch\nfrom churn import model\n"
        "def test_a():\n    with patch('churn.model.predict', return_value=1):\n        assert model.predict([]) == 1\n",
        "from churn import model\n"
        "def test_a(monkeypatch):\n    monkeypatch.setattr(model, 'fit', lambda x: 3)\n    assert model.fit([]) == 3\n",
    ],
    "network": [
        "import requests\ndef test_a():\n    assert requests.get('https://api.acme.com/x').ok\n",
        "import pandas as pd\ndef test_a():\n    assert len(pd.read_csv('http://acme.com/a.csv')) > 1\n",
    ],
    "sleep": [
        "import time\ndef test_a():\n    start()\n    time.sleep(3)\n    assert up()\n",
        "from time import sleep\ndef test_a():\n    sleep(0.5)\n    assert up()\n",
    ],
}  # fmt: skip
HONEST = {
    "no-assert": [
        "import pytest\ndef test_a():\n    with pytest.raises(ValueError):\n        train()\n",
        "from conftest import check_frame\ndef test_a():\n    check_frame(train())\n",
        "import subprocess\ndef test_a():\n    subprocess.run(['python', 'train.py'], check=True)\n",
        "import numpy as np\ndef test_a():\n    np.testing.assert_allclose(f(1), 2)\n",
        "def test_a(client):\n    client.get('/health').raise_for_status()\n",
        "def helper():\n    train()\n",
    ],
    "tautology": [
        "def test_a():\n    assert predict(1) == predict(1)\n",
        "def test_a():\n    assert predict(1) == 0.5\n    assert not predict(2)\n",
    ],
    "presence-only": [
        "def test_a():\n    x = f()\n    assert x is not None\n    assert x.y == 3\n",
        "def test_a():\n    assert f() is None\n",
    ],
    "mocked-unit": [
        "from unittest.mock import patch\nfrom churn import train\n"
        "def test_a():\n    with patch('churn.reading.read_exports', return_value=1):\n        assert train.train() == 1\n",
        "import os\nfrom churn import settings\n"
        "def test_a(monkeypatch):\n    monkeypatch.setattr(settings, 'load', lambda: 3)\n    assert run() == 3\n",
        "from churn import model, train\n"
        "def test_a(monkeypatch):\n    monkeypatch.setenv('MODEL', 'x')\n    assert model.fit([]) == 3\n",
    ],
    "network": [
        "import requests\ndef test_a():\n    assert requests.get('http://localhost:8080/health').ok\n",
        "import requests\ndef test_a():\n    assert requests.get('http://127.0.0.1:8080/health').ok\n",
        FAKE + "import requests\ndef test_a():\n    assert requests.get('https://api.acme.com/x').ok\n",
        "def test_a(client):\n    assert client.get('https://testserver/x').ok\n",
    ],
    "sleep": [
        "import time\ndef test_a():\n    for _ in range(50):\n        time.sleep(0.1)\n    assert up()\n",
        "import time\ndef test_a(monkeypatch):\n    monkeypatch.setattr(time, 'sleep', print)\n    assert up()\n",
    ],
}  # fmt: skip


def rules(text: str) -> set[str]:
    source = syntax.Source("tests/test_a.py", Path("tests/test_a.py"))
    return {hit["rule"] for hit in smell_tests.of_file(source, [(None, syntax.parse(text))])}


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule, texts in VIOLATES.items() for text in texts]
)
def test_a_smell_of_a_test_is_found(rule, text):
    assert rule in rules(text)


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, texts in HONEST.items() for text in texts])
def test_an_honest_near_twin_is_passed_over(rule, text):
    assert rule not in rules(text)


def test_every_smell_names_the_test_and_its_line():
    source = syntax.Source("tests/test_a.py", Path("tests/test_a.py"))
    text = "class TestA:\n    def test_a(self):\n        assert 1\n"
    (hit,) = smell_tests.of_file(source, [(None, syntax.parse(text))])
    assert (hit["function"], hit["line"], hit["path"]) == ("TestA.test_a", 3, "tests/test_a.py")
