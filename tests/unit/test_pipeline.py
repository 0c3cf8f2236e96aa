"""The whole line on the scripted sandbox: what is published, what is found again, who is charged."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from harness import pipeline
from harness.assignment import load
from harness.errors import InfraError, SpecError, SubmissionError
from harness.exam import Bench, prepare
from harness.model import (
    AnswerKey,
    Ended,
    Evidence,
    ExtraStage,
    Grader,
    NoParams,
    Score,
    Stage,
    StageResult,
    Verdict,
)
from harness.pipeline import Graded
from harness.sandbox import Twice
from harness.sandbox.fake import FakeSandbox, Scripted
from harness.seal import head_of, seal, verify
from harness.store import Places
from harness.track import Outcome, State

GENERATE = """
import argparse, json, pathlib
import pandas as pd
arguments = argparse.ArgumentParser()
arguments.add_argument("--seed", type=int)
arguments.add_argument("--out", type=pathlib.Path)
given = arguments.parse_args()
rows = pd.DataFrame({"id": [f"r{i}" for i in range(6)]})
for name in ("public", "inputs/all", "inputs/one", "inputs/shuffled"):
    (given.out / name).mkdir(parents=True)
    rows.to_csv(given.out / name / "customers.csv", index=False)
(given.out / "sealed").mkdir()
rows.assign(label=[0, 1] * 3).to_parquet(given.out / "sealed" / "rows.parquet")
(given.out / "sealed" / "meta.json").write_text(json.dumps({"seed": given.seed}))
"""
SPEC: dict[str, Any] = {
    "slug": "tiny",
    "title": "A tiny assignment",
    "version": 1,
    "tracks": ["repo"],
    "dataset": {"name": "tiny", "seed": 1},
    "anchors": {"baseline": "submissions/b", "reference": "submissions/r"},
    "rubric": [
        {"id": "A1", "title": "Right answers", "grader": "accuracy", "weight": 60},
        {"id": "B1", "title": "Something else", "grader": "other", "weight": 40},
    ],
}
REPOSITORY = {"train.py": "pass\n", "predict.py": "pass\n"}


def accuracy(evidence: Evidence, key: AnswerKey, params: NoParams) -> Score:
    truth = key.table("rows").merge(key.table("anchors"), on="id")
    found = pd.read_csv(evidence.file("predict", "predictions.csv"))
    right = ((found["prediction"] > 0.5) == (truth["label"] == 1)).mean()
    return Score.graded(float(right), f"{right:.0%} right")


def graders(other: Score | Exception) -> dict[str, Grader[Any]]:
    def grade(evidence: Evidence, key: AnswerKey, params: NoParams) -> Score:
        if isinstance(other, Exception):
            raise other
        return other

    return {
        "accuracy": Grader("accuracy", ("predict",), NoParams, accuracy),
        "other": Grader("other", (), NoParams, grade),
    }


class Silent:
    def started(self, stage: str) -> None:
        pass

    def ended(self, result: StageResult) -> None:
        pass


def answers(stage: Stage) -> Scripted:
    """Predicts r1, r3 and r5, for whatever rows it is given."""
    source = next(mount.source for mount in stage.mounts if mount.target == "/input")
    ids = (source / "customers.csv").read_text().split()[1:]
    lines = [f"{i},{0.9 if int(i[1:]) % 2 else 0.1}" for i in ids]
    return Scripted(files={"predictions.csv": ("id,prediction\n" + "\n".join(lines) + "\n").encode()})


def fake(**changes: Any) -> FakeSandbox:
    script: dict[str, Any] = {
        "train": Scripted(files={"model/m": b"1"}),
        "predict": answers,
        "predict-one": answers,
        "predict-shuffled": answers,
        "static": Scripted(files={"static.json": b"{}"}),
    }
    return FakeSandbox(script | changes)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return laid_out(tmp_path)


def laid_out(
    tmp_path: Path,
    other: Score | Exception = Score.graded(1.0, "fine"),  # noqa: B008
    **changes: Any,
) -> Bench:
    root = tmp_path / "root"
    write(root / "datasets/tiny", {"generate.py": GENERATE})
    for name in ("b", "r"):
        write(root / "assignments/tiny/submissions" / name, REPOSITORY)
    write(root / "assignments/tiny", {"assignment.yaml": yaml.safe_dump(SPEC | changes)})
    write(root / "docker", {"candidate.lock": "numpy==2.0.0 \\\n    --hash=sha256:0\n"})
    write(tmp_path / "theirs", REPOSITORY)
    places = Places(root=root, home=tmp_path / "home", runs=tmp_path / "runs")
    registry = graders(other)
    return Bench(load(root / "assignments/tiny", registry), root / "assignments/tiny", registry, places)


def write(folder: Path, files: Mapping[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text)


def grade(bench: Bench, sandbox: FakeSandbox, **options: Any) -> Graded:
    source = bench.places.home.parent / "theirs"
    return pipeline.grade(source, bench, Twice(sandbox), Silent(), mirror=untold, **options)


def untold(run_dir: Path, *, home: Path) -> Outcome:
    return Outcome(State.WAITING, "nobody was told")


def test_one_submission_becomes_one_run_folder_with_everything_in_it(bench: Bench) -> None:
    graded = grade(bench, fake())
    assert str(graded.card.total) == "100.00"
    names = {path.name for path in graded.run.iterdir()}
    assert names == {
        "submission", "evidence", "evidence.json", "scorecard.json", "report.html", "results",
        "log.jsonl", "run.json", "journal.jsonl", "seal.json",
    }  # fmt: skip
    assert pipeline.read_card(graded.run) == graded.card
    assert not list(bench.places.runs.rglob(".unfinished-*"))


def test_the_same_submission_again_runs_nothing_and_fresh_runs_it_to_the_same_card(bench: Bench) -> None:
    first, again, fresh = fake(), fake(), fake()
    graded = grade(bench, first)
    assert grade(bench, again).run == graded.run
    assert again.ran == []
    anew = grade(bench, fresh, fresh=True)
    assert anew.run != graded.run
    assert anew.card.model_dump_json() == graded.card.model_dump_json()


def test_the_anchors_are_run_once_for_an_edition(bench: Bench) -> None:
    first, second = fake(), fake()
    grade(bench, first)
    grade(bench, second, fresh=True)
    assert first.names.count("train") == 3
    assert second.names.count("train") == 1


def test_an_engine_that_goes_away_publishes_nothing_and_charges_nobody(bench: Bench) -> None:
    grade(bench, fake())
    gone = fake(predict=InfraError("the engine went away"))
    with pytest.raises(InfraError, match="went away") as caught:
        grade(bench, gone, fresh=True)
    assert caught.value.exit_code == 3
    assert gone.names.count("predict") == 2  # tried again once
    published = [path for path in (bench.places.runs / "tiny").iterdir() if path.name[0] != "."]
    assert len(published) == 1


def test_an_engine_that_stumbles_once_costs_nothing(bench: Bench) -> None:
    graded = grade(bench, fake(train=[InfraError("a hiccup"), Scripted(files={"model/m": b"1"})]))
    assert str(graded.card.total) == "100.00"


def test_a_timeout_is_charged_only_when_a_fresh_sandbox_times_out_too(bench: Bench) -> None:
    grade(bench, fake())
    late = Scripted(ended=Ended.TIMEOUT)
    once = grade(bench, fake(predict=[late, answers]), fresh=True)
    assert str(once.card.total) == "100.00"
    assert Evidence.read(once.run).result("predict").attempts == 2
    twice = grade(bench, fake(predict=late), fresh=True)
    assert str(twice.card.total) == "25.00"
    assert "timeout" in twice.card.lines[0].score.reason or "ran" in twice.card.lines[0].score.reason


def test_a_grader_that_raises_withholds_the_total_and_is_no_cache_hit(tmp_path: Path) -> None:
    bench = laid_out(tmp_path, KeyError("a bug of ours"))
    graded = grade(bench, fake())
    assert graded.card.total is None
    assert graded.card.lines[1].score.verdict is Verdict.UNGRADED
    assert "a bug of ours" in (graded.run / "log.jsonl").read_text()
    again = fake()
    assert not grade(bench, again).cached
    assert again.names


def test_a_damaged_answer_key_stops_the_grading_and_names_the_file(bench: Bench) -> None:
    graded = grade(bench, fake())
    key = next((bench.places.home / "keys").iterdir())
    (key / "anchors.parquet").write_bytes(b"\0" * 100)
    with pytest.raises(InfraError, match=r"anchors\.parquet: the answer key is damaged"):
        grade(bench, fake(), fresh=True)
    with pytest.raises(InfraError, match="damaged"):
        pipeline.regrade(graded.run, bench)


def test_regrading_gives_the_identical_card_without_a_sandbox(bench: Bench) -> None:
    graded = grade(bench, fake())
    old, new = pipeline.regrade(graded.run, bench)
    assert old.model_dump_json() == new.model_dump_json()


def test_a_rubric_change_is_regraded_and_the_old_card_is_kept(tmp_path: Path, bench: Bench) -> None:
    graded = grade(bench, fake())
    changed = laid_out(tmp_path, Score.graded(0.5, "less"))
    old, new = pipeline.regrade(graded.run, changed)
    assert (str(old.total), str(new.total)) == ("100.00", "80.00")
    pipeline.replace_card(graded.run, old, new, changed)
    assert pipeline.read_card(graded.run) == new
    kept = [json.loads(path.read_text())["total"] for path in graded.run.glob("scorecard-*.json")]
    assert kept == ["100.00"]


def test_a_run_that_is_found_again_is_judged_by_the_graders_of_today(tmp_path: Path, bench: Bench) -> None:
    grade(bench, fake())
    mended = laid_out(tmp_path, Score.graded(0.5, "a grader was mended"))
    sandbox = fake()
    graded = grade(mended, sandbox)
    assert (graded.cached, str(graded.card.total), sandbox.ran) == (True, "80.00", [])
    assert verify(graded.run) == []


def test_weights_that_move_run_nothing_again(tmp_path: Path, bench: Bench) -> None:
    first = grade(bench, fake())
    moved = laid_out(
        tmp_path, Score.graded(0.5, "less"), title="Another title", rubric=_weighed(20, 80), version=2
    )
    sandbox = fake()
    graded = grade(moved, sandbox)
    assert (graded.run, graded.cached, str(graded.card.total), sandbox.ran) == (first.run, True, "60.00", [])
    assert pipeline.read_card(graded.run).assignment_version == 2
    assert verify(graded.run) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"limits": {"train": {"timeout_s": 30}}},
        {"stages": ["predict-retrained"]},
        {"dataset": {"name": "tiny", "seed": 2}},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_what_is_run_otherwise_is_run_again(tmp_path: Path, bench: Bench, changes: dict[str, Any]) -> None:
    grade(bench, fake())
    again = fake(**{"retrain": Scripted(files={"model/m": b"1"}), "predict-retrained": answers})
    assert not grade(laid_out(tmp_path, **changes), again).cached
    assert "train" in again.names


def _weighed(*weights: float) -> list[dict[str, Any]]:
    return [c | {"weight": weight} for c, weight in zip(SPEC["rubric"], weights, strict=True)]


def test_a_renderer_that_crashes_loses_a_page_and_not_the_grade(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise RuntimeError("a template is broken")

    with monkeypatch.context() as broken:
        broken.setattr(pipeline, "render", crash)
        with pytest.raises(RuntimeError, match="template"):
            grade(bench, fake())
    again = fake()
    graded = grade(bench, again)
    assert graded.cached
    assert again.ran == []
    assert (graded.run / "report.html").is_file()


def test_a_killed_grading_goes_on_where_it_was_and_ends_in_the_same_card(bench: Bench) -> None:
    broken = fake(**{"predict-one": InfraError("the machine lost power")})
    with pytest.raises(InfraError):
        grade(bench, broken)
    (unfinished,) = bench.places.runs.rglob(".unfinished-*")
    (unfinished / "evidence" / "environment" / ".environment.json.1fc2b458").write_text("half")
    resumed = fake()
    graded = grade(bench, resumed)
    assert "train" not in resumed.names
    assert graded.card.model_dump_json() == grade(bench, fake(), fresh=True).card.model_dump_json()
    assert not list(bench.places.runs.rglob(".*"))


def test_twenty_duplicates_at_once_are_one_run(bench: Bench) -> None:
    sandbox = fake()
    with ThreadPoolExecutor(20) as pool:
        graded = list(pool.map(lambda _: grade(bench, sandbox), range(20)))
    assert len({one.run for one in graded}) == 1
    assert sum(not one.cached for one in graded) == 1
    assert sandbox.names.count("train") == 3  # two anchors and one submission
    assert [path.name[0] for path in (bench.places.runs / "tiny").iterdir()] != ["."]


def test_one_flipped_byte_in_a_run_is_named(bench: Bench) -> None:
    run = grade(bench, fake()).run
    assert verify(run) == []
    for name in ("submission/train.py", "evidence/predict/predictions.csv", "scorecard.json", "report.html"):
        original = (run / name).read_bytes()
        (run / name).write_bytes(original[:-1] + bytes([original[-1] ^ 1]))
        told = verify(run)
        assert len(told) == 1
        assert f"{name} differs" in told[0]
        (run / name).write_bytes(original)
    (run / "evidence" / "predict" / "more.csv").write_text("x")
    assert verify(run) == ["evidence: evidence/predict/more.csv was added"]


def test_a_rewritten_seal_has_another_head_and_a_regrade_continues_the_chain(
    tmp_path: Path, bench: Bench
) -> None:
    run = grade(bench, fake()).run
    head = head_of(run)
    (run / "scorecard.json").write_text((run / "scorecard.json").read_text() + " ")
    forged = seal(run)
    assert verify(run) == []
    assert forged != head
    assert json.loads((run / "seal.json").read_text())["before"] == head


def test_a_page_that_was_half_written_when_it_was_killed_is_swept_up(bench: Bench) -> None:
    run = grade(bench, fake()).run
    (run / "seal.json").unlink()
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (run / "results" / f".summary.md.{gone.pid}-1fc2b458").write_text("half")
    again = grade(bench, fake())
    assert again.cached
    assert not list(run.rglob(".summary*"))
    assert verify(run) == []


def test_a_refused_submission_leaves_no_folder(bench: Bench) -> None:
    grade(bench, fake())
    before = sorted((bench.places.runs / "tiny").iterdir())
    empty = bench.places.home.parent / "empty"
    empty.mkdir()
    with pytest.raises(SubmissionError, match="nothing to grade"):
        pipeline.grade(empty, bench, fake(), Silent(), mirror=untold)
    assert sorted((bench.places.runs / "tiny").iterdir()) == before


def test_an_anchor_that_does_not_predict_is_the_authors_to_mend(bench: Bench) -> None:
    with pytest.raises(SpecError, match="the baseline anchor did not predict"):
        grade(bench, fake(predict=Scripted(ended=Ended.FAILED)))


def test_a_generator_that_fails_is_named_with_its_last_words(bench: Bench) -> None:
    (bench.places.root / "datasets/tiny/generate.py").write_text("raise SystemExit('no such table')\n")
    with pytest.raises(SpecError, match=r"generate\.py: failed for seed 1: no such table"):
        grade(bench, fake())


def test_times_stand_in_the_run_and_never_in_the_card(bench: Bench) -> None:
    graded = grade(bench, fake())
    facts = json.loads((graded.run / "run.json").read_text())
    assert facts["started"] < facts["finished"]
    assert facts["started"][:10] not in (graded.run / "scorecard.json").read_text()


def test_the_references_service_is_trained_once_an_edition_and_only_where_services_are_timed(
    bench: Bench,
) -> None:
    assert prepare(bench, fake(), Silent()).rival is None
    timed = bench.assignment.model_copy(update={"stages": (ExtraStage.LOAD,)})
    bench = replace(bench, assignment=timed)
    sandbox = fake()
    first, again = prepare(bench, sandbox, Silent()), prepare(bench, sandbox, Silent())
    assert sandbox.names == ["train"]  # the answer key was there already
    assert first.rival is not None
    assert again.rival == first.rival
    assert (first.rival.trained / "model" / "m").read_bytes() == b"1"
    assert (first.rival.submission.root / "train.py").is_file()


def test_a_reference_that_does_not_train_is_the_authors_to_mend(bench: Bench) -> None:
    timed = bench.assignment.model_copy(update={"stages": (ExtraStage.LOAD,)})
    prepare(bench, fake(), Silent())
    with pytest.raises(SpecError, match="did not train"):
        prepare(replace(bench, assignment=timed), fake(train=Scripted(Ended.FAILED, 1)), Silent())
