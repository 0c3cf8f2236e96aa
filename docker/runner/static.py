"""/submission -> /output/static.json: what our analysers see in their files. Runs in the tools container.

Beside it /output/documents.json: what their documents say (documents.py).

    files      path, lines, kind (python or notebook), parse_error, imported
    functions  path, cell, name, line, length, nesting, cognitive, is_test, asserts, public,
               statements, shape, used, hintable, hinted, documented
    lint       path, line, cell, rule, message
    smells     path, line, cell, rule, message, function, used: smells.py
    test_smells    path, line, rule, message, function: smell_tests.py
    imported   module, path, line, cell, optional, tests: imported.py
    leaked     path, line, kind, shown: leaked.py
    repeated   code that stands there more than once: repeated.py
    layout     what else lies in the submission, and what its notebooks have stored: layout.py
    tools      versions

traces.py says what ``imported``, ``hidden``, ``statements``, ``shape`` and ``used`` mean, said.py the last
three. Functions are the outermost ones and methods; what is nested in them counts towards them; ``<module>``
is the code outside them, one entry a file or cell. ``length`` is lines with code (no blank lines, comments,
docstring), ``nesting`` the deepest stack of compound statements,
``asserts`` the assertions that can fail. Lines of a notebook are lines of a cell; cells count from 1 over all
cells. The candidate's configuration, noqa comments and ignore pragmas have no effect; nothing of theirs runs.
"""

from __future__ import annotations

import ast
import io
import json
import subprocess
import sys
import tokenize
from collections import Counter
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))  # -I leaves the script's folder out

import assertions
import documents
import imported
import layout
import leaked
import repeated
import said
import smell_tests
import smells
import syntax
import traces
import workspace

Function = ast.FunctionDef | ast.AsyncFunctionDef
Answer = tuple[syntax.Source, "dict[str, Any] | str"]
Lint = Callable[[Sequence[syntax.Source]], list[dict[str, Any]]]
Cognitive = Callable[[str], dict[int, int]]  # code -> complexity by a function's first line; 0: outside them

RULES = (
    "F,E7,BLE001,S102,S105,S106,S107,S110,S112,S113,S301,S307,S324,S501,S506,S602,S604,S605,S608,T201,T203,"
    "B002,B003,B004,B005,B006,B008,B009,B010,B011,B012,B013,B014,B015,B016,B017,B018,B020,B021,B022,B023,B024,B025,"
    "B026,B029,B030,B031,B032,B033,B034,B035,B039,B904,PD002,NPY002,NPY201,PLE,PLW0177,PLW0127,PLW0128,PLW0129,PLW0131,"
    "PLW0133,PLW0211,PLW0245,PLW0406,PLW0602,PLW0603,PLW0604,PLW0711,PLW1501,PLW1508,PLR0124,PLR0133,A001,A002,"
    "SIM115,PT010,PT011,PT015,PT017,RUF006,RUF012,RUF027,TRY002,TRY203,LOG001,LOG009,UP031,"
    # layout: what every formatter agrees on
    "E101,E111,E112,E113,E117,E201,E202,E211,E225,E227,E228,E231,E251,E262,E265,E271,E272,E273,E274,E275,"
    "E501,W191,W291,W293"
)
LONGEST_LINE = "120"
TOP_LEVEL = "<module>"
A_FILE, A_RULE = 10, 400  # findings that are kept: what is charged is a few a rule
MAX_MESSAGE = 300
RUFF_TIMEOUT_S = 60
FILES_A_CALL = 200
COMPOUND = (
    ast.If, ast.For, ast.AsyncFor, ast.While, ast.Try, ast.TryStar, ast.With, ast.AsyncWith, ast.Match,
)  # fmt: skip


