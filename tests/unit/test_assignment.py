"""An assignment.yaml that is wrong is refused before a container starts, by file and field."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from harness.assignment import find, load
from harness.errors import SpecError, UsageError
from harness.model import AnswerKey, Evidence, ExtraStage, Grader, Params, Score


class Tolerance(Params):
    tolerance: float = 0.1


def _grade(evidence: Evidence, key: AnswerKey, params: Tolerance) -> Score:
    return Score.graded(1.0, "always")


GRADERS: dict[str, Grader[Any]] = {
    "hidden_score": Grader(name="hidden_score", needs=(), params=Tolerance, grade=_grade)
}
SPEC: dict[str, Any] = {
    "slug": "tiny",
    "title": "A tiny assignment",
    "version": 1,
    "tracks": ["repo"],
    "dataset": {"name": "tiny", "seed": 1},
    "anchors": {"baseline": "submissions/b", "reference": "submissions/r"},
    "limits": {"train": {"timeout_s": 5}},
    "rubric": [{"id": "A1", "title": "Hidden score", "grader": "hidden_score", "weight": 100}],
}


def written(tmp_path: Path, **changes: Any) -> Path:
    folder = tmp_path / "tiny"
    for name in ("b", "r"):
        (folder / "submissions" / name).mkdir(parents=True)
    (folder / "assignment.yaml").write_text(yaml.safe_dump(SPEC | changes))
    return folder


def test_a_right_one_loads(tmp_path: Path) -> None:
    assignment = load(written(tmp_path), GRADERS)
    assert assignment.limits_for("train").timeout_s == 5
    assert assignment.limits_for("predict-one").timeout_s == 300


def criterion(**changes: Any) -> list[dict[str, Any]]:
    return [SPEC["rubric"][0] | changes]


@pytest.mark.parametrize(
    ("changes", "says", "hint"),
    [
        ({"titel": "x"}, "titel: there is no such field", "did you mean 'title'"),
        ({"rubric": criterion(wieght=1)}, "rubric.A1.wieght: there is no such field", "weight"),
        ({"rubric": criterion(weight=99)}, "weights add up to 99, not 100", ""),
        ({"rubric": criterion(grader="hiden_score")}, "no grader is called 'hiden_score'", "hidden_score"),
        ({"rubric": criterion(params={"tolerence": 1})}, "rubric.A1.params: tolerence", "tolerance"),
        ({"rubric": criterion(params={"tolerance": "wide"})}, "params: tolerance", ""),
        ({"rubric": criterion(weight=50) * 2}, "rubric.A1: this id stands there twice", ""),
        ({"anchors": {"baseline": "submissions/b"}}, "anchors.reference: no such folder", ""),
        ({"limits": {"train": {"timeout": 5}}}, "limits.train.timeout", "timeout_s"),
        ({"dataset": {"name": "tiny", "seed": -1}}, "dataset.seed", ""),
        ({"slug": "other"}, "slug: 'other' stands in a folder named 'tiny'", ""),
    ],
)
def test_each_mistake_names_the_file_the_field_and_the_act(
    tmp_path: Path, changes: dict[str, Any], says: str, hint: str
) -> None:
    with pytest.raises(SpecError) as caught:
        load(written(tmp_path, **changes), GRADERS)
    assert str(caught.value).startswith(str(tmp_path / "tiny" / "assignment.yaml"))
    assert says in str(caught.value)
    assert hint in caught.value.hint


@pytest.mark.parametrize("text", ["a: [", "- 1", "", "\x00"])
def test_what_is_not_a_yaml_mapping_is_refused(tmp_path: Path, text: str) -> None:
    folder = written(tmp_path)
    (folder / "assignment.yaml").write_text(text)
    with pytest.raises(SpecError, match=r"assignment\.yaml"):
        load(folder, GRADERS)


def test_an_unknown_assignment_is_a_usage_error_with_the_nearest_name(tmp_path: Path) -> None:
    written(tmp_path)
    with pytest.raises(UsageError, match="no assignment is called 'tyni'") as caught:
        find("tyni", tmp_path)
    assert "tiny" in caught.value.hint
    assert find("tiny", tmp_path) == find(str(tmp_path / "tiny"), tmp_path)


def test_every_assignment_of_this_repository_loads() -> None:
    from graders import REGISTRY
    from harness.assignment import catalogue

    folders = catalogue(Path(__file__).resolve().parents[2] / "assignments")
    assert folders
    for folder in folders:
        assert load(folder, REGISTRY).rubric


def test_a_grader_of_an_extra_stage_stands_only_where_the_stage_is_run(tmp_path: Path) -> None:
    asking = {"hidden_score": replace(GRADERS["hidden_score"], asks=(ExtraStage.README,))}
    with pytest.raises(SpecError, match=r"grader 'hidden_score' needs stage 'readme'"):
        load(written(tmp_path / "asking"), asking)
    graders = {"hidden_score": replace(GRADERS["hidden_score"], needs=("deid",))}
    with pytest.raises(SpecError, match=r"rubric\.A1: grader 'hidden_score' needs stage 'deid'") as refused:
        load(written(tmp_path / "without"), graders)
    assert "stages: [deid]" in (refused.value.hint or "")
    assert load(written(tmp_path / "with", stages=["deid"]), graders).stages == ("deid",)


def test_a_stage_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match=r"stages\.0"):
        load(written(tmp_path, stages=["diagnose"]), GRADERS)
