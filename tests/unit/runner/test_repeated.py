"""repeated.py: what stands there more than once, whatever its layout, and what only begins alike."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import static

STEPS = [f"x = step{n}(x, 'a{n}')" for n in range(12)]
ONE = "def one(x):\n" + "".join(f"    {step}\n" for step in STEPS)


def repeated(top: Path, **files: str) -> dict[str, Any]:
    for name, text in files.items():
        path = top / name.replace("__", "/")
        path = path.with_name(path.name + ".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return dict(static.analyse(top, cognitive=lambda _: {}, lint=lambda _: [])["repeated"])


def test_a_function_under_another_name_is_a_copy_with_its_origin(tmp_path):
    found = repeated(tmp_path, a=ONE, b="\n\n" + ONE.replace("one", "two"))
    (place,) = found["places"]
    assert (place["path"], place["line"], place["function"]) == ("b.py", 4, "two")
    assert (place["statements"], place["of"]) == (12, {"path": "a.py", "line": 2})
    assert found["statements"] == 24


def test_layout_comments_and_docstrings_hide_no_copy(tmp_path):
    other = 'def two(x):\n    """Says something."""\n' + "".join(
        f'    # {n}\n    x = (\n        step{n}(x,\n        "a{n}")\n    )\n\n' for n in range(12)
    )
    assert [p["statements"] for p in repeated(tmp_path, a=ONE, b=other)["places"]] == [12]


def test_a_block_that_was_pasted_into_another_function_is_found(tmp_path):
    pasted = (
        "def two(y):\n    y = 1\n    if y:\n"
        + "".join(f"        {s}\n" for s in STEPS[:7])
        + "    return y\n"
    )
    (place,) = repeated(tmp_path, a=ONE, b=pasted)["places"]
    assert (place["line"], place["statements"]) == (4, 7)


@pytest.mark.parametrize(
    "other",
    [
        "def two(x):\n" + "".join(f"    {s}\n" for s in STEPS[:5]),
        "def two(x):\n" + "".join(f"    {s.replace('a', 'b')}\n" for s in STEPS),
        "".join(f"import m{n}\n" for n in range(12)),
    ],
    ids=["five statements", "other constants", "imports"],
)
def test_what_begins_alike_or_does_another_thing_is_no_copy(tmp_path, other):
    imports = "".join(f"import m{n}\n" for n in range(12))
    assert repeated(tmp_path, a=imports + ONE, b=other)["places"] == []


def test_tests_may_repeat_themselves(tmp_path):
    assert repeated(tmp_path, a=ONE, tests__test_a=ONE)["places"] == []


def test_ten_copies_have_nine_places_and_a_statement_over_and_over_is_one(tmp_path):
    assert len(repeated(tmp_path, **{f"m{n}": ONE for n in range(10)})["places"]) == 9
    same = "def two(x):\n" + "    x = step(x)\n" * 40
    (place,) = repeated(tmp_path / "other", a=same)["places"]
    assert place["statements"] <= 40 - 6


def test_a_chain_of_a_thousand_branches_is_read(tmp_path):
    chain = "def two(x):\n    if x == 0:\n        return 0\n" + "".join(
        f"    elif x == {n}:\n        return {n}\n" for n in range(1, 300)
    )
    found = repeated(tmp_path, a=chain)
    assert found["places"] == []
    assert found["statements"] >= 600
