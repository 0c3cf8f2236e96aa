"""Their service and the reference's, on the same machine in turns -> load.json: how soon each answers.

Two rounds of fresh servers, the second in the other order. In each both are started, and then asked the same
rows in adjacent turns (A B, B A, A B, B A): what slows the machine down slows both. The probers are ours, and
so is the reference: what fails there is our fault and says so by its writer.
"""

from __future__ import annotations

import json
import shutil
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from harness.collect.commands import RUNNER
from harness.collect.ground import Ground, Rival
from harness.collect.serving import (
    HEALTH_S,
    MARGIN_S,
    NEVER_HEALTHY,
    prober_stage,
    serve_settings,
    server_stage,
)
from harness.errors import InfraError
from harness.model import (
    Duel,
    Dueled,
    Ended,
    ExtraStage,
    Mount,
    Sandbox,
    Served,
    Service,
    Side,
    Stage,
    StageResult,
    Trust,
    Turn,
)
from harness.store import write_text

FILE = "load.json"
AT = "/submission"  # where the reference's code lies in the image of everybody
WARM = 4  # rows that the probers' "start" asks
PAIRS = 4  # of turns in a round
PHASE_S = 2.0
GRACE_S = 3.0  # how they stop is another leaf's
TURN_S = 2 * (PHASE_S + 10.0) + MARGIN_S
MOST_BYTES = 4 << 20
CANDIDATE, REFERENCE = Side.CANDIDATE, Side.REFERENCE
ROUNDS = ((REFERENCE, CANDIDATE), (CANDIDATE, REFERENCE))


def load(
    ground: Ground, rival: Rival, image_id: str, trained: Path, plan: Path, sandbox: Sandbox, into: Path
) -> StageResult:
    """Both rounds; ``into``/load.json has what the probers and the host saw.

    Raises:
        InfraError: the engine or this machine failed, the second time too.
    """
    mine = _service(ground, image_id, serve_settings(ground)[1].workdir, trained, plan)
    other = replace(ground, submission=rival.submission, packages=None)
    theirs = _service(other, sandbox.identity()["candidate"], AT, rival.trained, plan)
    code = Mount(source=rival.submission.root, target=AT)
    server = theirs.server.model_copy(update={"mounts": (*theirs.server.mounts, code)})
    services = {CANDIDATE: mine, REFERENCE: theirs.model_copy(update={"server": server})}
    began, rounds = time.monotonic(), []
    for number, order in enumerate(ROUNDS):
        duel = _duel(order, services, rows=len(json.loads((plan / "plan.json").read_text("utf-8"))["rows"]))
        folder = into / f".round-{number}"
        dueled = sandbox.duel(duel, folder)
        rounds.append(_round(duel, dueled, folder))
        shutil.rmtree(folder, ignore_errors=True)
        if (failed := _failed(duel, dueled)) is not None:
            return failed
    write_text(into / FILE, json.dumps({"version": 1, "rounds": rounds}) + "\n")
    seconds = round(time.monotonic() - began, 3)
    return StageResult(stage=ExtraStage.LOAD.value, ended=Ended.FINISHED, seconds=seconds, files=(FILE,))


def _service(ground: Ground, image_id: str, workdir: str, trained: Path, plan: Path) -> Service:
    turns_s = 2 * PAIRS * TURN_S
    return Service(
        image_id=image_id,
        workdir=workdir,
        server=server_stage(ground, trained, lives_s=2 * (HEALTH_S + MARGIN_S) + turns_s),
        prober=_prober(ground, plan, "start", (), HEALTH_S + MARGIN_S),
        grace_s=GRACE_S,
    )


def _duel(order: tuple[Side, Side], services: dict[Side, Service], *, rows: int) -> Duel:
    count = (rows - WARM) // PAIRS
    turns: list[Turn] = []
    for pair in range(PAIRS):
        asked = order if pair % 2 == 0 else order[::-1]
        words = ("--first", str(WARM + pair * count), "--count", str(count), "--phase-s", f"{PHASE_S:g}")
        turns += [Turn(side=side, prober=_turn(services[side].prober, words)) for side in asked]
    return Duel(services=tuple((side, services[side]) for side in order), turns=tuple(turns))


