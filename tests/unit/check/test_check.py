"""The self-check on the scripted sandbox: what is told, what to do about it, and what is never promised."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from graders.kit.case import junit, static
from graders.rehearsal import REHEARSAL
from harness.check import Checkup, Phase, State, check, find
from harness.check.show import as_json, show_checkup
from harness.errors import InfraError, UsageError
from harness.model import Ended, Stage, StageResult
from harness.sandbox.fake import FakeSandbox, Scripted
from tests.kit.tiny import REPOSITORY, TOML, tiny_handout, write

NAMES = [f"test_{n}" for n in range(6)]
OOPS = 'Traceback (most recent call last):\n  File "train.py", line 3\n'


class Silent:
    def started(self, stage: str) -> None:
        pass

    def ended(self, result: StageResult) -> None:
        pass


def given(stage: Stage) -> list[dict[str, str]]:
    source = next(mount.source for mount in stage.mounts if mount.target == "/input")
    with (source / "people.csv").open() as lines:
        return list(csv.DictReader(lines))


def answering(value: Callable[[dict[str, str], int], float]) -> Callable[[Stage], Scripted]:
    def act(stage: Stage) -> Scripted:
        rows = given(stage)
        lines = "".join(f"{row['id']},{value(row, len(rows))}\n" for row in rows)
        return Scripted(files={"predictions.csv": f"id,prediction\n{lines}".encode()})

    return act


def by_age(row: dict[str, str], many: int) -> float:
    return int(row["age"]) / 100


def fake(**changes: Any) -> FakeSandbox:
    honest = answering(by_age)
    script: dict[str, Any] = {
        "train": Scripted(files={"model/m": b"1"}),
        "predict": honest,
        "predict-one": honest,
        "predict-shuffled": honest,
        "static": Scripted(files={"static.json": json.dumps(static()).encode()}),
        "sabotage": Scripted(files={"tree/train.py": b"raise"}),
        "test": Scripted(files={"junit.xml": junit(dict.fromkeys(NAMES, "")).encode()}),
        "test-sabotaged": Scripted(
            ended=Ended.FAILED, files={"junit.xml": junit(dict.fromkeys(NAMES, "failure")).encode()}
        ),
        "mutants": Scripted(files={"mutants.json": b"[]", "sources/sources.json": b"[]"}),
        "test-mutants": Scripted(files={"trials.jsonl": b'{"covered": null, "seconds": 1.0, "exit": 0}'}),
    }
    return FakeSandbox(script | {name.replace("_", "-"): act for name, act in changes.items()})


@pytest.fixture
def handout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The handout alone: the checkout it came from is gone, and so is the home with the key."""
    monkeypatch.setenv("TAKEHOME_SCRATCH", str(tmp_path / "scratch"))
    made = tiny_handout(tmp_path / "company").path
    shutil.move(made, tmp_path / "handout")
    shutil.rmtree(tmp_path / "company")
    return tmp_path / "handout"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    write(tmp_path / "mine", REPOSITORY)
    return tmp_path / "mine"


def checked(repository: Path, handout: Path | None, sandbox: FakeSandbox | None = None) -> Checkup:
    found = find(repository, handout)
    work = found.folder.parent / "work"
    shutil.rmtree(work, ignore_errors=True)
    return check(repository, found, sandbox or fake(), Silent(), REHEARSAL, work=work)


def phase(checkup: Checkup, name: str) -> Phase:
    return next(p for p in checkup.phases if p.name.startswith(name))


def shown(checkup: Checkup) -> str:
    out = StringIO()
    show_checkup(Console(file=out, width=160), checkup)
    return out.getvalue()


def test_a_submission_that_runs_is_told_so(repository: Path, handout: Path) -> None:
    checkup = checked(repository, handout)
    assert {p.name: p.state for p in checkup.phases} == dict.fromkeys(
        [
            "commands found", "dependencies", "train", "predict", "predictions file",
            "one row alone, other order", "tests", "static findings", "claims, on public rows",
        ],
        State.OK,
    )  # fmt: skip
    assert checkup.runs
    assert "Everything runs" in shown(checkup)


def test_the_same_stages_run_as_in_a_grade_and_see_public_files_only(repository: Path, handout: Path) -> None:
    sandbox = fake()
    checked(repository, handout, sandbox)
    assert sorted(sandbox.names) == sorted(
        [
            "train",
            "predict",
            "predict-one",
            "predict-shuffled",
            "static",
            "sabotage",
            "test",
            "test-sabotaged",
            "mutants",
            "test-mutants",
        ]
    )
    for stage in sandbox.ran:
        for mount in stage.mounts:
            assert mount.source.is_relative_to(handout.parent)
            assert "key" not in mount.source.parts
    train = next(stage for stage in sandbox.ran if stage.name == "train")
    assert (train.limits.timeout_s, train.limits.memory_mb) == (60, 512)


