"""D8: an alarm for a change and quiet for chance; a bell that always or never rings earns nothing."""

from __future__ import annotations

import json

import pytest

from graders.deployment import monitor
from graders.kit.case import make_evidence, write, write_monitor
from harness.errors import InfraError
from harness.model import MONITOR_STAGES, AnswerKey, Ended, NoParams, Score, Severity, Verdict

SHIFTED = 3


def grade(tmp_path, alarms, ended=None) -> Score:
    """``alarms``: by batch an answer (a bool, or the text of the file)."""
    root, key = tmp_path / "evidence", AnswerKey(root=tmp_path / "key")
    key.root.mkdir(parents=True, exist_ok=True)
    write_monitor(root, key, shifted=SHIFTED)
    for number, answer in alarms.items():
        text = json.dumps({"alarm": answer}) if isinstance(answer, bool) else answer
        write(root, f"monitor-{number}", "monitor.json", text)
    finished = dict.fromkeys(MONITOR_STAGES, Ended.FINISHED)
    return monitor.grade(make_evidence(root, ended=finished | (ended or {})), key, NoParams())


def test_an_alarm_for_the_change_and_quiet_otherwise_earns_everything(tmp_path):
    score = grade(tmp_path, {})
    assert (score.value, score.findings) == (1.0, ())
    assert score.reason == "1 of 1 changed batches raise the alarm; 5 of 5 unchanged ones keep quiet."


@pytest.mark.parametrize("always", [True, False])
def test_a_bell_that_always_or_never_rings_earns_nothing(tmp_path, always):
    assert grade(tmp_path, dict.fromkeys(range(1, 7), always)).value == 0.0


def test_a_false_alarm_costs_a_fifth_and_is_named_with_its_run(tmp_path):
    score = grade(tmp_path, {1: True})
    assert score.value == pytest.approx(0.8)
    (finding,) = score.findings
    assert (finding.rule, finding.place.stage, finding.severity) == (
        "false-alarm",
        "monitor-1",
        Severity.MINOR,
    )


def test_a_missed_change_costs_everything(tmp_path):
    score = grade(tmp_path, {SHIFTED: False})
    assert score.value == 0.0
    assert score.findings[0].rule == "missed-change"


@pytest.mark.parametrize(
    "text",
    [
        "", "null", "[]", "{}", '{"alarm": "true"}', '{"alarm": 1}', '{"alarm": null}', '{"drift": true}',
        "[" * 100_000, '{"alarm": true', "\0", '{"Alarm": false}',
    ],
)  # fmt: skip
def test_what_is_no_answer_is_neither_alarm_nor_quiet(tmp_path, text):
    assert grade(tmp_path, {1: text}).value == pytest.approx(0.8)
    assert grade(tmp_path, {SHIFTED: text}).value == 0.0


def test_a_byte_order_mark_and_more_members_are_no_fault(tmp_path):
    text = '\ufeff{"reasons": ["carrier"], "alarm": true, "psi": {"distance": NaN}}'
    assert grade(tmp_path, {SHIFTED: text}).value == 1.0


@pytest.mark.parametrize("ended", [Ended.FAILED, Ended.TIMEOUT, Ended.OUT_OF_MEMORY])
def test_a_run_that_did_not_end_well_answers_nothing(tmp_path, ended):
    score = grade(tmp_path, {}, ended={"monitor-2": ended})
    assert score.value == pytest.approx(0.8)
    assert ended.value in score.findings[0].what


def test_without_a_command_there_is_no_monitor(tmp_path):
    score = grade(tmp_path, {}, ended=dict.fromkeys(MONITOR_STAGES, Ended.SKIPPED))
    assert score.verdict is Verdict.MISSING
    assert score.earn_back


def test_a_monitor_that_was_never_run_is_ours(tmp_path):
    key = AnswerKey(root=tmp_path / "key")
    key.root.mkdir()
    write_monitor(tmp_path / "evidence", key)
    with pytest.raises(InfraError, match="was not run"):
        monitor.grade(make_evidence(tmp_path / "evidence"), key, NoParams())
