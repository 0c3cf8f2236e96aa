"""Nobody is charged for what one fresh sandbox shows and the next does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.errors import InfraError
from harness.model import Ended, Stage
from harness.sandbox import Twice
from harness.sandbox.fake import FakeSandbox, Scripted

STAGE = Stage(name="train", argv=("x",), keep=("m/**",))
GOOD = Scripted(files={"m/good": b"1"})
GONE = InfraError("the engine is gone")


@pytest.mark.parametrize(
    "first",
    [
        Scripted(Ended.TIMEOUT, files={"m/half": b"1"}),
        Scripted(Ended.OUT_OF_MEMORY, files={"m/half": b"1"}),
        Scripted(Ended.FAILED, 137, {"m/half": b"1"}),
        Scripted(Ended.FAILED, 143),
        Scripted(Ended.FAILED, 255),
        GONE,
    ],
    ids=str,
)
def test_a_suspect_first_try_is_forgotten_when_the_second_is_good(
    first: Scripted | InfraError, tmp_path: Path
) -> None:
    fake = FakeSandbox({"train": [first, GOOD]})
    result = Twice(fake).run(STAGE, tmp_path / "out")
    assert (result.ended, result.attempts, fake.names) == (Ended.FINISHED, 2, ["train"] * 2)
    assert [p.name for p in (tmp_path / "out").rglob("*") if p.is_file()] == ["good"]
    assert "second try" in result.reason


@pytest.mark.parametrize("ended", [Ended.TIMEOUT, Ended.OUT_OF_MEMORY])
def test_what_happens_twice_is_charged(ended: Ended, tmp_path: Path) -> None:
    fake = FakeSandbox({"train": Scripted(ended)})
    result = Twice(fake).run(STAGE, tmp_path)
    assert (result.ended, result.attempts, len(fake.ran)) == (ended, 2, 2)


def test_dying_by_an_unknown_signal_every_time_wins_no_third_try(tmp_path: Path) -> None:
    fake = FakeSandbox({"train": Scripted(Ended.FAILED, 137)})
    result = Twice(fake).run(STAGE, tmp_path)
    assert (result.ended, result.attempts, len(fake.ran)) == (Ended.FAILED, 2, 2)


@pytest.mark.parametrize("act", [GOOD, Scripted(Ended.FAILED, 1), Scripted(Ended.OVER_QUOTA)], ids=str)
def test_a_plain_ending_is_not_tried_again(act: Scripted, tmp_path: Path) -> None:
    fake = FakeSandbox({"train": [act, GOOD]})
    result = Twice(fake).run(STAGE, tmp_path)
    assert (result.ended, result.attempts, len(fake.ran)) == (act.ended, 1, 1)


def test_a_fault_of_ours_is_raised_when_it_comes_twice(tmp_path: Path) -> None:
    fake = FakeSandbox({"train": GONE})
    with pytest.raises(InfraError, match="gone"):
        Twice(fake).run(STAGE, tmp_path)
    assert len(fake.ran) == 2


def test_the_fake_can_answer_from_the_stage_itself(tmp_path: Path) -> None:
    fake = FakeSandbox({}, default=lambda stage: Scripted(files={"m/name": stage.name.encode()}))
    fake.run(STAGE, tmp_path)
    assert (tmp_path / "m" / "name").read_text() == "train"


def test_a_stage_that_no_script_knows_is_a_mistake_of_the_tests(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="train"):
        FakeSandbox({}).run(STAGE, tmp_path)


@pytest.mark.parametrize("first", [Scripted(Ended.TIMEOUT), Scripted(Ended.FAILED, 137), GONE], ids=str)
def test_a_build_gets_a_second_try_too(first: Scripted | InfraError, tmp_path: Path) -> None:
    fake = FakeSandbox({"build": [first, Scripted()]})
    with Twice(fake).built("Dockerfile", tmp_path, None) as found:
        assert (found.ended, found.attempts) == (Ended.FINISHED, 2)
        assert "second try" in found.reason


def test_a_build_that_fails_plainly_is_not_tried_again(tmp_path: Path) -> None:
    fake = FakeSandbox({"build": [Scripted(Ended.FAILED, 1), Scripted()]})
    with Twice(fake).built("Dockerfile", tmp_path, None) as found:
        assert (found.ended, found.attempts, fake.names) == (Ended.FAILED, 1, ["build"])
