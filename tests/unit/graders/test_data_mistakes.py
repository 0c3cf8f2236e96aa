"""C3: mistakes with tables, and broken tables: who notices earns, who refuses whatever differs does not."""

from __future__ import annotations

import json

import pytest

from graders.kit.case import (
    BROKEN,
    ON_BROKEN,
    broken,
    junit,
    make_evidence,
    some_mutants,
    static,
    trials,
    write,
)
from graders.testing import breakages, data_mistakes, mutation
from harness.errors import InfraError
from harness.model import AnswerKey, Ended, Evidence, Score

RED, GREEN = 1, 0
NOTHING_REFUSED = {f"train-{name}": Ended.FINISHED for name in BROKEN}


def laid_out(folder, codes, *, ended=None, covered=None, **changes) -> Evidence:
    """``codes``: of ten mistakes with tables, by the exit code of the tests; all else is well."""
    mutants = some_mutants()
    named = {m["id"]: int(not m["neutral"]) for m in mutants if not m.get("tables")}
    named |= dict(zip((m["id"] for m in mutants if m.get("tables")), codes, strict=False))
    write(folder, "mutants", "mutants.json", json.dumps(mutants))
    write(folder, "test-mutants", "trials.jsonl", trials(named, covered=covered))
    write(folder, "static", "static.json", json.dumps(static()))
    write(folder, "broken", "broken.json", json.dumps(broken()))
    write(folder, "test", "junit.xml", junit({"test_0": ""}))
    tried = dict.fromkeys(("mutants", "test-mutants"), Ended.FINISHED) | ON_BROKEN | (ended or {})
    evidence = make_evidence(folder, ended={name: end for name, end in tried.items() if end is not None})
    stages = {
        name: result.model_copy(update=changes.get(name.replace("-", "_"), {}))
        for name, result in evidence.stages.items()
    }
    return evidence.model_copy(update={"stages": stages})


def grade(folder, codes=(RED,) * 10, module=data_mistakes, **how) -> Score:
    key = AnswerKey(root=folder / "no-key-is-needed")
    return module.grade(laid_out(folder, codes, **how), key, module.GRADER.params())


def test_who_notices_mistakes_and_three_of_four_broken_tables_earns_everything(tmp_path):
    score = grade(tmp_path)
    assert score.value == 1.0
    assert score.interval is not None
    assert score.interval[0] < 1.0


def test_a_survivor_is_named_with_its_place(tmp_path):
    score = grade(tmp_path, [RED] * 4 + [GREEN] * 6)
    assert score.measures["mistakes"] == pytest.approx(0.4)
    assert score.value == pytest.approx(0.7)
    survivor = next(f for f in score.findings if f.rule.startswith("survived"))
    assert (survivor.place.file, survivor.place.line) == ("src/churn.py", 101)
    assert score.earn_back


def test_mistakes_with_tables_are_judged_here_and_nowhere_else(tmp_path):
    """C2 has the others: one lapse is charged once."""
    blind = grade(tmp_path, [GREEN] * 10, module=mutation)
    assert (blind.value, blind.measures["survived"]) == (1.0, 0.0)


def test_tests_that_call_a_tenth_of_what_can_go_wrong_show_little(tmp_path):
    score = grade(tmp_path, [RED], covered=[["src/churn.py", 1]])
    assert score.measures["mistakes"] <= 0.2
    assert any(f.rule in ("not-called", "few-mutants") for f in score.findings)


def test_slow_tests_are_half_proved_and_not_blamed(tmp_path):
    score = grade(tmp_path, [None] * 8 + [RED])
    assert score.measures["mistakes"] == 0.5
    assert score.interval == (0.5, 1.0) or score.interval[0] < score.value < score.interval[1]


def test_tests_that_only_look_earn_nothing_for_mistakes(tmp_path):
    evidence = laid_out(tmp_path, [RED] * 10)
    path = tmp_path / "test-mutants" / "trials.jsonl"
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    for line in lines[1:]:
        line["exit"] = RED
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    score = data_mistakes.grade(evidence, AnswerKey(root=tmp_path), data_mistakes.DataMistakesParams())
    assert score.measures["mistakes"] == 0.0
    assert score.suspicious


def test_without_tests_training_that_refuses_broken_tables_still_earns_its_half(tmp_path):
    score = grade(tmp_path, ended={"test-mutants": Ended.SKIPPED})
    assert score.value == 0.5


# -------------------------------------------------------------------------- broken tables


def test_training_that_takes_whatever_it_is_given_earns_nothing_and_each_table_is_named(tmp_path):
    score = grade(tmp_path, ended=NOTHING_REFUSED | {"train-as-good": None})
    assert score.measures["broken"] == 0.0
    lost = [f for f in score.findings if f.rule.startswith("not-noticed")]
    assert [f.place.stage for f in lost] == [f"train-{name}" for name in BROKEN]
    assert "without the column tenure of customers.csv" in lost[0].what


