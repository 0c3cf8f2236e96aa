"""Planted in the code and the repository: what B1, B3, B5 and B6 must see."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.validity.case import Case
from tests.validity.edits import Edit, append, both, every, remove, swap, write

ON = "telco-churn/reference"
PREDICT, TRAIN = "churn/predict.py", "churn/train.py"
CALLED = "    answers = predict(fitted, args.input, settings.load())\n"
# new code that no test calls, and that not every case documents
UNTESTED = ("B4", "C2", "C3", "C4")


def _called(text: str, call: str) -> Edit:
    """A new module, and a call of it in predict: what nothing uses costs nothing."""
    return both(
        append("churn/extra.py", text),
        swap(PREDICT, "from churn import features, settings", "from churn import extra, features, settings"),
        swap(PREDICT, CALLED, CALLED + f"    {call}\n"),
    )


def _long(lines: int) -> str:
    """One function that decides everything, line by line, each a different thing."""
    head = (
        '"""Rules of the desk."""\n\nfrom __future__ import annotations\n\n\n'
        "def desk(number: int, text: str) -> float:\n"
    )
    steps = [
        f"    if number > {n * 7} and len(text) != {n} or text[{n}:].startswith({chr(97 + n % 26)!r}):\n"
        f"        number = number * {n + 2} - len(text[{n} % 5 :])\n"
        for n in range(lines // 2)
    ]
    return head + '    """What the desk would say."""\n' + "".join(steps) + "    return float(number)\n"


def _deep(levels: int) -> str:
    head = '"""Rules of the desk."""\n\n\ndef desk(number: int, text: str) -> float:\n    """What the desk would say."""\n'
    steps = "".join(
        f"{'    ' * (n + 1)}{'if' if n % 2 else 'for each in range'}{f' number > {n}' if n % 2 else f'(number + {n})'}:\n"
        for n in range(levels)
    )
    inner = "    " * (levels + 1)
    body = "".join(f"{inner}number += len(text) * {n} - {n * n}\n" for n in range(1, 25))
    return head + steps + body + "    return float(number)\n"


def _copied(region: str) -> Edit:
    """The features once more, as a module of their own with other names, and used."""

    def edit(root: Path) -> None:
        text = (root / "churn/features.py").read_text("utf-8")
        for name in ("build", "account_features", "usage_features", "contact_features"):
            text = re.sub(rf"\b{name}\b", f"{name}_{region}", text)
        (root / f"churn/features_{region}.py").write_text(text, "utf-8")
        both(
            swap(PREDICT, "from churn import", f"from churn import features_{region},"),
            swap(PREDICT, CALLED, CALLED + f"    log.debug(features_{region}.build_{region})\n"),
        )(root)

    return edit


def _bare(text: str) -> str:
    """Without a type in a signature and without docstrings."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.returns = None
            for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
                argument.annotation = None
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree) + "\n"


CASES = (
    Case("neither-types-nor-docstrings", ON, every("churn/*.py", _bare), falls=("B4",), may=("B1", "B3")),
    Case(
        "function-of-240-lines",
        ON,
        _called(_long(240), 'extra.desk(len(answers), "abcdefgh")'),
        falls=("B1",),
        may=UNTESTED,
        in_ci=True,
    ),
    Case("nine-levels-deep", ON, _called(_deep(9), 'extra.desk(1, "a")'), falls=("B1",), may=UNTESTED),
    Case(
        "errors-swallowed",
        ON,
        _called(
            '''
            """Settings of the desk."""

            import json


            def first(path):
                """What is in there."""
                try:
                    return json.loads(open(path).read())
                except Exception:
                    return None


            def second(path, seen=[]):
                """What is in there, once."""
                try:
                    seen.append(path)
                    return first(path)
                except:
                    pass


            def third(path):
                """Shown."""
                print("reading", path)
                print(first(path))
                print(second("/home/jane/projects/churn/settings.json"))
                return unknown_name
            ''',
            'extra.first("desk.json")',
        ),
        falls=("B3",),
        may=("B5", *UNTESTED),
        in_ci=True,
    ),
    Case(
        "undefined-names",
        ON,
        _called(
            '"""Desk."""\n\n\ndef desk(rows):\n    """Rows of the desk."""\n    if rows is None:\n        return default_rows\n    if len(rows) > 10_000:\n        return shorten(rows, limit)\n    return rows\n',
            "extra.desk(answers)",
        ),
        falls=("B3",),
        may=("B5", *UNTESTED),
    ),
    Case(
        "nothing-pinned",
        ON,
        both(
            write("requirements.txt", "pandas\nnumpy\nscikit-learn\njoblib\npytest\n"),
            remove("pyproject.toml"),
            write("pytest.ini", "[pytest]\ntestpaths = tests\npythonpath = .\n"),
        ),
        falls=("B5",),
    ),
    Case(
        "dependency-not-declared",
        ON,
        both(
            write("requirements.txt", "pandas>=2.2,<4\nnumpy>=1.26,<3\npytest>=8,<10\n"),
            swap("pyproject.toml", ', "scikit-learn>=1.5", "joblib>=1.4"', ""),
        ),
        falls=("B5",),
    ),
    Case(
        "secret-in-a-file",
        ON,
        append(
            "churn/settings.py",
            '\nAWS_SECRET_ACCESS_KEY = "wJa9rXUtnFEMI0K7MDENGxbPxRfiCYq3LmPzT5vQ"\nDB_URL = "postgresql://churn:Tr0ub4dor-and-3@db.internal:5432/churn"\n',
        ),
        falls=("B5",),
        may=("B3",),
    ),
    Case(
        "eval-and-shell",
        ON,
        _called(
            '''
            """Formulas of the desk."""

            import os
            import pickle
            import subprocess


            def formula(text: str, rows: object) -> object:
                """What the desk typed, as a value."""
                return eval(text, {"rows": rows})


            def export(path: str) -> int:
                """Copy it to the desk's folder."""
                subprocess.run(f"cp {path} /srv/desk", shell=True)
                return os.system("touch " + path)


            def restore(blob: bytes) -> object:
                """What was sent."""
                return pickle.loads(blob)
            ''',
            'extra.formula("1", answers)',
        ),
        falls=("B5",),
        may=("B3", *UNTESTED),
    ),
    Case(
        "data-and-junk-tracked",
        ON,
        both(
            write("data/customers.csv", b"id,tenure\n" + b"".join(b"C%07d,12\n" % n for n in range(400_000))),
            write("model/model.joblib", bytes(range(256)) * 4096),
            write("churn/__pycache__/train.cpython-311.pyc", bytes(range(256)) * 20),
            write(".ipynb_checkpoints/draft-checkpoint.ipynb", "{}"),
            write(".DS_Store", bytes(100)),
            remove(".gitignore"),
        ),
        falls=("B6",),
        may=("B5", "E1"),
    ),
    Case(
        "copied-four-times",
        ON,
        both(_copied("north"), _copied("south"), _copied("east")),
        falls=("B1",),
        may=("B2", "B3", *UNTESTED),
    ),
)
