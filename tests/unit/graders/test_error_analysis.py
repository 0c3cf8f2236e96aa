"""A7: the part they call the weakest is one of the weak; within the noise nobody loses for not knowing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from graders.kit.case import make_evidence, make_rows, model, write_key, write_predictions
from graders.model_data import error_analysis
from graders.model_data.error_analysis import ErrorAnalysisParams
from harness.errors import InfraError
from harness.model import Claims, Score
from harness.slices import slices_of

ROWS = make_rows(natural=6000)
PLANS = np.resize(["basic", "business", "family", "student"], len(ROWS))
PARAMS = ErrorAnalysisParams(claim_rows=4000)


def score(tmp_path: Path, claims: Claims, *, slices: pd.DataFrame | None = None) -> Score:
    """A model that knows nothing of students, and all there is of the rest."""
    anchors = {"baseline": model(ROWS, noise=1.2, seed=3), "reference": model(ROWS, noise=0.4, seed=4)}
    key = write_key(tmp_path / "key", ROWS, **anchors)
    given = pd.DataFrame({"id": ROWS["id"], "plan": PLANS}) if slices is None else slices
    given.to_parquet(tmp_path / "key" / "slices.parquet")
    predicted = np.where(PLANS == "student", model(ROWS, noise=2.5, seed=9), model(ROWS, noise=0.2))
    write_predictions(tmp_path / "evidence", "predict", ROWS["id"], predicted)
    return error_analysis.grade(make_evidence(tmp_path / "evidence", claims=claims), key, PARAMS)


@pytest.mark.parametrize("named", ["plan=student", "Plan = Student", "plan=STUDENT"])
def test_the_weakest_part_named_in_any_spelling_earns_all(tmp_path, named):
    assert score(tmp_path, Claims(baseline=0.5, weakest=named)).value == 1.0


def test_a_strong_part_named_as_the_weakest_earns_nothing_for_it(tmp_path):
    found = score(tmp_path, Claims(baseline=0.5, weakest="plan=basic"))
    assert found.value == pytest.approx(0.3)
    assert "plan=student" in found.findings[0].what


def test_parts_that_nobody_can_tell_apart_are_all_right(tmp_path):
    plans = np.random.default_rng(1).choice(["basic", "family"], len(ROWS))
    same = pd.DataFrame({"id": ROWS["id"], "plan": plans})
    for plan in ("basic", "family"):
        claims = Claims(baseline=0.5, weakest=f"plan={plan}")
        assert score(tmp_path / plan, claims, slices=same).value == 1.0


def test_a_small_part_that_may_be_the_weakest_does_not_make_every_part_one_that_may(tmp_path):
    """Nobody can tell basic from a handful of students, and everybody can from many."""
    few = np.flatnonzero(PLANS == "student")[:80]
    plans = PLANS.copy()
    plans[few] = "trial"
    claims = Claims(baseline=0.5, weakest="plan=basic")
    found = score(tmp_path, claims, slices=pd.DataFrame({"id": ROWS["id"], "plan": plans}))
    assert found.value == pytest.approx(0.3)
    assert "plan=student with 0." in found.reason
    assert "clearly weaker" in found.reason


def test_a_part_that_cannot_be_measured_here_costs_half_of_it(tmp_path):
    assert score(tmp_path, Claims(baseline=0.5, weakest="tenure=0-3")).value == pytest.approx(0.3 + 0.35)


@pytest.mark.parametrize(
    ("baseline", "earned"), [(0.5, 1), (0.62, 1), (55.0, 1), (0.99, 0), (0.2, 0), (None, 0)]
)
def test_a_baseline_lies_between_chance_and_the_reference(tmp_path, baseline, earned):
    found = score(tmp_path, Claims(baseline=baseline, weakest="plan=student"))
    assert found.measures["baseline"] == earned


def test_nothing_claimed_is_worth_nothing_and_both_ways_back_are_named(tmp_path):
    found = score(tmp_path, Claims())
    assert found.value == 0.0
    assert {finding.rule for finding in found.findings} == {"no-baseline", "weakest-part"}


def test_a_key_without_parts_is_ours(tmp_path):
    with pytest.raises(InfraError, match="slices"):
        score(tmp_path, Claims(weakest="plan=student"), slices=pd.DataFrame({"id": ROWS["id"]}))


def edition(tmp_path: Path, rows: pd.DataFrame) -> Path:
    (tmp_path / "inputs" / "all").mkdir(parents=True)
    rows.to_csv(tmp_path / "inputs" / "all" / "t.csv", index=False)
    (tmp_path / "about.json").write_text('{"table": "t.csv", "id": "id", "time": "day"}')
    return tmp_path


def test_parts_are_common_values_in_one_spelling_and_months(tmp_path):
    rows = pd.DataFrame(
        {
            "id": [f"r{n}" for n in range(200)],
            "plan": np.resize(["Basic", " basic", "BUSINESS", "Busi-ness"], 200),
            "charge": [f"{n}.5" for n in range(200)],
            "day": [f"2019-{7 + n % 2 * 4:02d}-{n % 28 + 1:02d}" for n in range(200)],
            "empty": "",
        }
    )
    found = slices_of(edition(tmp_path, rows))
    assert {column: sorted(set(found[column])) for column in found.columns.drop("id")} == {
        "plan": ["basic", "business"],
        "month": ["july", "november"],
    }


def test_an_edition_that_says_nothing_of_itself_has_no_parts(tmp_path):
    assert list(slices_of(tmp_path).columns) == ["id"]