def test_who_refuses_what_is_as_good_too_has_noticed_nothing(tmp_path):
    """A digest of the data, or a refusal always: neither is a check."""
    refused = {"train-as-good": Ended.FAILED, "train-as-good-too": Ended.FAILED}
    score = grade(tmp_path, ended=refused)
    assert score.measures["broken"] == 0.0
    assert "refuse what is wrong, not what is different" in score.earn_back


def test_a_schema_that_knows_its_columns_may_refuse_one_more(tmp_path):
    refused = {"train-as-good": Ended.FAILED, "train-as-good-too": Ended.FINISHED}
    assert grade(tmp_path, ended=refused).value == 1.0


def test_a_failure_that_does_not_say_why_is_no_refusal(tmp_path):
    mute = {"tail": "Traceback (most recent call last):\n  tenure = table['tenure']\nIndexError: 3\n"}
    score = grade(tmp_path, train_missing_column=mute)
    assert score.measures["broken.noticed"] == 2.0
    assert any("do not name what is wrong" in f.what for f in score.findings)


@pytest.mark.parametrize("ended", [Ended.TIMEOUT, Ended.OUT_OF_MEMORY, Ended.SKIPPED])
def test_what_was_not_tried_to_its_end_is_charged_to_nobody(tmp_path, ended):
    score = grade(tmp_path, ended={f"train-{BROKEN[-1]}": ended, f"train-{BROKEN[-2]}": ended})
    assert (score.measures["broken"], score.measures["broken.decided"]) == (1.0, 2.0)


def test_training_that_was_cut_off_at_the_end_of_the_budget_shows_nothing(tmp_path):
    cut = {f"train_{name.replace('-', '_')}": {"exit_code": 124} for name in BROKEN[:3]}
    ended = {f"train-{BROKEN[-1]}": Ended.SKIPPED}
    score = grade(tmp_path, ended=ended, **cut)
    assert score.measures["broken"] == 0.5
    assert any(f.rule == "slow" for f in score.findings)


def test_tests_on_the_data_notice_too_where_they_take_what_is_as_good(tmp_path):
    red = NOTHING_REFUSED | {f"test-{name}": Ended.FAILED for name in BROKEN} | {"train-as-good": None}
    assert grade(tmp_path / "a", ended=red | {"test-as-good": Ended.FINISHED}).measures["broken"] == 1.0
    digest = red | {"test-as-good": Ended.FAILED, "test-as-good-too": Ended.FAILED}
    assert grade(tmp_path / "b", ended=digest).measures["broken"] == 0.0


def test_training_that_fails_on_the_real_tables_shows_nothing_on_broken_ones(tmp_path):
    score = grade(tmp_path, ended={"train": Ended.FAILED})
    assert score.measures["broken"] == 0.0
    assert any(f.rule == "not-trained" for f in score.findings)


@pytest.mark.parametrize(
    ("name", "tail", "named"),
    [
        ("missing-column", "KeyError: 'tenure'", True),
        ("missing-column", "customers.csv lacks tenure", True),
        ("missing-column", "KeyError: 'tenure_months'", False),
        ("missing-column", "ValueError: bad data", False),
        ("empty-column", "SchemaError: column 'tenure' has 900 nulls", True),
        ("empty-column", "ValueError: Input X contains NaN", False),
        ("empty-table", "ValueError: Found array with 0 sample(s) (shape=(0, 7))", True),
        ("empty-table", "error: customers.csv has no rows", True),
        ("empty-table", "AssertionError", False),
        ("swapped-labels", "SystemExit: validation AUC .14 is worse than chance", True),
        ("swapped-labels", "SystemExit: something is wrong", False),
    ],
)
def test_a_refusal_names_what_is_wrong(name, tail, named):
    entry = next(v for v in broken()["variants"] if v["name"] == name)
    result = make_result(tail)
    assert breakages.names(result, breakages.Variant.model_validate(entry)) is named


def make_result(tail: str):
    from harness.model import StageResult

    return StageResult(stage="train-x", ended=Ended.FAILED, exit_code=1, tail=f"INFO reading\n{tail}\n")


def test_a_report_of_ours_that_cannot_be_read_is_ours(tmp_path):
    evidence = laid_out(tmp_path, [RED])
    (tmp_path / "broken" / "broken.json").write_text("{}")
    with pytest.raises(InfraError, match="list of broken tables"):
        data_mistakes.grade(evidence, AnswerKey(root=tmp_path), data_mistakes.DataMistakesParams())