def main(places: workspace.Places) -> int:
    """Analyse and write."""
    report = analyse(places.submission, cognitive=complexipy, lint=ruff)
    report["tools"] = {name: metadata.version(name) for name in ("ruff", "complexipy")}
    places.output.mkdir(parents=True, exist_ok=True)
    (places.output / "static.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    documents.write(places)
    return 0


def analyse(top: Path, *, cognitive: Cognitive, lint: Lint) -> dict[str, Any]:
    """The report without versions; ``cognitive`` and ``lint`` are seams."""
    found = syntax.sources(top)
    answers = _described(found, cognitive)
    if any(answer["runs_text"] for source, answer in answers if not isinstance(answer, str)):
        # code that is run as text is code all the same, whatever its file is called
        answers += _described(traces.texts_with_code(top), cognitive)
    seen = [answer["traces"] for source, answer in answers if not isinstance(answer, str)]
    traced = traces.put_together(seen)
    files = [_file(source, answer, traced) for source, answer in answers]
    functions = [
        {**{k: v for k, v in function.items() if k != "own"}, "used": traced.uses(function)}
        for _, answer in answers
        if not isinstance(answer, str)
        for function in answer["functions"]
    ]
    sound = [source for source, answer in answers if not isinstance(answer, str)]
    answered = [answer for _, answer in answers if not isinstance(answer, str)]
    smelt = [answer["smells"] for answer in answered]
    return {
        "files": files,
        "functions": functions,
        "lint": _kept(lint(sound)),
        "smells": _kept(_with_use(smells.put_together(smelt, top, traced.modules), functions)),
        "test_smells": [hit for answer in answered for hit in answer["test_smells"]],
        "imported": imported.put_together([hit for answer in answered for hit in answer["imported"]], found),
        "repeated": repeated.put_together(row for answer in answered for row in answer["repeated"]),
        "leaked": leaked.of(top),
        "layout": layout.of(top, found),
    }


def _with_use(hits: Sequence[dict[str, Any]], functions: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each with whether anything uses the function that it is in."""
    unused = {(f["path"], f["cell"], f["name"]) for f in functions if not f["used"]}
    return [hit | {"used": (hit["path"], hit["cell"], hit["function"]) not in unused} for hit in hits]


def _described(found: Sequence[syntax.Source], cognitive: Cognitive) -> list[Answer]:
    """Each source and what is in it, or why nobody can say."""
    some, rest = found[: syntax.MAX_FILES], found[syntax.MAX_FILES :]
    answers = syntax.each(some, lambda source: describe(source, cognitive))
    over = f"not analysed: more than {syntax.MAX_FILES:,} files"
    return [*zip(some, answers, strict=True), *((source, over) for source in rest)]


def _kept(lint: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Some of each rule, code before tests: a flood of one kind must not hide another."""
    kept: list[dict[str, Any]] = []
    in_file: Counter[tuple[str, str]] = Counter()
    of_rule: Counter[str] = Counter()
    for hit in sorted(lint, key=lambda hit: traces.named_test(hit["path"])):
        place = (hit["path"], hit["rule"])
        if in_file[place] < A_FILE and of_rule[hit["rule"]] < A_RULE:
            in_file[place] += 1
            of_rule[hit["rule"]] += 1
            kept.append(hit)
    return kept


def _file(source: syntax.Source, answer: dict[str, Any] | str, traced: traces.Traced) -> dict[str, Any]:
    unread = isinstance(answer, str)
    return {
        "path": source.name,
        "lines": _count_lines(source) if isinstance(answer, str) else answer["lines"],
        "kind": source.kind,
        "parse_error": answer if unread else None,
        "imported": traced.imports(source),
        # no import takes such a file: where text is run as code, this is the text
        "hidden": unread and traced.runs_text and source.kind == "python",
    }


def _count_lines(source: syntax.Source) -> int:
    try:
        return syntax.read(source.path).count(b"\n")
    except syntax.UnreadableError:
        return 0


def describe(source: syntax.Source, cognitive: Cognitive) -> dict[str, Any]:
    """One file: its lines and functions.

    Raises:
        syntax.UnreadableError: why it has none.
    """
    raw = syntax.read(source.path)
    if source.kind == "notebook":
        # Cells are parsed apart: one that is no Python must not hide the others, nor shift their lines.
        codes = syntax.cells(raw)
        found = [
            f for cell, code in codes if _parses(code) for f in measure(source, code, cognitive, cell=cell)
        ]
        lines = sum(syntax.count_lines(code) for _, code in codes)
        parsed: list[tuple[int | None, ast.Module]] = [
            (cell, syntax.parse(code)) for cell, code in codes if _parses(code)
        ]
    else:
        text, _ = syntax.decode(raw)
        lines, found = syntax.count_lines(text), measure(source, text, cognitive)
        parsed = [(None, syntax.parse(text))]
    seen = traces.trace(source, [tree for _, tree in parsed])
    return {
        "lines": lines,
        "functions": found,
        "traces": seen,
        "smells": smells.of_file(source, parsed),
        "imported": imported.of_file(source, parsed),
        "test_smells": smell_tests.of_file(source, parsed) if source.is_test else [],
        "repeated": repeated.of_file(source, parsed),
        "runs_text": seen["runs_text"],
    }


def _parses(code: str) -> bool:
    try:
        syntax.parse(code)
    except syntax.UnreadableError:
        return False
    return True


def measure(
    source: syntax.Source, text: str, cognitive: Cognitive, *, cell: int | None = None
) -> list[dict[str, Any]]:
    """The functions of one text, and as ``<module>`` the code outside them."""
    tree = syntax.parse(text)
    complexity = cognitive(text)
    coded = code_lines(text)
    outside = _outside(source, tree, text, coded, complexity, cell)
    cases = assertions.test_cases(tree)
    checkers = {name for name, node in syntax.functions(tree) if assertions.asserts(node)}
    return [outside] * bool(outside["length"]) + [
        {
            "path": source.name,
            "cell": cell,
            "name": name,
            "line": node.lineno,
            "length": length(node, coded),
            "nesting": nesting(node),
            "cognitive": complexity.get(first_line(node), 0),
            "is_test": assertions.is_test(source, name, cases),
            "asserts": assertions.asserts(node, checkers),
            "public": not source.is_test and not any(part.startswith("_") for part in name.split(".")),
            **traces.of_function(name, node),
            **said.of_function(name, node),
        }
        for name, node in syntax.functions(tree)
    ]


def _outside(
    source: syntax.Source,
    tree: ast.Module,
    text: str,
    coded: set[int],
    complexity: dict[int, int],
    cell: int | None,
) -> dict[str, Any]:
    inside: set[int] = set()
    for _, node in syntax.functions(tree):
        inside.update(range(first_line(node), (node.end_lineno or node.lineno) + 1))
    docstring = tree.body[:1] if ast.get_docstring(tree, clean=False) is not None else []
    for statement in docstring:
        inside.update(range(statement.lineno, (statement.end_lineno or statement.lineno) + 1))
    return {
        "path": source.name,
        "cell": cell,
        "name": TOP_LEVEL,
        "line": 1,
        "length": len(coded - inside),
        "nesting": nesting(tree, functions=False),
        "cognitive": complexity.get(0, 0),
        "is_test": False,
        "asserts": 0,
        "public": False,
        **traces.of_top_level(tree),
        **said.of_top_level(tree, text),
    }


def first_line(node: Function) -> int:
    """Where a function starts, decorators included."""
    return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])


