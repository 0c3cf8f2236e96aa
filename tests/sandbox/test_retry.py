"""Nobody is charged for what one fresh sandbox shows and the next does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.errors import InfraError
from harness.model import Ended, Service, Stage, Trust
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


SERVICE = Service(
    image_id="image",
    workdir="/app",
    server=Stage(name="serve", argv=("serve",)),
    prober=Stage(name="serve", argv=("probe",), trust=Trust.TOOLS, keep=("probe.json",)),
)
PROBED = Scripted(files={"probe.json": b"{}"})


@pytest.mark.parametrize(
    "first",
    [
        {"server": Scripted(Ended.TIMEOUT)},
        {"server": Scripted(Ended.OUT_OF_MEMORY)},
        {"server": Scripted(Ended.FAILED, 137)},
        {"server": GONE},
        {"serve": Scripted(Ended.FAILED, 3)},
        {"serve": Scripted(Ended.TIMEOUT)},
        {"serve": GONE},
    ],
    ids=str,
)
def test_a_doubtful_first_service_is_forgotten_when_the_second_is_good(
    first: dict[str, Scripted | InfraError], tmp_path: Path
) -> None:
    good = {"server": Scripted(), "serve": PROBED}
    fake = FakeSandbox({name: [first.get(name, act), act] for name, act in good.items()})
    served = Twice(fake).serve(SERVICE, tmp_path / "out")
    assert (served.server.ended, served.server.attempts) == (Ended.FINISHED, 2)
    assert served.prober is not None
    assert "second try" in served.server.reason
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["probe.json"]


@pytest.mark.parametrize("server", [Scripted(), Scripted(Ended.FAILED, 1)], ids=str)
def test_a_server_with_a_plain_ending_is_started_once(server: Scripted, tmp_path: Path) -> None:
    fake = FakeSandbox({"server": server, "serve": PROBED})
    served = Twice(fake).serve(SERVICE, tmp_path)
    assert (served.server.ended, served.server.attempts, fake.names) == (server.ended, 1, ["server", "serve"])


def test_a_server_that_has_to_be_killed_twice_is_charged(tmp_path: Path) -> None:
    fake = FakeSandbox({"server": Scripted(Ended.TIMEOUT), "serve": PROBED})
    served = Twice(fake).serve(SERVICE, tmp_path)
    assert (served.server.ended, served.server.attempts) == (Ended.TIMEOUT, 2)
