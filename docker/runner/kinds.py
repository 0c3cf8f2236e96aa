"""Functions of a submission -> what each is for: data, features, model, api, end. Beside mutants.py.

    data      reads tables, or cleans what is in their cells
    features  makes columns: joins, groups, encodes, scales, derives
    model     fits or predicts
    api       answers requests: a route, or a method of a handler
    end       a whole run: reads a command line, is called below ``if __name__ == "__main__"``, or leads both
              to reading a table and to a model

Told by what the function's own syntax tree does, never by its name or its file's. One function may be for
several. What leads where is followed through names that the file defines or imports; a method of an object is
not, as nobody knows whose it is.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

import syntax

KINDS = ("data", "features", "model", "api", "end")
Function = ast.FunctionDef | ast.AsyncFunctionDef
READS = frozenset(
    {
        "read_csv", "read_parquet", "read_json", "read_excel", "read_table", "read_feather", "read_sql",
        "read_ndjson", "scan_csv", "scan_parquet", "scan_ndjson", "DictReader", "reader", "genfromtxt",
        "loadtxt", "read_csv_auto", "open_csv", "from_csv", "read_fwf", "read_text", "read_pickle",
    }
)  # fmt: skip
CLEANS = frozenset(
    {
        "to_numeric", "to_datetime", "fillna", "dropna", "drop_duplicates", "fill_null", "fill_nan",
        "drop_nulls", "isna", "notna", "isnull", "notnull", "is_null", "is_not_null", "astype", "cast",
        "strptime", "fromisoformat", "to_date", "strip", "strip_chars", "lower", "casefold", "to_lowercase",
        "replace_strict", "duplicated", "clip", "normalize", "get_close_matches", "is_duplicated",
    }
)  # fmt: skip
FEATURES = frozenset(
    {
        "groupby", "group_by", "merge", "join", "get_dummies", "to_dummies", "pivot", "pivot_table", "agg",
        "assign", "with_columns", "melt", "transform", "fit_transform", "rolling", "shift", "diff", "cut",
        "qcut", "log1p", "ColumnTransformer", "OneHotEncoder", "OrdinalEncoder", "TargetEncoder",
        "StandardScaler", "TfidfVectorizer", "CountVectorizer", "HashingVectorizer",
        "make_column_transformer", "set_axis",
        "concat", "column_stack", "value_counts", "crosstab", "DictVectorizer",
    }
)  # fmt: skip
MODELS = frozenset(
    {
        "fit", "predict", "predict_proba", "decision_function", "cross_val_score", "cross_val_predict",
        "cross_validate", "partial_fit", "solve", "lstsq", "minimize", "expit", "fit_predict", "DMatrix",
    }
)  # fmt: skip
ROUTES = frozenset({"get", "post", "put", "patch", "delete", "route", "api_route", "websocket"})
REGISTERS = frozenset({"Route", "add_url_rule", "add_api_route", "add_route", "add_get", "add_post"})
COMMANDS = frozenset({"command", "group", "cli"})
ENTRIES = frozenset({"ArgumentParser", "parse_args", "Fire", "run_cli"})
MOST_STEPS = 400


def of(found: Sequence[syntax.Source]) -> dict[str, dict[int, frozenset[str]]]:
    """By file and the line where a function begins: what it is for; 0 is the code outside functions.

    Files that cannot be read are left out.
    """
    answers = syntax.each(found, facts)
    known = {
        source.name: answer for source, answer in zip(found, answers, strict=True) if isinstance(answer, dict)
    }
    leads = _Leads(known)
    return {
        name: {
            int(line): frozenset(fact["kinds"]) | leads.whole(name, fact)
            for line, fact in answer["functions"].items()
        }
        for name, answer in known.items()
    }


def facts(source: syntax.Source) -> dict[str, Any]:
    """Of each function its line, name, kinds by itself and what it calls; and what names the file imports.

    Raises:
        syntax.UnreadableError: it is not Python.
    """
    tree = syntax.parse(syntax.decode(syntax.read(source.path))[0])
    started, registered, handlers = _started(tree), _registered(tree), _handlers(tree)
    made: dict[str, dict[str, Any]] = {}
    for name, node in syntax.functions(tree):
        own = _own(node)
        api = name in registered or name.rpartition(".")[0] in handlers or _is_route(node)
        end = name in started or _is_command(node)
        kinds = own | ({"api"} if api else set()) | ({"end"} if end else set())
        fact = _fact(name, kinds, node)
        made[str(node.lineno)] = fact | {"reads": bool(_called(node) & READS)}
    outside = ast.Module(
        body=[n for n in tree.body if not isinstance(n, Function | ast.ClassDef)], type_ignores=[]
    )
    made["0"] = _fact("", _own(outside) | {"end"}, outside) | {"reads": bool(_called(outside) & READS)}
    return {"functions": made, "imports": _imports(tree), "stem": PurePosixPath(source.name).stem}


def _fact(name: str, kinds: set[str], node: ast.AST) -> dict[str, Any]:
    return {"name": name, "kinds": sorted(kinds), "calls": sorted(_references(node))}


def _own(node: ast.AST) -> set[str]:
    called = _called(node)
    found = set()
    if called & (READS | CLEANS):
        found.add("data")
    if called & FEATURES or _stores_a_column(node):
        found.add("features")
    if called & MODELS or any(
        isinstance(n, ast.BinOp) and isinstance(n.op, ast.MatMult) for n in ast.walk(node)
    ):
        found.add("model")
    if called & ENTRIES or any(
        ast.unparse(n) == "sys.argv" for n in ast.walk(node) if isinstance(n, ast.Attribute)
    ):
        found.add("end")
    return found


def _called(node: ast.AST) -> set[str]:
    """Names of what is called; `", ".join(...)` joins no tables."""
    found = set()
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            if isinstance(call.func, ast.Name):
                found.add(call.func.id)
            elif isinstance(call.func, ast.Attribute) and not isinstance(
                call.func.value, ast.Constant | ast.JoinedStr
            ):
                found.add(call.func.attr)
    return found


def _stores_a_column(node: ast.AST) -> bool:
    """``table["name"] = ...`` of something computed."""
    return any(
        isinstance(n, ast.Assign)
        and not isinstance(n.value, ast.Constant)
        and any(isinstance(t, ast.Subscript) and _is_text(t.slice) for t in n.targets)
        for n in ast.walk(node)
    )


def _is_route(node: Function) -> bool:
    """Decorated as one, or it makes an application with such functions in it."""
    inner = [n for n in ast.walk(node) if isinstance(n, Function)]
    return any(
        isinstance(d, ast.Call) and isinstance(d.func, ast.Attribute) and d.func.attr in ROUTES and d.args
        for function in inner
        for d in function.decorator_list
    ) or {"environ", "start_response"} <= {a.arg for a in node.args.args}


def _is_command(node: Function) -> bool:
    words = [d.func if isinstance(d, ast.Call) else d for d in node.decorator_list]
    return any((getattr(w, "attr", "") or getattr(w, "id", "")) in COMMANDS for w in words)


def _handlers(tree: ast.Module) -> set[str]:
    """Classes with a method such as do_POST: http.server's handlers."""
    return {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and any(isinstance(n, Function) and n.name in ("do_GET", "do_POST") for n in node.body)
    }


