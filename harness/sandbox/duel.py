"""A Duel -> Dueled: two servers with nothing in common but the machine, and only one of them runs at a time.

Each has a network namespace of its own, so that neither reaches, floods or stands in for the other. The one
whose turn it is not is frozen by the kernel (the engine's "pause"), so that it cannot take the other's
processor either.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from harness.model import Duel, Dueled, Ended, Served, Service, Side, Stage, StageResult
from harness.sandbox.serving import Server

Start = Callable[[Service], Server | Served]
Probe = Callable[[Stage, Server, Path], StageResult | None]


def dueled(duel: Duel, start: Start, probe: Probe, into: Path) -> Dueled:
    """Start one after the other, ask them in turns, stop both; a turn that fails is the last.

    Raises:
        InfraError: the engine failed.
    """
    live: dict[Side, Server] = {}
    first: dict[Side, StageResult | None] = {}
    served: dict[Side, Served] = {}
    turns: list[StageResult] = []
    for side, service in duel.services:
        begun = start(service)
        if isinstance(begun, Served):
            served[side] = begun
            break
        live[side] = begun
        first[side] = probe(service.prober, begun, into / side.value)
        begun.freeze()
        if not _went_well(first[side]):
            break
    else:
        turns = _turns(duel, live, probe, into)
    for side, server in live.items():
        server.thaw()
        served[side] = server.stopped(first[side])
    return Dueled(served=served, turns=tuple(turns))


def _turns(duel: Duel, live: dict[Side, Server], probe: Probe, into: Path) -> list[StageResult]:
    found: list[StageResult] = []
    for number, turn in enumerate(duel.turns):
        live[turn.side].thaw()
        result = probe(turn.prober, live[turn.side], into / str(number))
        live[turn.side].freeze()
        if result is None:  # dead: `stopped` says how
            break
        found.append(result)
        if not _went_well(result):
            break
    return found


def _went_well(result: StageResult | None) -> bool:
    return result is not None and result.ended is Ended.FINISHED
