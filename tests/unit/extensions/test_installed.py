"""Graders of installed distributions judge like ours, are named on the card, and never break quietly."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from graders import REGISTRY
from harness import pipeline
from harness.assignment import load
from harness.certificate import parts_of
from harness.commands.ground import every_grader, graders_of
from harness.errors import UsageError
from harness.exam import Bench
from harness.extensions import installed
from harness.model import Verdict
from harness.sandbox.fake import FakeSandbox
from harness.track import Outcome, State
from tests.kit.wheels import ROOT, our_wheel, third_party
from tests.unit.certify.desk import SPEC, Silent, fake, laid_out

PUNCTUAL = '''
"""How fast it predicts, of what the author allows."""

from pydantic import Field

from harness.model import AnswerKey, Evidence, Finding, Grader, Params, Place, Score


class PunctualParams(Params):
    """``most_s``: the seconds at which nothing is left."""

    most_s: float = Field(default=60.0, gt=0.0)


def grade(evidence: Evidence, key: AnswerKey, params: PunctualParams) -> Score:
    """Linear in the seconds that prediction took; the file has to be there."""
    evidence.file("predict", "predictions.csv")
    took = evidence.result("predict").seconds
    value = 1.0 - took / params.most_s
    late = Finding(what=f"predict took {took:.1f} s", place=Place(stage="predict"))
    if value == 1.0:
        return Score.graded(1.0, "at once")
    return Score.graded(value, f"{took:.1f} s", earn_back="load the model once", findings=(late,))


GRADER = Grader(name="punctual", needs=("predict",), params=PunctualParams, grade=grade)
'''
POINTS = {"punctual": "their_graders.punctual:GRADER"}
FILES = {"their_graders/__init__.py": "", "their_graders/punctual.py": PUNCTUAL}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of installed distributions; what was imported from it is forgotten afterwards."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    before = set(sys.modules)
    yield folder
    for name in set(sys.modules) - before:
        if name.split(".")[0] in ("their_graders", "others"):
            del sys.modules[name]
    importlib.invalidate_caches()


def install(site: Path, code: str = PUNCTUAL, name: str = "takehome-punctual", **options: Any) -> None:
    files = {"their_graders/__init__.py": "", "their_graders/punctual.py": code}
    third_party(site, name, files, options.pop("points", POINTS), **options)
    importlib.invalidate_caches()


def untold(run_dir: Path, *, home: Path) -> Outcome:
    return Outcome(State.WAITING, "a test")


def with_punctual(home: Path, bench: Bench | None = None) -> Bench:
    """The little assignment of the certify tests with half of one criterion's weight for the newcomer."""
    first, *rest = SPEC["rubric"]
    half = first["weight"] / 2
    newcomer = {"id": "D9", "title": "In good time", "grader": "punctual", "weight": half}
    rubric = [first | {"weight": half}, newcomer | {"params": {"most_s": 30.0}}, *rest]
    bench = bench or laid_out(home)
    (bench.folder / "assignment.yaml").write_text(yaml.safe_dump(SPEC | {"rubric": rubric, "levels": {}}))
    graders = graders_of(bench.folder, every_grader())
    return replace(bench, assignment=load(bench.folder, graders), graders=graders)


def grade(bench: Bench, sandbox: FakeSandbox) -> pipeline.Graded:
    source = bench.folder / "submissions" / "reference"
    return pipeline.grade(source, bench, sandbox, Silent(), mirror=untold)


def test_an_installed_grader_judges_and_the_card_says_whose_it_is(site: Path, tmp_path: Path) -> None:
    install(site)
    card = grade(with_punctual(tmp_path), fake()).card
    line = next(line for line in card.lines if line.criterion.grader == "punctual")
    assert line.score.verdict is Verdict.GRADED
    assert card.total is not None
    assert card.provenance["grader.punctual"] == "takehome-punctual 1.4 (their_graders.punctual:GRADER)"
    assert [name for name in card.provenance if name.startswith("grader.")] == ["grader.punctual"]