def _registered(tree: ast.Module) -> set[str]:
    """Functions that are handed to something which answers requests with them."""
    return {
        given.id
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and (getattr(call.func, "attr", "") or getattr(call.func, "id", "")) in REGISTERS
        for given in (*call.args, *(k.value for k in call.keywords))
        if isinstance(given, ast.Name)
    }


def _started(tree: ast.Module) -> set[str]:
    """Functions that are called when the file is run as a script."""
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.If) and "__name__" in {
            n.id for n in ast.walk(node.test) if isinstance(n, ast.Name)
        }:
            found |= {
                n.func.id for n in ast.walk(node) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
            }
    return found


def _references(node: ast.AST) -> Iterator[str]:
    """``name`` and ``module.name`` that are called or handed on."""
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            yield part.id
        elif isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
            yield f"{part.value.id}.{part.attr}"


def _imports(tree: ast.Module) -> dict[str, str]:
    """What a name in the file stands for: ``a.b`` is a module, ``a.b:c`` something in one or below it."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.asname or alias.name: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {alias.asname or alias.name: f"{node.module or ''}:{alias.name}" for alias in node.names}
    return found


class _Leads:
    """Which functions lead both to reading a table and to a model."""

    def __init__(self, known: Mapping[str, dict[str, Any]]) -> None:
        self._known = known
        self._stems: dict[str, list[str]] = {}
        for name, answer in known.items():
            self._stems.setdefault(answer["stem"], []).append(name)

    def whole(self, file: str, fact: Mapping[str, Any]) -> frozenset[str]:
        seen: set[tuple[str, str]] = set()
        waiting, reads, models = [(file, fact)], False, False
        while waiting and len(seen) < MOST_STEPS:
            place, now = waiting.pop()
            reads, models = reads or now["reads"], models or "model" in now["kinds"]
            for other, called in self._called(place, now):
                if (other, called["name"]) not in seen:
                    seen.add((other, called["name"]))
                    waiting.append((other, called))
        return frozenset({"end"}) if reads and models else frozenset()

    def _called(self, file: str, fact: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        imports = self._known[file]["imports"]
        for reference in fact["calls"]:
            head, _, last = reference.rpartition(".")
            if not head:
                module, _, original = imports.get(last, "").partition(":")
                places = self._stems.get(module.rpartition(".")[2], []) if original else [file]
                yield from self._named(places, original or last)
            elif head in imports:
                yield from self._named(
                    self._stems.get(imports[head].replace(":", ".").rpartition(".")[2], []), last
                )

    def _named(self, places: Sequence[str], name: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for place in places:
            for fact in self._known[place]["functions"].values():
                if fact["name"] == name and name:
                    yield place, fact


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
