"""Planted in the tests: what C1, C2 and C5 must see."""

from __future__ import annotations

import re

from harness.model import ExtraStage
from tests.validity.case import Case
from tests.validity.edits import both, every, remove, sub, write

ON = "telco-churn/reference"
TESTS = ("tests/test_model.py", "tests/test_features.py", "tests/test_cleaning.py")
RED = """
from churn import cleaning


def test_the_key_keeps_case():
    assert cleaning.key('Ab') == 'Ab'
"""


CASES = (
    Case(
        "no-tests",
        ON,
        both(remove("tests"), sub("submission.toml", r"^test = .*?$", "")),
        falls=("C1",),
        may=("C2", "C3", "C4", "C5", "E1", "B1", "B6"),
    ),
    Case(
        "nothing-asserted",
        ON,
        both(
            *(remove(name) for name in TESTS),
            write(
                "tests/test_all.py",
                """
                from churn import cleaning, features, labels, model


                def test_features(exports, tuned):
                    features.build(exports, tuned)


                def test_labels(exports):
                    labels.outcomes(exports.customers)


                def test_model(exports, tuned):
                    model.fit(features.build(exports, tuned), labels.outcomes(exports.customers), tuned)


                def test_numbers(exports):
                    cleaning.number(exports.customers["tenure"])
                """,
            ),
        ),
        falls=("C1", "C5"),
        may=("C2", "C3", "C4", "E1"),
        in_ci=True,
    ),
    Case(
        "tests-that-lean-on-one-another",
        ON,
        write(
            "tests/test_state.py",
            """
            from churn import cleaning

            KNOWN = {}


            def test_a_key_is_lower_case():
                KNOWN["key"] = cleaning.key("Web  Shop")
                assert KNOWN["key"] == cleaning.key(" WEB SHOP")


            def test_it_is_the_same_again():
                assert cleaning.key("web shop") == KNOWN["key"]
            """,
        ),
        falls=("C1",),
        may=("C2", "C3", "C4"),
    ),
    Case(
        "tautologies",
        ON,
        both(
            *(remove(name) for name in TESTS),
            write(
                "tests/test_all.py",
                """
                import time

                from churn import features


                def test_true():
                    assert True


                def test_itself(exports, tuned):
                    table = features.build(exports, tuned)
                    assert table is table


                def test_wait():
                    time.sleep(0.2)
                    assert 1 + 1 == 2


                def test_word():
                    word = "churn"
                    assert word == "churn"
                """,
            ),
        ),
        falls=("C1", "C5"),
        may=("C2", "C3", "C4", "E1"),
    ),
    Case(
        "a-failing-test-is-skipped",
        ON,
        every(
            "tests/test_*.py",
            lambda text: re.sub(
                r"^def test_",
                "@pytest.mark.skip\ndef test_",
                re.sub(r"^import pandas", "import pytest\nimport pandas", text, flags=re.MULTILINE),
                flags=re.MULTILINE,
            ),
        ),
        falls=("C1",),
        may=("C2", "C3", "C4", "C5", "E1"),
    ),
    Case(
        "a-red-suite",
        ON,
        write(
            "tests/test_red.py",
            RED,
        ),
        falls=("C1",),
        may=("C2", "C3", "C4", "C5", "E1"),
    ),
    Case(
        "forced-green",
        ON,
        both(
            write(
                "tests/test_red.py",
                RED,
            ),
            write(
                "conftest.py",
                """
                import os


                def pytest_sessionfinish(session, exitstatus):
                    os._exit(0)
                """,
            ),
        ),
        falls=("C1",),
        may=("C2", "C3", "C4", "C5", "E1", "B3"),
    ),
    Case(
        "source-hashed-and-nothing-else",
        ON,
        both(
            *(remove(name) for name in TESTS),
            write(
                "tests/test_all.py",
                """
                import hashlib
                from pathlib import Path

                import pytest

                ROOT = Path(__file__).parents[1] / "churn"
                KNOWN = {}


                @pytest.mark.parametrize("path", sorted(ROOT.glob("*.py")), ids=str)
                def test_nobody_touched_it(path):
                    digest = hashlib.sha256(path.read_bytes()).hexdigest()
                    assert digest == KNOWN.get(path.name, digest)
                    assert len(path.read_text().splitlines()) < 2000
                """,
            ),
        ),
        falls=("C1",),
        may=("C2", "C3", "C4", "C5", "E1"),
    ),
    Case(
        "half-of-the-tests-gone",
        ON,
        remove("tests/test_cleaning.py", "tests/test_features.py"),
        falls=("C2",),
        may=("C1", "C3", "C4", "C5"),
        asks=(ExtraStage.TRIALS,),
    ),
)