def test_a_newer_version_judges_old_runs_again_and_starts_no_container(site: Path, tmp_path: Path) -> None:
    install(site)
    bench = with_punctual(tmp_path)
    first = grade(bench, fake())
    for path in sorted(site.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    for name in [name for name in sys.modules if name.startswith("their_graders")]:
        del sys.modules[name]
    install(site, PUNCTUAL.replace("if value == 1.0:", "if True:"), version="2.0")
    again = grade(with_punctual(tmp_path, bench), fake())
    assert again.cached
    assert again.run == first.run
    assert again.card.provenance["grader.punctual"].startswith("takehome-punctual 2.0 ")
    assert len(list(first.run.glob("scorecard-*.json"))) == 1  # the old card is kept


def test_another_version_makes_a_certificate_stale(site: Path, tmp_path: Path) -> None:
    install(site)
    bench = with_punctual(tmp_path)
    assert parts_of(bench)["grader.punctual"].startswith("takehome-punctual 1.4")


BROKEN = {
    "no such module": ({"punctual": "their_graders.absent:GRADER"}, PUNCTUAL, "imported: ModuleNotFound"),
    "no such name": ({"punctual": "their_graders.punctual:NOTHING"}, PUNCTUAL, "imported: AttributeError"),
    "a crash": (POINTS, "raise ValueError('no licence')", "cannot be imported: ValueError: no licence"),
    "an exit": (POINTS, "import sys; sys.exit(0)", "cannot be imported: SystemExit: 0"),
    "a syntax error": (POINTS, "def (", "cannot be imported: SyntaxError"),
    "no grader": (POINTS, "GRADER = {}", "is a dict, not a harness.model.Grader"),
    "another name": (POINTS, PUNCTUAL.replace('name="punctual"', 'name="quick"'), "calls itself 'quick'"),
    "a stage that nobody runs": (POINTS, PUNCTUAL.replace('("predict",)', '("predcit",)'), "stage 'predcit'"),
    "one stage as text": (POINTS, PUNCTUAL.replace('("predict",)', '"predict"'), "no tuple of stages"),
    "no parameters": (POINTS, PUNCTUAL.replace("params=PunctualParams", "params=dict"), "no subclass of"),
    "nothing to call": (POINTS, PUNCTUAL.replace("grade=grade", "grade=1"), "cannot be called"),
    "our name": ({"structure": "their_graders.punctual:GRADER"}, PUNCTUAL, "a grader of takehome has this"),
    "an odd name": ({"Punctual One": "their_graders.punctual:GRADER"}, PUNCTUAL, "the name 'Punctual One'"),
}  # fmt: skip


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_one_names_its_distribution_the_entry_point_and_the_act(site: Path, how: str) -> None:
    points, code, says = BROKEN[how]
    install(site, code, points=points)
    with pytest.raises(UsageError) as refused:
        installed(REGISTRY)
    assert str(refused.value).startswith(f"takehome-punctual 1.4: entry point {next(iter(points))!r}")
    assert says in str(refused.value)
    assert "pip uninstall takehome-punctual" in refused.value.hint
    assert refused.value.exit_code == 2


def test_two_distributions_with_one_name_are_both_named(site: Path) -> None:
    install(site)
    third_party(site, "others", {"others.py": PUNCTUAL}, {"punctual": "others:GRADER"})
    importlib.invalidate_caches()
    with pytest.raises(UsageError, match=r"takehome-punctual 1\.4.*others 1\.4") as refused:
        installed(REGISTRY)
    assert "pip uninstall takehome-punctual" in refused.value.hint


def test_without_any_there_are_only_ours() -> None:
    assert installed(REGISTRY) == {}
    assert every_grader() == REGISTRY


def takehome(*arguments: str, paths: list[Path], cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Our wheel and theirs, and nothing of the checkout."""
    command = [sys.executable, "-m", *arguments]
    told = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths)), "COLUMNS": "200", **env}
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd, env=told)


@pytest.mark.slow
def test_the_wheel_alone_judges_with_a_third_partys_wheel(site: Path, tmp_path: Path) -> None:
    install(site)
    bench = with_punctual(tmp_path)
    run = grade(bench, fake()).run
    wheel = our_wheel(tmp_path / "wheel")
    env = {"TAKEHOME_ROOT": str(bench.places.root), "TAKEHOME_HOME": str(bench.places.home)}
    judged = takehome("harness.cli", "judge", str(run), paths=[wheel, site], cwd=tmp_path, **env)
    assert judged.returncode == 0, judged.stderr
    assert json.loads(judged.stdout)["identical"] is True
    without = takehome("harness.cli", "judge", str(run), paths=[wheel], cwd=tmp_path, **env)
    assert without.returncode == 2
    assert "no grader is called 'punctual'" in without.stderr
    assert "Traceback" not in without.stderr


def test_a_broken_one_stops_the_command_line_with_code_two(site: Path, tmp_path: Path) -> None:
    install(site, "import nothing_of_that_name")
    done = takehome("harness.cli", "assignments", paths=[ROOT, site], cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "takehome-punctual 1.4: entry point 'punctual'" in done.stderr
    assert "pip uninstall takehome-punctual" in done.stderr
    doctor = takehome("harness.cli", "doctor", paths=[ROOT, site], cwd=tmp_path)
    assert doctor.returncode == 3
    assert "takehome-punctual 1.4: entry point 'punctual'" in doctor.stderr
    assert takehome("harness.cli", "--help", paths=[ROOT, site], cwd=tmp_path).returncode == 0


THEIR_TEST = """
from graders.kit import check_blame, check_grader, good_case, told
from their_graders.punctual import GRADER


def test_it_keeps_the_contract(tmp_path):
    case = good_case(tmp_path, told(GRADER))
    check_grader(GRADER, case, tmp_path / "spoilt"{reads})
    check_blame(GRADER, case, tmp_path)
"""


@pytest.mark.slow
def test_a_third_party_runs_the_kit_in_a_pytest_of_its_own(site: Path, tmp_path: Path) -> None:
    install(site)
    wheel, theirs = our_wheel(tmp_path / "wheel"), tmp_path / "theirs"
    theirs.mkdir()
    for reads, code, says in (
        (", reads=()", 0, "1 passed"),
        ("", 1, "no finding says where: the stage 'predict' left no predictions.csv"),  # and rightly so
    ):
        (theirs / "test_punctual.py").write_text(THEIR_TEST.replace("{reads}", reads))
        arguments = ("pytest", "-q", "-p", "no:cacheprovider", str(theirs))
        done = takehome(*arguments, paths=[wheel, site], cwd=theirs)
        assert done.returncode == code, done.stdout + done.stderr
        assert says in done.stdout
