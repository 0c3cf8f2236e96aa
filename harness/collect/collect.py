"""The stages in order: train, then predict and the tests side by side; our analysers beside all of it."""

from __future__ import annotations

from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from pathlib import Path

from harness.collect.code_lane import code_lane
from harness.collect.data_lane import data_lane, train_and_predict
from harness.collect.ground import Ground
from harness.collect.line import Line, Watcher
from harness.journal import NAME as JOURNAL
from harness.journal import Journal
from harness.model import (
    Evidence,
    Sandbox,
    StageResult,
)
from harness.store import write_text


def collect(
    ground: Ground,
    sandbox: Sandbox,
    *,
    into: Path,
    watcher: Watcher,
    journal: Journal,
    before: tuple[StageResult, ...] = (),
) -> Evidence:
    """Run every stage that applies; write ``into``/<stage>/... and ``into``/../evidence.json.

    A stage that ``journal`` has a result of is not run again. ``before``: results of stages that ran
    already, such as the environment's.

    Raises:
        InfraError: the sandbox itself failed, also when tried again.
    """
    line = Line(ground, sandbox, into, watcher, journal)
    line.results.update({result.stage: result for result in before})
    with ThreadPoolExecutor(max_workers=2) as pool:
        try:
            work: list[Future[None]] = [pool.submit(data_lane, line), pool.submit(code_lane, line)]
            done, _ = wait(work, return_when=FIRST_EXCEPTION)
            for future in done:
                future.result()
        except BaseException:
            sandbox.stop()  # a fault or Ctrl-C: what still runs is of no use to anybody
            raise
    evidence = line.evidence()
    write_text(into.parent / "evidence.json", evidence.model_dump_json(indent=1) + "\n")
    return evidence


def collect_predictions(
    ground: Ground,
    sandbox: Sandbox,
    *,
    into: Path,
    watcher: Watcher,
    predictions: tuple[str, ...] = ("predict",),
) -> Evidence:
    """Only train and predict, on all rows: what an anchor of the scale needs."""
    into.mkdir(parents=True, exist_ok=True)
    line = Line(ground, sandbox, into, watcher, Journal(into / JOURNAL))
    train_and_predict(line, predictions)
    return line.evidence()