def code_lines(text: str) -> set[int]:
    """The numbers of the lines that have a token which is neither a comment nor white space."""
    blank = {
        tokenize.COMMENT,
        tokenize.NL,
        tokenize.NEWLINE,
        tokenize.INDENT,
        tokenize.DEDENT,
        tokenize.ENDMARKER,
    }
    found: set[int] = set()
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type not in blank:
                found.update(range(token.start[0], token.end[0] + 1))
    except (tokenize.TokenError, SyntaxError) as error:
        raise syntax.UnreadableError(f"cannot be read as tokens: {error}") from None
    return found


def length(node: Function, coded: set[int]) -> int:
    """Lines with code from ``def`` to the end, without the docstring."""
    assert node.end_lineno is not None
    lines = set(range(node.lineno, node.end_lineno + 1)) & coded
    first = node.body[0]
    if ast.get_docstring(node, clean=False) is not None and first.end_lineno is not None:
        lines -= set(range(first.lineno, first.end_lineno + 1)) - {node.lineno}
    return len(lines)


def nesting(node: Function | ast.Module, *, functions: bool = True) -> int:
    """The deepest stack of compound statements; an ``elif`` is no deeper, inner functions start anew.

    ``functions``: whether inner functions count at all.
    """
    deepest = 0
    waiting: list[tuple[ast.AST, int]] = [(node, 0)]
    while waiting:
        parent, depth = waiting.pop()
        deepest = max(deepest, depth)
        for child in syntax.statements(parent):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                if functions or isinstance(child, ast.ClassDef):
                    waiting.append((child, 0))
            elif _is_elif(parent, child):
                waiting.append((child, depth))
            else:
                waiting.append((child, depth + isinstance(child, COMPOUND)))
    return deepest