def test_the_rows_to_predict_have_no_label_and_the_batches_are_a_grades(
    repository: Path, handout: Path
) -> None:
    seen: dict[str, list[dict[str, str]]] = {}

    def noting(stage: Stage) -> Scripted:
        seen[stage.name] = given(stage)
        folder = next(mount.source for mount in stage.mounts if mount.target == "/input")
        assert not (folder / "labels.csv").exists()
        assert (folder / "shops.csv").read_text().count("\n") == 3
        people = {row["id"] for row in seen[stage.name]}
        with (folder / "visits.csv").open() as lines:
            assert {row["person"] for row in csv.DictReader(lines)} == people
        return answering(by_age)(stage)

    checked(repository, handout, fake(predict=noting, predict_one=noting, predict_shuffled=noting))
    assert [len(seen[name]) for name in ("predict", "predict-one", "predict-shuffled")] == [60, 1, 60]
    assert {r["id"] for r in seen["predict"]} == {r["id"] for r in seen["predict-shuffled"]}
    assert [r["id"] for r in seen["predict"]] != [r["id"] for r in seen["predict-shuffled"]]
    by_id = {row["id"]: row for row in seen["predict"]}
    assert all(row == by_id[row["id"]] for row in seen["predict-shuffled"])


def test_it_promises_no_score(repository: Path, handout: Path) -> None:
    checkup = checked(repository, handout)
    told = shown(checkup)
    assert "hidden rows decide" in told
    assert "95 % interval" in told
    found = json.loads(as_json(checkup))
    low, high = found["metric"]["interval"]
    assert 0 <= low < found["metric"]["value"] < high <= 1
    assert found["metric"]["on"] == "public validation rows"
    for word in ("total", "points of", "weight", "threshold"):
        assert word not in told.lower()
        assert f'"{word}"' not in as_json(checkup)


@pytest.mark.parametrize(
    ("act", "word"),
    [
        (
            Scripted(ended=Ended.FAILED, tail=f"{OOPS}ModuleNotFoundError: No module named 'catboost'\n"),
            "add catboost",
        ),
        (Scripted(ended=Ended.TIMEOUT), "it may take 60 s"),
        (Scripted(ended=Ended.OUT_OF_MEMORY), "it may use 512 MB"),
        (
            Scripted(ended=Ended.FAILED, tail=f"{OOPS}No such file or directory: '/home/me/a.csv'"),
            "/home/me/a.csv is not",
        ),
        (Scripted(ended=Ended.FAILED, tail=f"{OOPS}urllib.error.URLError: <urlopen error>"), "no network"),
        (Scripted(ended=Ended.FAILED, tail=f"{OOPS}ValueError: {{braces}} and all"), "fresh clone"),
    ],
)
def test_a_failure_is_told_with_its_phase_its_words_and_the_act(
    repository: Path, handout: Path, act: Scripted, word: str
) -> None:
    checkup = checked(repository, handout, fake(train=act))
    train = phase(checkup, "train")
    assert train.state is State.FAILS
    assert word in train.act
    assert phase(checkup, "predict").state is State.SKIPPED
    assert "train" in checkup.costly
    told = shown(checkup)
    assert "✗  train" in told
    if act.tail:
        assert act.tail.splitlines()[-1][:30] in told


@pytest.mark.parametrize(
    ("predict", "word"),
    [
        (Scripted(files={"predictions.csv": b"id;prediction\n"}), "separated by a comma"),
        (Scripted(files={"predictions.csv": b"id,prediction\n"}), "header and no rows"),
        (answering(lambda row, many: 2.0), "outside 0..1"),
        (answering(lambda row, many: float("nan")), "hold no number"),
        (Scripted(), "left no predictions.csv"),
    ],
)
def test_an_invalid_predictions_file_is_named_by_what_is_wrong(
    repository: Path, handout: Path, predict: Any, word: str
) -> None:
    checkup = checked(repository, handout, fake(predict=predict))
    found = phase(checkup, "predictions file")
    assert found.state is State.COSTS
    assert word in found.seen
    assert json.loads(as_json(checkup))["metric"]["value"] is None


def test_a_prediction_that_depends_on_its_company_costs_points(repository: Path, handout: Path) -> None:
    crowd = answering(lambda row, many: int(row["age"]) / 100 / (1 + many / 1000))
    found = phase(checked(repository, handout, fake(predict_one=crowd)), "one row alone")
    assert found.state is State.COSTS
    assert "learn everything in train" in found.act


def test_a_claim_far_from_the_public_rows_is_told_before_it_is_sent(repository: Path, handout: Path) -> None:
    write(repository, {"submission.toml": TOML.replace("0.70", "0.99")})
    found = phase(checked(repository, handout), "claims")
    assert found.state is State.COSTS
    assert "0.99" in found.seen


def test_no_claim_is_points_left_behind(repository: Path, handout: Path) -> None:
    write(repository, {"submission.toml": TOML.partition("[claims]")[0]})
    assert phase(checked(repository, handout), "claims").state is State.COSTS


def test_red_tests_are_shown_with_their_output(repository: Path, handout: Path) -> None:
    red = junit({"test_0": "failure"} | dict.fromkeys(NAMES[1:], "")).encode()
    act = Scripted(
        ended=Ended.FAILED, files={"junit.xml": red}, tail="E  assert 1 == 2\n1 failed, 5 passed\n"
    )
    checkup = checked(repository, handout, fake(test=act))
    assert phase(checkup, "tests").state is State.FAILS
    assert "1 failed, 5 passed" in shown(checkup)


