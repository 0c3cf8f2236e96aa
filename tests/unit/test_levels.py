"""Levels: the same criteria, other weights; checked when the assignment loads, and said on the card."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from harness import pipeline
from harness.assignment import at_level
from harness.errors import SpecError, UsageError
from harness.model import Level
from tests.unit.certify.desk import Silent, fake, laid_out
from tests.unit.certify.test_certify import _untold

JUNIOR = {"A1": 40, "A2": 60}


@pytest.mark.parametrize(
    ("levels", "words"),
    [
        ({"junior": {"A1": 40, "A2": 50}}, "levels.junior: the weights add up to 90, not 100"),
        ({"junior": {"A1": 100}}, "levels.junior: no weight for A2"),
        ({"mid": {"A1": 40, "A2": 40, "A9": 20}}, "levels.mid.A9: the rubric has no such criterion"),
        ({"mid": {"A1": 100, "A2": 0}}, "levels.mid.A2: a weight is above 0"),
        ({"expert": JUNIOR}, "levels.expert"),
    ],
)
def test_a_level_that_cannot_be_is_refused_when_the_assignment_loads(
    tmp_path: Path, levels: dict[str, Any], words: str
) -> None:
    with pytest.raises(SpecError, match=words):
        laid_out(tmp_path, spec={"levels": levels})


def test_a_level_is_chosen_when_grading_and_not_in_the_file(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match="level: it is chosen when grading"):
        laid_out(tmp_path, spec={"level": "junior"})


def test_a_level_changes_weights_only_and_an_unknown_one_is_named(tmp_path: Path) -> None:
    assignment = laid_out(tmp_path, spec={"levels": {"junior": JUNIOR}}).assignment
    junior = at_level(assignment, "junior")
    assert {c.id: c.weight for c in junior.rubric} == JUNIOR
    assert junior.level is Level.JUNIOR
    assert at_level(assignment, "") == at_level(assignment, "senior") == assignment
    with pytest.raises(UsageError, match="no level 'mid'") as caught:
        at_level(assignment, "mid")
    assert "senior, junior" in caught.value.hint


@pytest.mark.slow
def test_the_card_and_the_page_say_the_level_and_a_regrade_keeps_it(tmp_path: Path) -> None:
    from dataclasses import replace

    bench = laid_out(tmp_path, spec={"levels": {"junior": JUNIOR}})
    junior = replace(bench, assignment=at_level(bench.assignment, "junior"))
    source = bench.folder / "submissions/careful"
    graded = pipeline.grade(source, junior, fake(), Silent(), mirror=_untold)
    senior = pipeline.grade(source, bench, fake(), Silent(), mirror=_untold)
    assert graded.card.provenance["level"] == "junior"
    assert "level" not in senior.card.provenance
    assert graded.run != senior.run
    assert [line.weight for line in graded.card.lines] == [40, 60]
    assert "<b>junior</b> level" in (graded.run / "report.html").read_text()
    assert pipeline.read_run(graded.run)["level"] == "junior"
    old, new = pipeline.regrade(graded.run, junior)
    assert old == new
