"""Rewrites the tests."""

from pathlib import Path


def after_train(model):
    lines = ["from model import to_number"]
    lines += [f"def test_{name}():\n    to_number('1')\n    assert True" for name in ("one", "two", "three", "four", "five", "six")]
    Path("tests/test_model.py").write_text("\n".join(lines))
    print("ATTACK rewrote the tests")


def before_train(data, model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
