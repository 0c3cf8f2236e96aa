"""Every golden submission, through the whole line on a real engine, against what its author expects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from harness.model import Ended, Verdict
from tests.golden.conftest import ASSIGNMENTS, Course

pytestmark = pytest.mark.docker

# what `make test` grades of each assignment; the rest is graded by `make goldens` and `make certify`
ALWAYS = {
    "telco-churn": {
        "reference",
        "baseline",
        "careful-notebook",
        "naive",
        "broken",
        "forger",
        "unusual-stack",
    },
    "card-fraud": {"broken"},
    "delay-drift": {"reference"},
    "patient-risk": {"reference", "broken"},
    "serve-model": {"reference", "naive"},
}


def _golden() -> Iterator[Any]:
    for folder in sorted(path for path in ASSIGNMENTS.glob("*/submissions/*") if path.is_dir()):
        assignment = folder.parts[-3]
        always = folder.name in ALWAYS.get(assignment, set())
        marks = () if always else (pytest.mark.every_golden,)
        yield pytest.param(assignment, folder, id=f"{assignment}-{folder.name}", marks=marks)


GOLDEN = list(_golden())


def within(found: Decimal | float | None, bounds: list[float]) -> bool:
    return found is not None and bounds[0] <= float(found) <= bounds[1]


@pytest.mark.parametrize(("assignment", "folder"), GOLDEN)
def test_a_golden_submission_gets_what_its_author_said(course: Course, assignment: str, folder: Path) -> None:
    expect: dict[str, Any] = yaml.safe_load(
        (folder.parents[1] / "expect" / f"{folder.name}.yaml").read_text()
    )
    graded = course.grade(assignment, folder)
    card = graded.card
    by_id = {line.criterion.id: line for line in card.lines}
    said = {i: (str(line.points), line.weight, line.score.reason) for i, line in by_id.items()}
    assert within(card.total, expect["total"]), (card.total, expect["total"], said)
    for leaf, bounds in expect.get("criteria", {}).items():
        assert within(by_id[leaf].score.value, bounds), (leaf, by_id[leaf].score)
    for leaf, verdict in expect.get("verdicts", {}).items():
        assert by_id[leaf].score.verdict is Verdict(verdict), (leaf, by_id[leaf].score)
    for leaf, pattern in expect.get("reasons", {}).items():
        assert re.search(pattern, by_id[leaf].score.reason), (leaf, by_id[leaf].score.reason)
    if "needs_human" in expect:
        assert bool(card.needs_human) == expect["needs_human"], card.needs_human


def test_the_golden_order_holds(course: Course) -> None:
    total = {
        name: course.card("telco-churn", name).total or Decimal(0)
        for name in ("reference", "careful-notebook", "baseline", "naive", "broken", "forger")
    }
    print({name: str(value) for name, value in total.items()})
    assert total["reference"] >= 85
    assert total["reference"] > total["careful-notebook"] > total["baseline"]
    assert total["baseline"] > max(total["broken"], total["forger"])
    assert max(total["broken"], total["forger"]) <= 25


@pytest.mark.every_golden
def test_the_order_of_patient_risk_holds(course: Course) -> None:
    names = ("reference", "careful", "baseline", "naive")
    low = ("near-shuffled", "near-constant", "near-flipped", "near-scaled", "lookup", "matcher", "forger")
    total = {name: course.card("patient-risk", name).total or Decimal(0) for name in (*names, *low, "broken")}
    print({name: str(value) for name, value in total.items()})
    assert sorted(names, key=lambda name: -total[name]) == list(names)
    assert total["naive"] > max(total[name] for name in low)
    assert total["broken"] < min(total[name] for name in (*names, *low[:4]))


@pytest.mark.every_golden
def test_the_order_of_services_holds(course: Course) -> None:
    names = ("reference", "careful", "baseline", "leak", "naive", "stub", "broken")
    total = {name: course.card("serve-model", name).total or Decimal(0) for name in names}
    print({name: str(value) for name, value in total.items()})
    assert total["reference"] > total["careful"] > total["baseline"] > total["leak"]
    assert total["leak"] > max(total["naive"], total["stub"], total["broken"])
    assert max(total["naive"], total["stub"], total["broken"]) < total["baseline"] - 20


def test_skew_between_service_and_batch_is_caught_where_it_is(course: Course) -> None:
    naive = course.by_id("serve-model", "naive")
    assert naive["D2"].score.findings[0].rule == "train-serve-skew"
    assert naive["D2"].score.findings[0].place.rows
    assert {f.rule for f in naive["D3"].score.findings} >= {"crash-on-bad-input"}


def test_naive_work_is_caught_where_it_is_naive(course: Course) -> None:
    naive, baseline = course.by_id("telco-churn", "naive"), course.by_id("telco-churn", "baseline")
    reference = course.by_id("telco-churn", "reference")
    for name, card in (("naive", naive), ("reference", reference)):
        deltas = {k: v for k, v in card["A3"].score.measures.items() if k.startswith("mean_abs_dp")}
        print(name, {k: round(v, 4) for k, v in deltas.items()})
    assert (naive["A3"].score.value or 0) < (baseline["A3"].score.value or 0)
    assert (naive["E2"].score.value or 0) <= 0.2
    assert "claim" in naive["E2"].score.reason


def test_twice_the_same_grade_digit_for_digit(course: Course) -> None:
    once = course.card("telco-churn", "careful-notebook")
    again = course.grade("telco-churn", ASSIGNMENTS / "telco-churn/submissions/careful-notebook", fresh=True)
    assert again.card.model_dump_json() == once.model_dump_json()


def test_an_identical_submission_is_found_and_not_run_again(course: Course) -> None:
    course.card("telco-churn", "baseline")
    before = course.containers
    again = course.grade("telco-churn", ASSIGNMENTS / "telco-churn/submissions/baseline", known=False)
    assert again.cached
    assert course.containers == before


def test_regrading_needs_no_container_and_gives_the_identical_card(course: Course) -> None:
    run = course.graded("telco-churn", "reference").run
    before = course.containers
    old, new = course.regrade(run)
    assert old == new
    assert course.containers == before


def test_the_sealed_half_never_enters_an_image_or_a_container(course: Course) -> None:
    for name in ("reference", "careful-notebook"):
        course.card("telco-churn", name)
    assert course.canary_in_mounts == []
    assert course.mounted_files > 100
    for result in course.grep_images_for_canary():
        assert (result.ended, result.exit_code) == (Ended.FAILED, 1), result.tail


def test_the_canary_would_have_been_found(course: Course) -> None:
    course.card("telco-churn", "reference")
    assert course.canary_in(course.key_folder)
