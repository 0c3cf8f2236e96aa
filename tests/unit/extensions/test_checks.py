"""An assignment's checks.py: its graders judge, a broken one is named by file and entry, none is sent out."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from graders import REGISTRY
from graders.kit import broken_promise, check_blame, check_grader, good_case, told
from harness import pipeline
from harness.assignment import load
from harness.certificate import Certificate, certificate_of, parts_of, write_certificate
from harness.certify import certify
from harness.commands import authoring
from harness.commands.ground import graders_of
from harness.errors import SpecError
from harness.exam import Bench
from harness.extensions import own
from harness.handout import make_handout, personal
from harness.model import Verdict
from harness.scaffold import scaffold
from harness.store import Places
from tests.kit.tiny import KEY, certified, tiny_bench
from tests.unit.certify.desk import Silent, fake, laid_out
from tests.unit.extensions.test_installed import untold

# as an author would write it: annotations as text, a dataclass, parameters, and the readers that ours use
DECIDED = '''
"""Whether the model decides: few predictions within a hair of one half."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from graders import answers, predictions
from graders.violations import PredictionsError
from harness.model import AnswerKey, Evidence, Finding, Grader, Params, Place, Score

FILE = predictions.FILE


@dataclass(frozen=True)
class Open:
    rows: tuple[str, ...]
    of: int


class DecidedParams(Params):
    """``most``: the share of undecided rows at which nothing is left."""

    most: float = Field(default=1.0, gt=0.0, le=1.0)


def grade(evidence: Evidence, key: AnswerKey, params: DecidedParams) -> Score:
    ids = answers.read(key).ids  # before their file: a damaged key is ours
    try:
        chances = predictions.read(evidence, "predict", ids)
    except PredictionsError as error:
        return error.score()
    found = Open(tuple(n for n, p in zip(ids.names, chances, strict=True) if 0.499 < p < 0.501), len(chances))
    if not found.rows:
        return Score.graded(1.0, "every row is decided")
    share = len(found.rows) / found.of
    seen = Finding(what=f"{share:.1%} undecided", place=Place(file=FILE, rows=found.rows[:5]))
    return Score.graded(1.0 - share / params.most, seen.what, findings=(seen,), earn_back="decide")


