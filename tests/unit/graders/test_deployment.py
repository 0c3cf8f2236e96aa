"""D1, D2, D3, D5, D6: what each costs, what it says, and what does not buy it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from graders import REGISTRY
from graders.kit.case import Case, asked, bad, good_case, image, probe, server, write, write_predictions
from graders.kit.check import outcome
from harness.errors import InfraError
from harness.model import Ended, Evidence, NoParams, Score, StageResult, Trust, Verdict

Change = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass
class World:
    """A good service, to be changed in one thing and judged."""

    case: Case
    served: dict[str, float]

    @property
    def root(self) -> Path:
        return self.case.evidence.root

    def probe(self, **changes: Any) -> None:
        write(self.root, "serve", "probe.json", json.dumps(probe(self.served, **changes)))

    def rows(self, step: str, change: Change, count: int = 10**6) -> None:
        """Change the first ``count`` rows of one step."""
        rows = probe(self.served)[step]
        self.probe(**{step: [change(dict(row)) for row in rows[:count]] + rows[count:]})

    def server(self, **changes: Any) -> None:
        write(self.root, "serve", "server.json", json.dumps(server(**changes)))

    def image(self, **changes: Any) -> None:
        write(self.root, "build", "image.json", json.dumps(image(**changes)))

    def stage(self, name: str, **changes: Any) -> None:
        stages = dict(self.case.evidence.stages)
        stages[name] = StageResult(**(stages[name].model_dump() | changes))
        self._stages(stages)

    def without(self, *names: str) -> None:
        self._stages({n: r for n, r in self.case.evidence.stages.items() if n not in names})

    def _stages(self, stages: dict[str, StageResult]) -> None:
        evidence = self.case.evidence.model_copy(update={"stages": stages})
        self.case = Case(evidence, self.case.key, self.case.params)

    def grade(self, name: str) -> Score:
        grader = REGISTRY[name]
        score = outcome(grader, Case(self.case.evidence, self.case.key, grader.params()))
        if score.value is not None and score.value < 1.0 and score.verdict is Verdict.GRADED:
            assert score.findings, score.reason
            assert score.earn_back, score.reason
        return score


@pytest.fixture
def world(tmp_path: Path) -> World:
    case = good_case(tmp_path, NoParams())
    told = json.loads((case.evidence.root / "serve" / "probe.json").read_text())
    return World(case, {row["id"]: row["prediction"] for row in told["many"]})


DEPLOYMENT = ("service_up", "skew", "bad_input", "image_hygiene", "stops_well")


@pytest.mark.parametrize("name", DEPLOYMENT)
def test_a_good_service_earns_everything(world: World, name: str) -> None:
    assert world.grade(name).value == pytest.approx(1.0)


# ------------------------------------------------------------------------ nothing to ask


@pytest.mark.parametrize("name", ["service_up", "skew", "bad_input", "stops_well"])
@pytest.mark.parametrize("reason", ["no Dockerfile was sent", "a notebook is no service"])
def test_without_a_service_the_points_are_missing_with_the_reason(
    world: World, name: str, reason: str
) -> None:
    world.without("build")
    world.stage("serve", ended=Ended.SKIPPED, reason=reason, files=())
    score = world.grade(name)
    assert score.verdict is Verdict.MISSING
    assert reason in score.reason
    assert score.findings
    assert "Dockerfile" in score.earn_back


@pytest.mark.parametrize("name", ["service_up", "skew", "bad_input", "stops_well"])
def test_a_prober_of_ours_that_failed_charges_nobody(world: World, name: str) -> None:
    world.stage("serve", ended=Ended.FAILED, writer=Trust.TOOLS, files=())
    score = world.grade(name)
    assert score.verdict is Verdict.UNGRADED
    assert "prober" in score.reason


@pytest.mark.parametrize("name", ["skew", "bad_input", "stops_well"])
def test_a_server_that_never_was_healthy_is_missing_and_quotes_its_last_line(world: World, name: str) -> None:
    sick = {"seconds": None, "tries": 500, "status": 0, "request_s": 0, "fault": "nobody listens", "said": ""}
    write(world.root, "serve", "probe.json", json.dumps({"version": 1, "health": sick}))
    world.stage("serve", ended=Ended.FAILED, reason="the server died: exit code 1.", tail="\x1b[2Jno model\n")
    score = world.grade(name)
    assert score.verdict is Verdict.MISSING
    assert "exit code 1" in score.reason
    assert "no model" in score.findings[0].what
    assert score.findings[0].what.isprintable()


# ------------------------------------------------------------------------------------ D1


def test_an_image_that_cannot_be_built_earns_nothing(world: World) -> None:
    world.stage("build", ended=Ended.FAILED, reason="line 3: RUN ended with exit code 7.")
    score = world.grade("service_up")
    assert (score.verdict, score.value) == (Verdict.MISSING, 0.0)
    assert "line 3" in score.reason


def test_a_build_alone_earns_its_part(world: World) -> None:
    sick = {"seconds": None, "tries": 5, "status": 503, "request_s": 0, "fault": "", "said": "starting"}
    write(world.root, "serve", "probe.json", json.dumps({"version": 1, "health": sick}))
    world.server(ended="failed", reason="the server died: exit code 1.", healthy=False, stop_s=None)
    score = world.grade("service_up")
    assert score.value == pytest.approx(0.30)
    assert {f.rule for f in score.findings} == {"server-ended", "never-healthy"}


def test_a_server_that_only_its_own_container_can_reach_is_told_to_bind_elsewhere(world: World) -> None:
    world.probe(listens=["0100007F"])
    score = world.grade("service_up")
    assert score.value == pytest.approx(0.85)
    assert "0.0.0.0" in score.earn_back


@pytest.mark.parametrize("listens", [["00000000"], ["0100007F", "00000000"], ["0" * 32], []])
def test_a_server_that_others_can_reach_loses_nothing(world: World, listens: list[str]) -> None:
    world.probe(listens=listens)
    assert world.grade("service_up").value == 1.0


# ------------------------------------------------------------------------------------ D2


def test_answers_of_another_number_are_skew_with_the_rows_that_show_it(world: World) -> None:
    world.rows("many", lambda row: row | {"prediction": min(1.0, row["prediction"] + 0.05)})
    score = world.grade("skew")
    assert score.value == pytest.approx(0.60)
    assert score.findings[0].rule == "train-serve-skew"
    assert score.findings[0].place.rows[0] in world.served
    assert "the batch command" in score.findings[0].what


def test_skew_in_a_tenth_of_the_rows_costs_half_of_its_part(world: World) -> None:
    world.rows("one", lambda row: row | {"prediction": 0.999 * row["prediction"] + 0.0005}, 4)
    score = world.grade("skew")
    assert score.value == pytest.approx(1.0 - 0.4 * 0.5, abs=1e-6)


def test_rounded_answers_cost_half_and_are_called_rounded(world: World) -> None:
    for step in ("one", "many", "renamed"):
        world.served = {n: round(p, 4) for n, p in world.served.items()}
        world.rows(step, lambda row: row)
    score = world.grade("skew")
    assert score.value == pytest.approx(0.1 + 0.9 * 0.5)
    assert "unrounded" in score.earn_back


def test_canned_answers_by_id_fall_with_another_id(world: World) -> None:
    world.rows("renamed", lambda row: row | {"prediction": 0.5})
    score = world.grade("skew")
    assert score.value == pytest.approx(0.90)
    assert "another id" in score.findings[0].what


@pytest.mark.parametrize("step", ["one", "many"])
def test_a_stub_earns_next_to_nothing(world: World, step: str) -> None:
    world.served = dict.fromkeys(world.served, 0.5)
    world.probe()
    assert world.grade("skew").value == pytest.approx(0.1)


@pytest.mark.parametrize("squeeze", [0.0, 1e-8])
def test_a_constant_service_of_a_constant_or_squeezed_model_earns_nothing(
    world: World, squeeze: float
) -> None:
    text = (world.root / "predict" / "predictions.csv").read_text().splitlines()[1:]
    rows = dict(line.split(",") for line in text)
    write_predictions(world.root, "predict", rows, [0.5 + squeeze * (float(p) - 0.5) for p in rows.values()])
    world.served = dict.fromkeys(world.served, 0.5)
    world.probe()
    assert (world.grade("skew").value or 0.0) <= 0.3


def test_a_refused_row_is_the_contract_broken_and_quotes_the_answer(world: World) -> None:
    refused = {"prediction": None, "status": 400, "fault": "status 400", "said": "<b>no</b>\x1b[2J"}
    world.rows("one", lambda row: row | refused)
    score = world.grade("skew")
    finding = next(f for f in score.findings if f.rule == "contract")
    assert "400" in finding.what
    assert finding.what.isprintable()


def test_without_an_openapi_description_a_tenth_is_lost(world: World) -> None:
    world.probe(openapi={"status": 404, "describes_predict": False})
    assert world.grade("skew").value == pytest.approx(0.90)


def test_a_row_that_the_key_does_not_have_is_our_fault(world: World) -> None:
    world.rows("one", lambda row: row | {"id": "nobody"}, 1)
    assert world.grade("skew").verdict is Verdict.UNGRADED


# ------------------------------------------------------------------------------------ D3


def test_a_blanket_refusal_earns_nothing(world: World) -> None:
    refused = {"prediction": None, "status": 400, "fault": "status 400", "said": "bad request"}
    world.rows("edges", lambda row: row | refused)
    score = world.grade("bad_input")
    assert score.value == 0.0
    assert score.findings[0].rule == "valid-row-refused"


def test_a_blanket_200_earns_nothing(world: World) -> None:
    world.rows("bad", lambda case: case | {"status": 200, "said": '{"predictions": [0.5]}'})
    score = world.grade("bad_input")
    assert score.value == 0.0
    assert score.findings[0].rule == "bad-input-accepted"


@pytest.mark.parametrize(
    ("reply", "value"),
    [
        ({"status": 500, "said": "Internal Server Error"}, 0.0),
        ({"status": 0, "said": "", "fault": "no answer"}, 0.0),
        ({"status": 302, "said": "Found"}, 0.0),
        ({"status": 422, "said": "", "fault": "it hung up before its body's end"}, 0.0),
        ({"status": 400, "said": ""}, 0.5),
        ({"status": 400, "said": "{}"}, 0.5),
        ({"status": 400, "said": "not right"}, 0.75),
        ({"status": 413, "said": "TENURE is not right"}, 1.0),
    ],
)
def test_a_bad_request_is_worth_what_its_answer_says(
    world: World, reply: dict[str, Any], value: float
) -> None:
    world.probe(bad=[bad("text for a number", "tenure", **reply)])
    assert world.grade("bad_input").value == pytest.approx(value)


def test_a_server_that_is_dead_afterwards_keeps_less_than_a_third(world: World) -> None:
    gone = {"seconds": None, "tries": 9, "status": 0, "request_s": 0, "fault": "nobody listens", "said": ""}
    row = next(iter(world.served))
    world.probe(after={"health": gone, "one": asked(row, None, status=0, fault="nobody listens")})
    score = world.grade("bad_input")
    assert score.value == pytest.approx(0.3)
    assert "nobody listens" in score.findings[0].what


def test_a_server_that_answers_otherwise_after_a_bad_request_is_not_what_it_was(world: World) -> None:
    told = probe(world.served)
    row = told["one"][0]
    world.probe(after={"health": told["health"], "one": row | {"prediction": 1.0 - row["prediction"]}})
    assert world.grade("bad_input").value == pytest.approx(0.3)


def test_every_lost_request_is_found_or_counted(world: World) -> None:
    world.probe(bad=[bad(f"case {n}", status=500, said="oops") for n in range(30)])
    findings = world.grade("bad_input").findings
    assert len(findings) == 10
    assert "20 more" in findings[-1].what


# ------------------------------------------------------------------------------------ D5


@pytest.mark.parametrize(
    ("changes", "value", "rule", "line"),
    [
        ({"runs_as_root": True, "user": ""}, 0.70, "runs-as-root", 6),
        ({"base_is_latest": True, "base": "python"}, 0.85, "latest-base", 1),
        ({"healthcheck": ""}, 0.85, "no-healthcheck", 8),
        ({"shell_form": ["CMD"]}, 0.85, "shell-form", 8),
        ({"lines": {"FROM": 1}}, 0.85, "no-command", 1),
        ({"data_inside": ["data/train.csv"]}, 0.91, "inside-the-image", 4),
        ({"copies_everything": True, "ignores_git": False}, 0.94, "inside-the-image", 4),
        ({"size_over_base_bytes": 2 << 30}, 0.90, "large-image", 4),
    ],
)
def test_each_fault_of_an_image_costs_its_part_and_points_at_its_line(
    world: World, changes: dict[str, Any], value: float, rule: str, line: int
) -> None:
    world.image(**changes)
    score = world.grade("image_hygiene")
    assert score.value == pytest.approx(value)
    assert [(f.rule, f.place.file, f.place.line) for f in score.findings] == [(rule, "Dockerfile", line)]


def test_a_tidy_image_of_nothing_is_worth_half(world: World) -> None:
    sick = {"seconds": None, "tries": 5, "status": 503, "request_s": 0, "fault": "", "said": "starting"}
    write(world.root, "serve", "probe.json", json.dumps({"version": 1, "health": sick}))
    world.stage("serve", ended=Ended.TIMEOUT, reason="it did not answer.")
    score = world.grade("image_hygiene")
    assert score.value == pytest.approx(0.5)


def test_an_assignment_without_a_service_judges_the_image_alone(world: World) -> None:
    world.without("serve")
    assert world.grade("image_hygiene").value == 1.0


# ------------------------------------------------------------------------------------ D6


@pytest.mark.parametrize(
    ("facts", "value"),
    [
        ({"stop_s": 5.0}, 1.0),
        ({"stop_s": 10.0}, 0.75),
        ({"ended": "timeout", "stop_s": None, "reason": "not stopped and was killed."}, 0.5),
        ({"ended": "failed", "stop_s": None, "reason": "the server died: exit code 1."}, 0.5),
    ],
)
def test_stopping_is_worth_half_by_the_clock(world: World, facts: dict[str, Any], value: float) -> None:
    world.server(**facts)
    assert world.grade("stops_well").value == pytest.approx(value)


def test_answers_that_mix_when_asked_at_once_are_found_row_by_row(world: World) -> None:
    world.rows("at_once", lambda row: row | {"prediction": 1.0 - row["prediction"]})
    score = world.grade("stops_well")
    assert score.value == pytest.approx(0.5)
    assert score.findings[0].rule == "not-thread-safe"


def test_a_constant_is_not_thanked_for_being_thread_safe(world: World) -> None:
    world.served = dict.fromkeys(world.served, 0.5)
    world.probe()
    assert world.grade("stops_well").value == pytest.approx(0.25)


def test_a_tidy_image_of_a_stub_is_worth_half(world: World) -> None:
    world.served = dict.fromkeys(world.served, 0.5)
    world.probe()
    score = world.grade("image_hygiene")
    assert score.value == pytest.approx(0.5)
    assert score.findings[0].rule == "nothing-served"


# ------------------------------------------------------------------- what a hostile server says


@pytest.mark.parametrize("name", ["skew", "bad_input", "stops_well", "service_up"])
@pytest.mark.parametrize(
    "change",
    [
        {"said": "x" * 301},
        {"status": 999},
        {"prediction": "0.5"},
        {"prediction": True},
        {"id": "x" * 300},
    ],
    ids=str,
)
def test_what_our_prober_would_not_write_is_our_fault_and_no_score(
    world: World, name: str, change: dict[str, Any]
) -> None:
    world.rows("one", lambda row: row | change, 1)
    assert world.grade(name).verdict is Verdict.UNGRADED


def test_a_probe_file_over_its_cap_is_not_read(world: World) -> None:
    write(world.root, "serve", "probe.json", b" " * (9 << 20))
    score = world.grade("bad_input")
    assert score.verdict is Verdict.UNGRADED
    assert InfraError.__name__ in score.reason
    assert isinstance(world.case.evidence, Evidence)


def test_a_request_that_nobody_thought_of_costs_and_is_quoted(world: World) -> None:
    smallest = {"sent": '{"id": 0}', "told": "status 500"}
    world.probe(drawn={"tried": 120, "failed": 12, "smallest": smallest})
    score = world.grade("bad_input")
    assert score.value == pytest.approx(0.75)
    assert "'{\"id\": 0}' gets: 'status 500'" in score.findings[0].what
    world.probe(drawn={"tried": 120, "failed": 120, "smallest": smallest})
    assert world.grade("bad_input").value == pytest.approx(0.5)


def test_no_request_that_was_drawn_costs_nothing(world: World) -> None:
    world.probe(drawn=None)
    assert world.grade("bad_input").value == 1.0
