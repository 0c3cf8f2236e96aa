"""kinds.py: what a function is for is told by what it does; and copies in which one kind fails."""

from __future__ import annotations

import random
from pathlib import Path

import kinds
import mutants
import pytest
import syntax

READING = """import pandas as pd
def load(path):
    return pd.read_csv(path)
"""
MODEL = """from other import load
class Guess:
    def go(self, x, y):
        return self.inner.fit(x, y)
def everything(path):
    table = load(path)
    return helper(table)
def helper(table):
    return make().fit(table)
def make():
    return None
"""
SERVICE = """from fastapi import FastAPI
def create():
    app = FastAPI()
    @app.post("/predict")
    def ask(rows: list):
        return rows
    return app
"""


def found(tmp_path: Path, **texts: str) -> dict[str, dict[str, set[str]]]:
    for name, text in texts.items():
        (tmp_path / f"{name}.py").write_text(text)
    sources = syntax.sources(tmp_path)
    names = {s.name: {n.lineno: name for name, n in mutants._functions(s)} for s in sources}
    return {
        file: {names[file][line]: set(its) for line, its in lines.items() if line}
        for file, lines in kinds.of(sources).items()
    }


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("return pl.scan_csv(x)", "data"),
        ("return [row for row in csv.DictReader(x)]", "data"),
        ("return pd.to_numeric(x)", "data"),
        ("return x.strip().lower()", "data"),
        ("return x.groupby('a').agg('sum')", "features"),
        ("x['share'] = x['a'] / x['b']", "features"),
        ("return x.with_columns(a=1)", "features"),
        ("return OneHotEncoder()", "features"),
        ("return model.predict_proba(x)", "model"),
        ("return 1 / (1 + np.exp(-(x @ w)))", "model"),
        ("return argparse.ArgumentParser()", "end"),
        ("return sys.argv[1]", "end"),
    ],
)
def test_a_function_is_for_what_it_does_whatever_it_is_called(tmp_path, body, kind):
    assert found(tmp_path, any_name=f"def f(x, model=None, w=None):\n    {body}\n")["any_name.py"]["f"] == {
        kind
    }


@pytest.mark.parametrize("body", ["return ', '.join(x)", "return x + 1", "x['a'] = 1"])
def test_what_does_none_of_it_is_for_nothing(tmp_path, body):
    assert (
        found(tmp_path, features=f"def build_features(x):\n    {body}\n")["features.py"]["build_features"]
        == set()
    )


def test_what_leads_to_reading_and_to_a_model_is_a_whole_run(tmp_path):
    seen = found(tmp_path, other=READING, model=MODEL)
    assert seen["model.py"]["everything"] == {"end"}
    assert seen["model.py"]["helper"] == {"model"}
    assert seen["other.py"]["load"] == {"data"}


def test_a_route_in_a_factory_and_a_handler_s_methods_answer_requests(tmp_path):
    plain = (
        "class H(Base):\n    def do_POST(self):\n        self.answer()\n    def answer(self):\n        pass\n"
    )
    routed = "def ask(request):\n    return 1\nroutes = [Route('/predict', ask)]\n"
    seen = found(tmp_path, service=SERVICE, plain=plain, routed=routed)
    assert seen["service.py"]["create"] == {"api"}
    assert seen["plain.py"] == {"H.do_POST": {"api"}, "H.answer": {"api"}}
    assert seen["routed.py"]["ask"] == {"api"}


def test_a_client_that_gets_something_answers_no_requests(tmp_path):
    assert found(tmp_path, client="def f(x):\n    return x.get('/predict')\n")["client.py"]["f"] == set()


def test_what_a_script_starts_is_a_whole_run(tmp_path):
    text = "def go():\n    pass\nif __name__ == '__main__':\n    go()\n"
    assert found(tmp_path, script=text)["script.py"]["go"] == {"end"}


def parts_of(tmp_path: Path, seed: int = 1) -> dict[str, dict[str, str]]:
    sources = syntax.sources(tmp_path)
    entries = mutants.parts(sources, kinds.of(sources), random.Random(seed))
    return {"".join(entry["kinds"]): entry["sources"] for entry in entries}


def fails(text: str, call: str) -> bool:
    space: dict[str, object] = {}
    exec(text, space)
    try:
        eval(call, space)
    except (ZeroDivisionError, OverflowError):
        return True
    except (AttributeError, NameError, TypeError):
        return False
    return False


def test_a_copy_fails_in_one_kind_of_code_and_all_look_the_same(tmp_path):
    (tmp_path / "code.py").write_text(
        "def clean(x):\n    return x.strip()\n"
        "def fitted(x):\n    return x.fit()\n"
        "def plain(x):\n    return x\n"
    )
    copies = parts_of(tmp_path)
    assert set(copies) == {"data", "model", ""}
    seen = {
        kind: [name for name in ("clean", "fitted", "plain") if fails(texts["code.py"], f"{name}(1)")]
        for kind, texts in copies.items()
    }
    assert seen == {"data": ["clean"], "model": ["fitted"], "": []}
    assert len({len(texts["code.py"].splitlines()) for texts in copies.values()}) == 1


def test_their_order_tells_nothing(tmp_path):
    (tmp_path / "code.py").write_text("def clean(x):\n    return x.strip()\n")
    assert len({tuple(parts_of(tmp_path, seed)) for seed in range(20)}) == 2


def test_a_script_without_functions_fails_as_a_whole(tmp_path):
    (tmp_path / "train.py").write_text("import pandas as pd\ntable = str('a').strip()\nprint(table)\n")
    copies = parts_of(tmp_path)
    assert set(copies) == {"data", "end", ""}
    for kind, texts in copies.items():
        if kind:
            with pytest.raises((ZeroDivisionError, OverflowError)):
                exec(texts["train.py"].replace("import pandas as pd", ""))
        else:
            exec(texts["train.py"].replace("import pandas as pd", ""))


def test_a_file_that_is_no_python_is_for_nothing(tmp_path):
    assert "bad.py" not in found(tmp_path, bad="def f(:", good="def f(x):\n    return x\n")