GRADERS = {"decided": Grader(name="decided", needs=("predict",), params=DecidedParams, grade=grade)}
'''


def with_checks(folder: Path, code: str = DECIDED) -> Path:
    (folder / "checks.py").write_text(code)
    return folder


def asks_for(bench: Bench, grader: str, **params: object) -> Bench:
    """``bench`` with half of its first criterion's weight for the check."""
    spec = yaml.safe_load((bench.folder / "assignment.yaml").read_text())
    first, *rest = spec["rubric"]
    half = first["weight"] / 2
    check = {"id": "A9", "title": "Decides", "grader": grader, "weight": half, "params": params}
    spec |= {"rubric": [first | {"weight": half}, check, *rest], "levels": {}}
    (bench.folder / "assignment.yaml").write_text(yaml.safe_dump(spec))
    graders = graders_of(bench.folder, REGISTRY)
    return replace(bench, assignment=load(bench.folder, graders), graders=graders)


def scaffolded(root: Path) -> Bench:
    folder, _ = scaffold("loan-default", root)
    return Bench(load(folder, REGISTRY), folder, REGISTRY, Places(root, root / "home", root / "runs"))


@pytest.mark.parametrize("called", ["checks.decided", "decided"])
def test_a_new_assignment_takes_a_check_by_either_name(tmp_path: Path, called: str) -> None:
    bench = scaffolded(tmp_path)
    with_checks(bench.folder)
    mine = asks_for(bench, called, most=0.5)
    assert mine.sources[f"grader.{called}"].startswith("checks.py, sha256 ")
    assert not list(bench.folder.rglob("__pycache__"))


def test_its_parameters_are_checked_when_the_assignment_loads(tmp_path: Path) -> None:
    bench = scaffolded(tmp_path)
    with_checks(bench.folder)
    with pytest.raises(SpecError, match=r"rubric\.A9\.params: mots: there is no such field") as refused:
        asks_for(bench, "checks.decided", mots=0.5)
    assert "grader 'decided' takes: most" in refused.value.hint


def test_a_check_that_is_misspelt_is_refused_with_the_nearest(tmp_path: Path) -> None:
    bench = scaffolded(tmp_path)
    with_checks(bench.folder)
    with pytest.raises(SpecError, match=r"no grader is called 'checks\.decidde'") as refused:
        asks_for(bench, "checks.decidde")
    assert "'checks.decided'" in refused.value.hint


BROKEN = {
    "a syntax error": ("x = 1\ndef (\n", r"checks\.py:2: it cannot be run: SyntaxError"),
    "a crash": ("\n\nraise KeyError('x')\n", r"checks\.py:3: it cannot be run: KeyError"),
    "an exit": ("import sys\nsys.exit(0)\n", r"checks\.py:2: it cannot be run: SystemExit"),
    "what lies beside it": ("import brief\n", r"checks\.py:1: it cannot be run: ModuleNotFoundError"),
    "no list": ("x = 1\n", r"checks\.py: GRADERS: expected a dict or tuple of graders, found NoneType"),
    "no grader": ("GRADERS = {'one': 1}\n", r"GRADERS\.one: it is a int, not a harness\.model\.Grader"),
    "no grader in a tuple": ("GRADERS = (1,)\n", r"GRADERS\.0: it is a int"),
    "another name": (DECIDED.replace('name="decided"', 'name="open"'), r"decided: it calls itself 'open'"),
    "our name": (DECIDED.replace('"decided"', '"structure"'), r"structure: another grader has this"),
    "a stage that nobody runs": (DECIDED.replace('("predict",)', '("predcit",)'), r"is never run; there"),
    "not UTF-8": ("# \xff\n", r"checks\.py: it cannot be run: UnicodeDecodeError"),
}  # fmt: skip


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_one_is_named_by_file_and_line_or_entry(tmp_path: Path, how: str) -> None:
    code, says = BROKEN[how]
    (tmp_path / "checks.py").write_bytes(code.encode("latin-1"))
    (tmp_path / "brief.py").write_text("")
    with pytest.raises(SpecError, match=says) as refused:
        own(tmp_path, REGISTRY)
    assert str(refused.value).startswith(str(tmp_path / "checks.py"))
    assert refused.value.exit_code == 2


def test_a_tuple_of_graders_will_do(tmp_path: Path) -> None:
    code = DECIDED + '\nGRADERS = (GRADERS["decided"],)\n'
    assert sorted(own(with_checks(tmp_path, code))) == ["checks.decided", "decided"]


def test_two_of_a_tuple_with_one_name_are_refused(tmp_path: Path) -> None:
    code = DECIDED + '\nGRADERS = (GRADERS["decided"], GRADERS["decided"])\n'
    with pytest.raises(SpecError, match="another grader has this name"):
        own(with_checks(tmp_path, code))


def test_nobody_can_import_it_and_the_same_file_is_run_once(tmp_path: Path) -> None:
    first, again = own(with_checks(tmp_path)), own(tmp_path)
    assert first["decided"].grade is again["decided"].grade
    assert first["decided"].grade is not own(with_checks(tmp_path, DECIDED + "\n# other\n"))["decided"].grade
    assert importlib.util.find_spec("checks") is None
    assert not [name for name in sys.modules if name.split(".")[0] == "checks"]


def test_without_a_checks_py_there_is_none(tmp_path: Path) -> None:
    assert own(tmp_path) == {}


def test_the_public_kit_holds_a_check_to_the_contract(tmp_path: Path) -> None:
    grader = own(with_checks(tmp_path))["checks.decided"]
    case = good_case(tmp_path, told(grader))
    check_grader(grader, case, tmp_path / "spoilt")
    check_blame(grader, case, tmp_path)
    careless = own(with_checks(tmp_path, DECIDED.replace("error.score()", "Score.graded(1.0, 'fine')")))[
        "decided"
    ]
    assert "full marks" in broken_promise(careless, case, tmp_path / "again")


def test_a_changed_check_judges_again_and_makes_the_certificate_stale(tmp_path: Path) -> None:
    bench = laid_out(tmp_path)
    with_checks(bench.folder)
    bench = asks_for(bench, "checks.decided")
    source = bench.folder / "submissions" / "reference"
    first = pipeline.grade(source, bench, fake(), Silent(), mirror=untold)
    line = next(line for line in first.card.lines if line.criterion.id == "A9")
    assert line.score.verdict is Verdict.GRADED
    write_certificate(
        Certificate(
            assignment=bench.assignment.slug, version=1, edition="e", made="2026-11-30T00:00:00+00:00",
            parts=parts_of(bench), images={}, checks=(),
        ),
        bench,
    )  # fmt: skip
    fresh = certificate_of(bench)
    assert fresh is not None
    assert fresh.is_fresh
    with_checks(bench.folder, DECIDED.replace("if not found.rows:", "if True:"))
    changed = replace(bench, graders=graders_of(bench.folder, REGISTRY))
    again = pipeline.grade(source, changed, fake(), Silent(), mirror=untold)
    assert again.cached
    assert again.run == first.run
    name = "grader.checks.decided"
    assert again.card.provenance[name] != first.card.provenance[name]
    stale = certificate_of(changed)
    assert stale is not None
    assert set(stale.changed) == {f"assignments/{bench.assignment.slug}", name}


@pytest.mark.slow
def test_certify_holds_a_check_to_the_contract_on_the_references_run(tmp_path: Path) -> None:
    bench = laid_out(tmp_path)
    with_checks(bench.folder, DECIDED.replace("error.score()", "Score.graded(1.0, 'fine')"))
    bench = asks_for(bench, "checks.decided")
    found = certify(bench, fake(), Silent(), editions=1, contract=authoring.broken_promise)
    check = next(check for check in found.checks if check.name == "contract of A9")
    assert not check.passed
    assert "full marks for predict/predictions.csv spoilt by 'absent'" in check.told
    assert not found.passed


@pytest.mark.parametrize("name", ["starter/checks.py", "starter/tests/test_hidden.py"])
def test_a_handout_with_a_copy_of_it_is_refused(tmp_path: Path, name: str) -> None:
    bench = tiny_bench(tmp_path)
    with_checks(bench.folder)
    mine = personal(asks_for(bench, "checks.decided"), "jane", KEY)
    whole = make_handout(mine, KEY, out=tmp_path / "out", zipped=False, certified=certified).path
    assert not [p for p in whole.rglob("*") if p.is_file() and b"decided" in p.read_bytes()]
    copy = bench.folder / name
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_text(DECIDED)
    with pytest.raises(SpecError, match=r"is a copy of assignments/tiny-world/checks\.py"):
        make_handout(mine, KEY, out=tmp_path / "other", zipped=False, certified=certified)