def _is_elif(parent: ast.AST, child: ast.stmt) -> bool:
    return isinstance(parent, ast.If) and isinstance(child, ast.If) and parent.orelse == [child]


def complexipy(code: str) -> dict[int, int]:
    """Cognitive complexity by first line; ignore comments have no effect."""
    import complexipy as tool  # type: ignore[import-not-found]

    try:
        result = tool.code_complexity(code, no_ignore=True, with_plans=False, check_script=True)
    except ValueError as error:
        raise syntax.UnreadableError(f"complexipy: {str(error)[:150]}") from None
    return {
        0 if function.name == TOP_LEVEL else function.line_start: function.complexity
        for function in result.functions
    }


def ruff(sources: Sequence[syntax.Source], check: Lint | None = None) -> list[dict[str, Any]]:
    """Lint findings; a file at which ruff dies loses its own findings only."""
    check = check or run_ruff
    found: list[dict[str, Any]] = []
    for begin in range(0, len(sources), FILES_A_CALL):
        batch = sources[begin : begin + FILES_A_CALL]
        try:
            found += check(batch)
        except (subprocess.SubprocessError, ValueError):
            found += [finding for source in batch for finding in _alone(source, check)]
    return sorted(found, key=lambda f: (f["path"], f["cell"] or 0, f["line"], f["rule"], f["message"]))


def _alone(source: syntax.Source, check: Lint) -> list[dict[str, Any]]:
    try:
        return check([source])
    except (subprocess.SubprocessError, ValueError):
        workspace.say(f"ruff gave up on {source.name}")
        return []


def run_ruff(sources: Sequence[syntax.Source]) -> list[dict[str, Any]]:
    """One call of ruff; SubprocessError when it died."""
    names = {str(source.path): source.name for source in sources}
    command = [
        "ruff",
        "check",
        "--isolated",
        "--ignore-noqa",
        "--preview",
        "--no-cache",
        "--exit-zero",
        "--quiet",
    ]
    command += ["--target-version", "py311", "--line-length", LONGEST_LINE, "--output-format", "json"]
    command += ["--select", RULES, "--", *names]
    done = subprocess.run(
        command, capture_output=True, check=True, timeout=RUFF_TIMEOUT_S, stdin=subprocess.DEVNULL
    )
    return [
        {
            "path": names[hit["filename"]],
            "line": int((hit.get("location") or {}).get("row") or 1),
            "cell": hit.get("cell"),
            "rule": str(hit["code"] or hit.get("name") or "invalid-syntax"),
            "message": str(hit["message"])[:MAX_MESSAGE],
        }
        for hit in json.loads(done.stdout)
        if hit["filename"] in names
    ]


if __name__ == "__main__":
    sys.exit(main(workspace.Places()))
