"""What documents of golden submissions are worth: our reader and graders together, without an engine."""

from __future__ import annotations

import json
from pathlib import Path

import documents
import pytest
import yaml

from graders.communication import form, issues_named, model_card
from graders.kit.case import make_evidence, write
from graders.words import Text
from harness import papers
from harness.errors import SpecError
from harness.model import AnswerKey, Assignment, Fault, Track

ASSIGNMENTS = Path(__file__).parents[3] / "assignments"
NAMES = sorted(path.parent.name for path in ASSIGNMENTS.glob("*/issues.yaml"))


def read(name: str) -> Assignment:
    folder = ASSIGNMENTS / name
    raw = json.dumps(yaml.safe_load((folder / "assignment.yaml").read_text("utf-8")))
    return papers.read_beside(folder, Assignment.model_validate_json(raw))


def worth(name: str, golden: str, tmp_path: Path) -> dict[str, float]:
    top = ASSIGNMENTS / name / "submissions" / golden
    write(tmp_path, "static", "documents.json", json.dumps(documents.read_all(top)))
    evidence = make_evidence(tmp_path)
    train = evidence.result("train").model_copy(update={"files": ("model/metrics.json",)})
    track = Track.NOTEBOOK if any(top.glob("*.ipynb")) else Track.REPO
    evidence = evidence.model_copy(
        update={
            "stages": evidence.stages | {"train": train},
            "submission": evidence.submission.model_copy(update={"track": track}),
        }
    )
    told = read(name).told.model_dump(mode="json")
    found = {}
    for grader in (issues_named.GRADER, model_card.GRADER, form.GRADER):
        known = {key: value for key, value in told.items() if key in grader.params.model_fields}
        params = grader.params.model_validate_json(json.dumps(known))
        found[grader.name] = grader.grade(evidence, AnswerKey(root=Path("nowhere")), params).value or 0.0
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_references_documents_are_worth_nearly_all(name, tmp_path):
    found = worth(name, "reference", tmp_path)
    assert {leaf: value for leaf, value in found.items() if value < 0.9} == {}


@pytest.mark.parametrize("name", NAMES)
def test_the_naive_ones_earn_little_where_something_had_to_be_seen(name, tmp_path):
    found = worth(name, "naive", tmp_path)
    assert found["issues_named"] <= 0.1
    assert found["model_card"] <= 0.35


@pytest.mark.parametrize(
    ("name", "golden"),
    [("telco-churn", "careful-notebook"), ("telco-churn", "careful"), ("card-fraud", "careful")],
)
def test_plain_prose_in_ones_own_words_wins(name, golden, tmp_path):
    assert worth(name, golden, tmp_path)["issues_named"] >= 0.8


@pytest.mark.parametrize("name", NAMES)
def test_handing_back_the_starter_earns_nothing(name, tmp_path):
    top = ASSIGNMENTS / name / "starter"
    write(tmp_path, "static", "documents.json", json.dumps(documents.read_all(top)))
    told = read(name).told.model_dump(mode="json")
    for grader in (issues_named.GRADER, model_card.GRADER, form.GRADER):
        known = {key: value for key, value in told.items() if key in grader.params.model_fields}
        params = grader.params.model_validate_json(json.dumps(known))
        assert grader.grade(make_evidence(tmp_path), AnswerKey(root=Path("nowhere")), params).value == 0.0


@pytest.mark.parametrize("name", NAMES)
def test_every_term_of_issues_yaml_can_stand_in_a_text(name):
    known = read(name).issues
    for entry in (*known.issues, *known.open):
        for term in (*entry.about, *entry.says):
            assert Text(term.replace("*", "")).tokens, f"{entry.name}: {term!r}"
    assert {issue.kind for issue in known.issues} <= set(Fault)


def test_issues_yaml_is_refused_with_file_and_field(tmp_path):
    (tmp_path / "x" / "starter").mkdir(parents=True)
    (tmp_path / "x" / "issues.yaml").write_text("issues: [{name: cents, kind: colour, about: [a]}]\n")
    raw = (ASSIGNMENTS / "telco-churn" / "assignment.yaml").read_text("utf-8")
    assignment = Assignment.model_validate_json(json.dumps(yaml.safe_load(raw)))
    with pytest.raises(SpecError, match=r"issues\.yaml: issues\.0\.kind"):
        papers.read_beside(tmp_path / "x", assignment)
