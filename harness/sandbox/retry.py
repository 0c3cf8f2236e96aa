"""A second try, once: nobody is charged for what one fresh sandbox shows and the next does not."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from harness.errors import InfraError
from harness.model import Built, Duel, Dueled, Ended, Sandbox, Served, Service, Stage, StageResult
from harness.sandbox.verdict import is_suspect

NOT_AT_FIRST = (Ended.TIMEOUT, Ended.OUT_OF_MEMORY)  # to be charged
log = logging.getLogger(__name__)


class Twice:
    """A sandbox that reruns a timeout, an out-of-memory kill, a suspect death or a fault of ours, once.

    The second answer counts, whatever it is: ``attempts`` is then 2 and ``reason`` says what came first.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def run(self, stage: Stage, into: Path) -> StageResult:
        """Run a stage, at most twice, each time in a fresh sandbox.

        Raises:
            InfraError: a fault of ours, the second time too.
        """
        try:
            first = self._sandbox.run(stage, into)
        except InfraError as error:
            log.warning("stage %s runs again: %s", stage.name, error)
            return self._again(stage, into, "the machine failed")
        if first.ended in NOT_AT_FIRST or is_suspect(first):
            log.warning("stage %s runs again: %s", stage.name, first.reason)
            return self._again(stage, into, f"it ended so: {first.ended}, exit code {first.exit_code}")
        return first

    @contextmanager
    def built(self, dockerfile: str, context: Path, packages: Path | None) -> Iterator[Built]:
        """Build an image, at most twice; it is gone on leaving.

        Raises:
            InfraError: a fault of ours, the second time too.
        """
        with ExitStack() as stack:
            try:
                first = stack.enter_context(self._sandbox.built(dockerfile, context, packages))
                before = first.reason if first.ended in NOT_AT_FIRST or is_suspect(first) else ""
            except InfraError as error:
                before = f"the machine failed ({error})"
            if before:
                log.warning("the build runs again: %s", before)
                stack.close()
                second = stack.enter_context(self._sandbox.built(dockerfile, context, packages))
                reason = f"{second.reason} This is the second try; in the first: {before}".lstrip()
                first = second.model_copy(update={"reason": reason, "attempts": 2})
            yield first

    def serve(self, service: Service, into: Path) -> Served:
        """Serve and probe, at most twice, each time in fresh containers.

        Raises:
            InfraError: a fault of ours, the second time too.
        """
        try:
            first = self._sandbox.serve(service, into)
        except InfraError as error:
            log.warning("the server is started again: %s", error)
            return self._serve_again(service, into, "the machine failed")
        if why := _doubtful(first):
            log.warning("the server is started again: %s", why)
            return self._serve_again(service, into, why)
        return first

    def duel(self, duel: Duel, into: Path) -> Dueled:
        """Run a duel, at most twice, each time in fresh containers.

        Raises:
            InfraError: a fault of ours, the second time too.
        """
        try:
            first = self._sandbox.duel(duel, into)
            why = _stopped_short(first, duel)  # how a server stops afterwards is not what a duel is for
        except InfraError as error:
            why = f"the machine failed ({error})"
        if why:
            log.warning("the two servers are started again: %s", why)
            shutil.rmtree(into, ignore_errors=True)
            return self._sandbox.duel(duel, into)
        return first

    def stop(self) -> None:
        """Stop the sandbox within: what runs ends, and its second try is refused."""
        self._sandbox.stop()

    def identity(self) -> Mapping[str, str]:
        """That of the sandbox within."""
        return self._sandbox.identity()

    def _again(self, stage: Stage, into: Path, before: str) -> StageResult:
        shutil.rmtree(into, ignore_errors=True)
        second = self._sandbox.run(stage, into)
        reason = f"{second.reason} This is the second try; in the first {before}.".lstrip()
        return second.model_copy(update={"attempts": 2, "reason": reason})

    def _serve_again(self, service: Service, into: Path, before: str) -> Served:
        shutil.rmtree(into, ignore_errors=True)
        second = self._sandbox.serve(service, into)
        reason = f"{second.server.reason} This is the second try; in the first {before}.".lstrip()
        server = second.server.model_copy(update={"attempts": 2, "reason": reason})
        return second.model_copy(update={"server": server})


def _doubtful(served: Served) -> str:
    """Why it is not charged at first sight; empty when it stands."""
    server, prober = served.server, served.prober
    if server.ended in NOT_AT_FIRST or is_suspect(server):
        return f"the server ended so: {server.ended}, exit code {server.exit_code}"
    if prober is not None and prober.ended is not Ended.FINISHED and server.ended is Ended.FINISHED:
        return f"the prober ended so: {prober.ended}, exit code {prober.exit_code}"
    return ""


def _stopped_short(dueled: Dueled, duel: Duel) -> str:
    """Why a duel has not had all its turns; empty when it has."""
    if len(dueled.turns) == len(duel.turns) and all(t.ended is Ended.FINISHED for t in dueled.turns):
        return ""
    return f"after {len(dueled.turns)} of {len(duel.turns)} turns nobody answered"