def _prober(ground: Ground, plan: Path, what: str, words: tuple[str, ...], timeout_s: float) -> Stage:
    settings, _ = serve_settings(ground)
    stage = prober_stage(
        "load.py",
        settings,
        plan,
        words=(what, "--port", str(settings.port), *words),
        timeout_s=timeout_s + 2 * MARGIN_S,
        keep=FILE,
    )
    return stage.model_copy(update={"name": ExtraStage.LOAD.value})


def _turn(start: Stage, words: tuple[str, ...]) -> Stage:
    """The prober of a turn asks the same server as that of the start."""
    script = start.argv.index(f"{RUNNER}/load.py")
    argv = (*start.argv[: script + 1], "turn", *start.argv[script + 2 :], *words)
    return start.model_copy(update={"argv": argv})


def _round(duel: Duel, dueled: Dueled, folder: Path) -> dict[str, Any]:
    """One round as load.json has it: the host's word on the servers, the probers' on the answers."""
    servers = {}
    for side, served in dueled.served.items():
        server = served.server
        servers[side.value] = {
            "ended": server.ended.value,
            "reason": server.reason,
            "began_at": served.began_at,
            "seconds": server.seconds,
            "peak_memory_mb": server.peak_memory_mb,
            "start": _told(folder / side.value / FILE),
        }
    turns = [
        {"side": turn.side.value, **(_told(folder / str(number) / FILE) or {})}
        for number, (turn, _) in enumerate(zip(duel.turns, dueled.turns, strict=False))
    ]
    return {"servers": servers, "turns": turns}


def _told(path: Path) -> dict[str, Any] | None:
    """What a prober of ours wrote."""
    if not path.is_file():
        return None
    if path.stat().st_size > MOST_BYTES:
        raise InfraError(f"a prober wrote more than {MOST_BYTES:,} bytes")
    told: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return told


def _failed(duel: Duel, dueled: Dueled) -> StageResult | None:
    """Why a round is not whole, as the stage's result: theirs as a value, ours by its writer."""
    name = ExtraStage.LOAD.value
    if (other := dueled.served.get(REFERENCE)) is not None and (why := _not_asked(other)):
        reason = f"the reference's service: {why}"
        return StageResult(stage=name, ended=Ended.FAILED, reason=reason, writer=Trust.TOOLS)
    if (mine := dueled.served.get(CANDIDATE)) is not None and (why := _not_asked(mine)):
        ours = mine.prober is not None and mine.prober.exit_code != NEVER_HEALTHY and why == OURS
        ended = mine.server.ended if mine.server.ended is not Ended.FINISHED else Ended.FAILED
        return StageResult(
            stage=name,
            ended=ended,
            reason=why,
            tail=mine.server.tail,
            exit_code=mine.server.exit_code,
            writer=Trust.TOOLS if ours else Trust.CANDIDATE,
        )
    bad = next((t for t in dueled.turns if t.ended is not Ended.FINISHED), None)
    if bad is None and len(dueled.turns) == len(duel.turns):
        return None
    reason = f"our prober failed: {bad.reason or bad.ended}" if bad else "the turns broke off"
    return StageResult(stage=name, ended=Ended.FAILED, reason=reason, writer=Trust.TOOLS)


OURS = "our prober failed"


def _not_asked(served: Served) -> str:
    """Why this server was not there for all its turns; empty when it was."""
    server, prober = served.server, served.prober
    if server.ended not in (Ended.FINISHED, Ended.TIMEOUT):  # not stopping when told is another leaf's
        return server.reason or server.ended.value
    if prober is None:
        return "the server was not there to be asked"
    if prober.ended is Ended.FINISHED:
        return ""
    if prober.exit_code == NEVER_HEALTHY:
        return f"started again, the server answered no row within {HEALTH_S:g} s"
    return OURS