def test_tests_that_notice_nothing_cost_points(repository: Path, handout: Path) -> None:
    green = Scripted(files={"junit.xml": junit(dict.fromkeys(NAMES, "")).encode()})
    found = phase(checked(repository, handout, fake(test_sabotaged=green)), "tests")
    assert found.state is State.COSTS
    assert "check nothing" in found.seen


def test_defects_are_listed_with_their_line(repository: Path, handout: Path) -> None:
    lint = [{"path": "src/churn.py", "line": 7, "rule": "F821", "message": "undefined name", "cell": None}]
    act = Scripted(files={"static.json": json.dumps(static(lint=lint)).encode()})
    spec = find(repository, handout).spec
    path = handout / ".takehome/check.json"
    path.write_text(spec.model_copy(update={"graders": (*spec.graders, "defects")}).model_dump_json())
    checkup = checked(repository, handout, fake(static=act))
    assert phase(checkup, "static").state is State.COSTS
    assert "src/churn.py:7" in shown(checkup)


def test_a_repository_without_commands_is_told_what_to_declare(tmp_path: Path, handout: Path) -> None:
    write(tmp_path / "bare", {"notes.txt": "hello"})
    found = phase(checked(tmp_path / "bare", handout), "commands")
    assert found.state is State.FAILS
    assert "commands.train and commands.predict" in found.act


@pytest.mark.parametrize("builds", [True, False])
def test_where_a_service_is_asked_for_its_image_has_a_phase(
    repository: Path, handout: Path, builds: bool
) -> None:
    spec = handout / ".takehome" / "check.json"
    said = json.loads(spec.read_text())
    spec.write_text(json.dumps(said | {"tracks": [*said["tracks"], "service"]}))
    (repository / "Dockerfile").write_text("FROM python:3.11\nCMD python serve.py\n")
    with (repository / "submission.toml").open("a") as out:
        out.write('\n[serve]\ndockerfile = "Dockerfile"\n')
    ended = Ended.FINISHED if builds else Ended.FAILED
    image = phase(checked(repository, handout, fake(build=Scripted(ended=ended))), "image")
    assert image.state is (State.OK if builds else State.FAILS)
    assert ("not started here" if builds else "failed") in image.seen


def test_a_notebook_has_no_train_and_no_tests_to_fail(tmp_path: Path, handout: Path) -> None:
    write(tmp_path / "book", {"solution.ipynb": json.dumps({"cells": [], "metadata": {}, "nbformat": 4})})
    checkup = checked(tmp_path / "book" / "solution.ipynb", handout)
    assert checkup.track == "notebook"
    assert not [p for p in checkup.phases if p.name in ("train", "tests")]


def test_data_that_is_not_as_it_was_sent_is_said(repository: Path, handout: Path) -> None:
    assert find(repository, handout).remarks == ()
    people = handout / "data/people.csv"
    people.write_text(people.read_text() + "X,1,,1\n")
    assert "not as it was sent" in find(repository, handout).remarks[0]


def test_the_handout_is_found_around_the_repository_or_in_it(handout: Path) -> None:
    assert find(handout / "starter", None).folder == handout
    assert find(handout, None).folder == handout
    assert find(handout / "starter", handout / "data").folder == handout


def test_no_handout_anywhere_is_answered_with_what_to_give(repository: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no handout around it") as refused:
        find(repository, None)
    assert "--data" in refused.value.hint
    with pytest.raises(UsageError, match="not a handout"):
        find(repository, repository)


@pytest.mark.parametrize("spoil", ["labels", "column", "table"])
def test_a_damaged_handout_is_named_and_nobodys_repository_is_blamed(
    repository: Path, handout: Path, spoil: str
) -> None:
    validation = handout / "data/validation"
    if spoil == "labels":
        (validation / "labels.csv").write_text("id,label\nnobody,1\n")
    elif spoil == "column":
        (validation / "visits.csv").write_text("who,day\nA,1\n")
    else:
        (validation / "visits.csv").unlink()
    with pytest.raises(UsageError, match="validation") as refused:
        checked(repository, handout)
    assert "unpack the handout again" in refused.value.hint


def test_an_engine_that_fails_is_no_phase_of_the_candidates(repository: Path, handout: Path) -> None:
    with pytest.raises(InfraError):
        checked(repository, handout, fake(predict=InfraError("the engine is gone")))


def test_a_bug_of_ours_is_said_to_be_ours(repository: Path, handout: Path) -> None:
    checkup = checked(repository, handout, fake(static=Scripted(files={"static.json": b"{}"})))
    assert not checkup.costly
    assert not checkup.runs
    assert "not by your fault" in checkup.ours[0]


def test_hostile_output_cannot_move_the_cursor(repository: Path, handout: Path) -> None:
    act = Scripted(ended=Ended.FAILED, tail="\x1b[2Jclean\u202e ::error::x\n")
    told = shown(checked(repository, handout, fake(train=act)))
    assert "\x1b" not in told
    assert "\u202e" not in told
