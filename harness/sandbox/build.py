"""Recipe -> an image, each RUN in a hardened container of ours. No builder of the engine's is used.

The engine's own builder runs steps as root with fourteen capabilities, any number of processes and no cap on
disk; here a step gets the policy's container, weakened by exactly what `step_violations` knows.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from harness.dockerfile import BuildStage, Copy, Image, Recipe, Run
from harness.errors import InfraError
from harness.model import Built, Ended, Finding, Place, Severity, Trust
from harness.sandbox.collection import OverQuotaError
from harness.sandbox.containers import Hook, discarded
from harness.sandbox.context import ContextTooLargeError, survey
from harness.sandbox.copying import Copier, CopyFaultError, Origin
from harness.sandbox.disk import Cap, Disk
from harness.sandbox.engine import Engine
from harness.sandbox.groundwork import PACKAGES, command, lay
from harness.sandbox.images import Images
from harness.sandbox.meter import Group, metered
from harness.sandbox.policy import IMAGES, unenforced
from harness.sandbox.scratch import Run as Claim
from harness.sandbox.scratch import new_run, scratch_folder
from harness.sandbox.staging import hosts_file
from harness.sandbox.steps import Bodies, BuildLimits
from harness.sandbox.verdict import SIGXFSZ, TAIL_BYTES

log = logging.getLogger(__name__)
BUILD_LABEL = "takehome.build"
STEP_TAIL_BYTES = 4 * 1024
CONTROL_TIMEOUT_S = 60.0
NOT_THERE = "its user, working folder or shell does not exist in the image"
NO_WAY = "what it copies cannot go there: something else is in the way"
# The engine's words when a container cannot begin, or be copied into, for what is in the image.
THEIRS = (
    "unable to find user",
    "unable to find group",
    "no matching entries in",
    "executable file not found",
    "no such file or directory",
    "not a directory",
    "permission denied",
    "argument list too long",
    "file name too long",
    "too many levels of symbolic links",
    "too many links",
    "file exists",
    "cannot overwrite",
    "is a directory",
)


During = Callable[[str], AbstractContextManager[object]]


@contextmanager
def built(
    recipe: Recipe,
    context: Path,
    *,
    packages: Path | None = None,
    limits: BuildLimits | None = None,
    engine: Engine | None = None,
    runtime: str = "",
    on_created: Hook | None = None,
    scratch_dir: Path | None = None,
    during: During = nullcontext,
) -> Iterator[Built]:
    """Build it; the image is gone on leaving. Containers made from it must be gone by then.

    ``during``: entered with a container's id for as long as it runs; may raise InfraError on leaving.

    Raises:
        InfraError: the engine, the base image or this machine failed; never for what the build did.
    """
    engine = engine or Engine()
    with new_run(scratch_folder(scratch_dir)) as claim:
        work = _Build(
            recipe, context, packages, limits or BuildLimits(), engine, runtime, on_created, claim, during
        )
        try:
            yield work.run()
        finally:
            work.discard_images()


class _FailedError(Exception):
    """Theirs: how it ended, at which line."""

    def __init__(self, ended: Ended, line: int, reason: str, exit_code: int | None = None) -> None:
        super().__init__(reason)
        self.ended, self.line, self.reason, self.exit_code = ended, line, reason, exit_code


class _Build:
    def __init__(
        self,
        recipe: Recipe,
        context: Path,
        packages: Path | None,
        limits: BuildLimits,
        engine: Engine,
        runtime: str,
        on_created: Hook | None,
        claim: Claim,
        during: During,
    ) -> None:
        self._during = during
        self._recipe, self._root, self._packages, self._limits = recipe, context, packages, limits
        self._engine, self._runtime, self._on_created, self._claim = engine, runtime, on_created, claim
        self._images = Images(engine)
        self._committed: list[str] = []
        self._copies_between_stages = any(
            isinstance(step, Copy) and step.origin is not None for s in recipe.stages for step in s.steps
        )
        self._stages: dict[int, str] = {}
        self._changed: dict[str, set[str]] = {}  # image -> paths that differ from the local base
        self._spent = (0, 0)
        self._tail = b""
        self._created, self._line = 0, 1
        self._left_out: list[str] = []
        self._group = Group()

    def run(self) -> Built:
        """Never raises for what they did."""
        if self._recipe.refused:
            return Built(
                ended=Ended.SKIPPED,
                reason=f"it was not built: {self._recipe.refused}.",
                findings=self._recipe.findings,
            )
        started = time.monotonic()
        self._deadline = started + self._limits.timeout_s
        info = self._engine.info()
        self._disk = Disk(self._engine, self._images, info)
        with metered(info) as group:
            self._group = group
            self._bodies = self._bodies_in(group)
            failure = self._attempt()
            used = group.read()
        return Built(
            image_id=None if failure else self._committed[-1],
            ended=failure.ended if failure else Ended.FINISHED,
            reason=failure.reason if failure else "",
            line=failure.line if failure else None,
            exit_code=failure.exit_code if failure else 0,
            seconds=round(time.monotonic() - started, 3),
            size_bytes=self._spent[0],
            peak_memory_mb=used.peak_memory_mb,
            findings=(*self._recipe.findings, *self._findings(failure)),
            tail=self._tail.decode(errors="replace"),
            unmeasured=(*used.unmeasured, *unenforced(info), *self._disk.unmeasured),
        )

    def discard_images(self) -> None:
        """The youngest first: an image goes only after those made from it."""
        for image in reversed(self._committed):
            discarded(partial(self._discard, image))

    def _discard(self, image: str) -> None:
        if not self._images.remove(image):
            log.warning("left for the reaper: an image of a build is still in use")

    def _findings(self, failure: _FailedError | None) -> list[Finding]:
        found = [
            Finding(
                what=f"not in the build context: {what}", severity=Severity.INFO, rule="dockerfile.context"
            )
            for what in self._left_out[:10]
        ]
        if failure:
            place = Place(file=self._recipe.file, line=failure.line)
            found.append(
                Finding(what=failure.reason, place=place, severity=Severity.CRITICAL, rule="dockerfile.build")
            )
        return found

    def _attempt(self) -> _FailedError | None:
        try:
            context = survey(
                self._root,
                self._recipe.file,
                max_bytes=self._limits.context_mb << 20,
                max_files=self._limits.context_files,
            )
            self._left_out = context.left_out
            provided = {name: command(name) for name in ("uv", "uvx")}
            self._copier = Copier(self._images, context, provided, self._in_time)
            for number, stage in enumerate(self._recipe.stages):
                if stage.needed:
                    self._stages[number] = self._stage(stage)
        except ContextTooLargeError as error:
            return _FailedError(Ended.OVER_QUOTA, 1, f"{error}.")
        except _FailedError as failure:
            return failure
        except OSError as error:
            raise InfraError(f"this machine could not build: {error}", hint="takehome doctor") from error
        return None

    def _stage(self, stage: BuildStage) -> str:
        """The image it ends as."""
        image = self._stages[stage.parent] if stage.parent is not None else self._base()
        fresh = stage.parent is None
        copies: list[Copy] = []
        for step in stage.steps:
            if isinstance(step, Copy):
                copies.append(step)
                continue
            with self._container(self._bodies.run(image, step, self._left()), step.line) as container:
                self._prepare(container, stage, copies, fresh=fresh)
                self._execute(container, step)
                image = self._commit(container, step.line, image)
            copies, fresh = [], False
        with self._container(self._bodies.still(image, stage.image), stage.line) as container:
            self._prepare(container, stage, copies, fresh=fresh)
            return self._commit(container, copies[-1].line if copies else stage.line, image)

    def _base(self) -> str:
        reference = IMAGES[Trust.CANDIDATE]
        found = self._engine.image(reference)
        if found is None:
            raise InfraError(f"the engine has no image {reference}", hint="make image")
        return str(found["Id"])

    def _prepare(self, container: str, stage: BuildStage, copies: list[Copy], *, fresh: bool) -> None:
        if fresh:
            lay(self._images, container, stage.python, self._packages)
        for step in copies:
            self._line = step.line
            self._in_time()
            self._say(f"line {step.line}: COPY to {step.target}")
            try:
                with ExitStack() as stack:
                    origin = None
                    if step.origin is not None:
                        body = self._bodies.still(self._stages[step.origin], Image())
                        source = stack.enter_context(self._container(body, step.line))
                        origin = Origin(source, frozenset(self._changed[self._stages[step.origin]]))
                    with self._theirs(step.line, NO_WAY):
                        self._copier.copy(step, container, origin, most_bytes=self._cap().size_bytes)
            except CopyFaultError as fault:
                raise _FailedError(Ended.FAILED, step.line, f"line {step.line}: {fault}.") from fault
            except OverQuotaError as cap:
                raise _FailedError(Ended.OVER_QUOTA, step.line, f"line {step.line}: {cap}.") from cap

    def _execute(self, container: str, step: Run) -> None:
        """Run it to its death; returns only when it went well."""
        self._say(f"line {step.line}: RUN {step.text}")
        cap = self._cap()
        if self._on_created:
            self._on_created(self._engine.inspect(container))
        with self._theirs(step.line, NOT_THERE):
            self._engine.start(container)
        with self._during(container), self._disk.watched(container, cap) as watch:
            exit_code = self._engine.wait(container, max(0.01, self._left()))
            if exit_code is None:
                self._engine.kill(container)
        state = self._engine.inspect(container)["State"]
        if state["Running"] or state["Pid"]:
            raise InfraError("the engine says that a container ended, and that it still runs")
        self._tail += self._engine.log_tail(container, STEP_TAIL_BYTES)
        self._tail = self._tail[-TAIL_BYTES:]
        why = f"line {step.line}: RUN "
        if watch.over:
            raise _FailedError(Ended.OVER_QUOTA, step.line, f"{why}used {watch.over} and was killed.")
        if exit_code is None:
            raise self._too_late(step.line)
        if exit_code and (state["OOMKilled"] or self._group.read().oom_kills):
            raise _FailedError(
                Ended.OUT_OF_MEMORY,
                step.line,
                f"{why}was killed by the kernel for using more than {self._limits.memory_mb:,} MB of memory.",
                exit_code,
            )
        if exit_code == 128 + SIGXFSZ:
            raise _FailedError(
                Ended.OVER_QUOTA,
                step.line,
                f"{why}wrote a file larger than {self._limits.disk_mb:,} MB.",
                exit_code,
            )
        if exit_code:
            raise _FailedError(Ended.FAILED, step.line, f"{why}ended with exit code {exit_code}.", exit_code)

    def _commit(self, container: str, line: int, below: str) -> str:
        self._line = line
        self._in_time()
        cap = self._cap()
        size, files = self._disk.used(container, cap)
        if over := cap.broken_by(size, files):
            raise _FailedError(Ended.OVER_QUOTA, line, f"line {line}: the image holds {over}.")
        self._spent = (self._spent[0] + size, self._spent[1] + files)
        changed = self._disk.changed(container) if self._copies_between_stages else {}
        image = self._images.commit(container)
        self._committed.append(image)
        gone = {path for path, is_there in changed.items() if not is_there}
        self._changed[image] = (self._changed.get(below, set()) - gone) | (changed.keys() - gone)
        return image

    def _cap(self) -> Cap:
        """What is left of the disk for the next layer."""
        size, files = self._spent
        return Cap((self._limits.disk_mb << 20) - size, self._limits.disk_files - files)

    def _bodies_in(self, group: Group) -> Bodies:
        mounts = [hosts_file(self._claim.folder)]
        if self._packages:
            mounts.append((str(self._packages.resolve()), PACKAGES))
        labels = {**self._claim.labels, BUILD_LABEL: "1"}  # weaker than a stage, as step_violations says
        return Bodies(self._limits, labels, tuple(mounts), group.parent, self._runtime)

    def _left(self) -> float:
        return self._deadline - time.monotonic()

    def _in_time(self) -> None:
        if self._left() < 0:
            raise self._too_late(self._line)

    def _too_late(self, line: int) -> _FailedError:
        reason = f"line {line}: the build had not finished after {self._limits.timeout_s:g} s and was killed."
        return _FailedError(Ended.TIMEOUT, line, reason)

    def _say(self, sentence: str) -> None:
        self._tail = (self._tail + f"--- {sentence[:300]}\n".encode())[-TAIL_BYTES:]

    # ------------------------------------------------------------------------- containers

    @contextmanager
    def _container(self, body: dict[str, Any], line: int) -> Iterator[str]:
        """Created, not started; removed on leaving, whatever happened."""
        self._created += 1
        name = f"{self._claim.name}-{self._created}"
        try:
            with self._theirs(line, NOT_THERE):
                container = self._engine.create(body, name)
            yield container
        finally:
            discarded(lambda: self._engine.remove(name))

    @contextmanager
    def _theirs(self, line: int, reason: str) -> Iterator[None]:
        """What the engine refuses for what is in their image, told from what it refuses for our sake."""
        try:
            yield
        except InfraError as error:
            said = next((words for words in THEIRS if words in str(error).lower()), "")
            if not said:
                raise
            self._prove_that_the_base_runs()
            # Not the engine's whole sentence: it tells paths of this machine.
            raise _FailedError(Ended.FAILED, line, f"line {line}: {reason} ({said}).") from error

    def _prove_that_the_base_runs(self) -> None:
        """InfraError unless a container of ours, with all we give to theirs, begins and ends as it should."""
        control = Run(line=1, argv=("true",), env={}, user="", workdir="/", text="")
        name = f"{self._claim.name}-control"
        try:
            container = self._engine.create(self._bodies.run(self._base(), control, self._left()), name)
            self._engine.start(container)
            if self._engine.wait(container, CONTROL_TIMEOUT_S) != 0:
                raise InfraError("the base image cannot run a step that does nothing", hint="takehome doctor")
        finally:
            discarded(lambda: self._engine.remove(name))
