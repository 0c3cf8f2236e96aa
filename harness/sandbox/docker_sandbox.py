"""Stage -> StageResult and files: one fresh container, dead before anything is collected, gone afterwards."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from harness.dockerfile import read
from harness.errors import InfraError
from harness.model import Built, Duel, Dueled, Limits, Served, Service, Stage, StageResult, Trust
from harness.sandbox.build import built
from harness.sandbox.collection import Collected
from harness.sandbox.containers import Containers, Hook, discarded
from harness.sandbox.duel import dueled
from harness.sandbox.engine import Engine
from harness.sandbox.meter import Usage, metered
from harness.sandbox.outputs import Outputs, choose
from harness.sandbox.policy import DEADMAN_GRACE_S, IMAGES, SECCOMP, Plan, unenforced
from harness.sandbox.scratch import Run, new_run, scratch_folder
from harness.sandbox.serving import JOINABLE, Server, never_began, not_joinable, started_with
from harness.sandbox.staging import hosts_file, stage_mounts
from harness.sandbox.verdict import TAIL_BYTES, Death, verdict

ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}  # as the engine says, and as images are named
HOLDER_MEMORY_MB = 64
HOLDER_GRACE_S = 600


class DockerSandbox:
    """Runs stages in containers of a Docker engine. Safe to share between threads.

    ``output``: "auto", "host" (a tmpfs of the host's: root on Linux) or "volume" (anywhere).
    ``runtime``: "runsc" for gVisor; by default the engine's own.
    """

    def __init__(
        self,
        *,
        runtime: str | None = None,
        output: str = "auto",
        images: Mapping[Trust, str] | None = None,
        on_created: Hook | None = None,
        scratch_dir: Path | None = None,
        engine: Engine | None = None,
    ) -> None:
        self._engine = engine or Engine()
        self._runtime = runtime or ""
        self._output = output
        self._references = {**IMAGES, **(images or {})}
        self._scratch_dir = scratch_dir
        self._on_created = on_created
        self._containers = Containers(self._engine, on_created)
        self._image_ids: dict[Trust, str] = {}
        self._lock = threading.Lock()
        self._stopped = False
        self._running: set[str] = set()

    def run(self, stage: Stage, into: Path) -> StageResult:
        """Run it once; files land below ``into``.

        Raises:
            InfraError: the engine, an image or this machine failed; never for what the stage did.
        """
        self._refuse_if_stopped()
        try:
            into.mkdir(parents=True, exist_ok=True)
            return self._run(stage, into)
        except (OSError, subprocess.SubprocessError) as error:
            raise InfraError(
                f"this machine could not run the stage {stage.name!r}: {error}", hint="takehome doctor"
            ) from error

    def built(self, dockerfile: str, context: Path, packages: Path | None) -> AbstractContextManager[Built]:
        """Build an image of ``context``'s file of that name; it is gone on leaving.

        Raises:
            InfraError: as for ``run``.
        """
        self._refuse_if_stopped()
        return built(
            read((context / dockerfile).read_bytes(), file=dockerfile),
            context,
            packages=packages,
            engine=self._engine,
            runtime=self._checked_runtime,
            on_created=self._on_created,
            scratch_dir=self._scratch_dir,
            during=self._stoppable,
        )

    def serve(self, service: Service, into: Path) -> Served:
        """Start a server, probe it, stop it. Its image must be there until this returns.

        Raises:
            InfraError: as for ``run``.
        """
        self._refuse_if_stopped()
        if (runtime := self.identity()["runtime"]) not in JOINABLE:
            return not_joinable(service, runtime)
        try:
            into.mkdir(parents=True, exist_ok=True)
            with ExitStack() as stack:
                server = stack.enter_context(self._server(service))
                if isinstance(server, Served):
                    return server
                return server.stopped(self._probed(service.prober, server, into))
        except (OSError, subprocess.SubprocessError) as error:
            raise InfraError(
                f"this machine could not run a server: {error}", hint="takehome doctor"
            ) from error

    def duel(self, duel: Duel, into: Path) -> Dueled:
        """Start two servers, each in a network of its own, and let probers ask them in turns.

        Raises:
            InfraError: as for ``run``.
        """
        self._refuse_if_stopped()
        if (runtime := self.identity()["runtime"]) not in JOINABLE:
            return Dueled(served={side: not_joinable(service, runtime) for side, service in duel.services})
        try:
            into.mkdir(parents=True, exist_ok=True)
            with ExitStack() as stack:
                return dueled(duel, lambda s: stack.enter_context(self._server(s)), self._probed, into)
        except (OSError, subprocess.SubprocessError) as error:
            raise InfraError(
                f"this machine could not run two servers: {error}", hint="takehome doctor"
            ) from error

    def stop(self) -> None:
        """Kill what runs, from any thread. A run under way, or called later, raises InfraError."""
        with self._lock:
            self._stopped = True
            running = sorted(self._running)
        for container in running:
            discarded(partial(self._engine.kill, container))

    def identity(self) -> dict[str, str]:
        """Image ids by role, the runtime, the architecture: part of the provenance of every grade."""
        images = {str(trust): self._image(trust) for trust in (Trust.CANDIDATE, Trust.TOOLS)}
        machine = str(self._info.get("Architecture", ""))
        return {
            **images,
            "architecture": ARCHITECTURES.get(machine, machine),
            "runtime": self._checked_runtime or str(self._info.get("DefaultRuntime", "")),
        }

    def _probed(self, prober: Stage, server: Server, into: Path) -> StageResult | None:
        """The prober's result; None when the server was dead before anybody could join it."""
        try:
            into.mkdir(parents=True, exist_ok=True)
            return self._run(prober, into, beside=server.container)
        except InfraError:
            self._refuse_if_stopped()
            if server.is_alive():
                raise
            return None

    @contextmanager
    def _server(self, service: Service) -> Iterator[Server | Served]:
        """Started and alive, as far as anybody knows; or why its image cannot be. Gone on leaving."""
        stage, runtime, scratch = service.server, self._checked_runtime, self._scratch
        argv, env = started_with(service)
        with ExitStack() as stack:
            run = stack.enter_context(new_run(scratch))
            group = stack.enter_context(metered(self._info))
            plan = Plan(
                image=service.image_id,
                argv=argv,
                uid=run.uid,
                limits=stage.limits,
                seccomp=self._seccomp,
                labels=run.labels,
                read_only=(*stage_mounts(stage.mounts, run.folder, scratch), hosts_file(run.folder)),
                env=env,
                cgroup_parent=group.parent,
                runtime=runtime,
                workdir=service.workdir,
            )
            try:
                container = stack.enter_context(self._containers.created(plan, f"{run.name}-server"))
                stack.enter_context(self._stoppable(container))
                self._engine.start(container)
            except InfraError as error:
                if (refused := never_began(stage, error)) is None:
                    raise
                yield refused
                return
            self._refuse_if_stopped()
            yield Server(
                self._engine, container, group, service, time.monotonic(),
                self._refuse_if_stopped, unenforced(self._info),
            )  # fmt: skip

    def _run(self, stage: Stage, into: Path, *, beside: str = "") -> StageResult:
        image, runtime, scratch = self._image(stage.trust), self._checked_runtime, self._scratch
        with ExitStack() as stack:
            run = stack.enter_context(new_run(scratch))
            group = stack.enter_context(metered(self._info))
            output = stack.enter_context(self._outputs.open(run, stage.limits))
            plan = Plan(
                image=image,
                argv=stage.argv,
                uid=run.uid,
                limits=stage.limits,
                seccomp=self._seccomp,
                labels=run.labels,
                output=output.mount,
                read_only=(*stage_mounts(stage.mounts, run.folder, scratch), hosts_file(run.folder)),
                env=stage.env,
                cgroup_parent=group.parent,
                runtime=runtime,
                beside=beside,
            )
            container = stack.enter_context(self._containers.created(plan, run.name))
            stack.enter_context(self._stoppable(container))
            death = self._run_to_death(container, stage.limits)
            collected = Collected()
            if stage.keep or death.exit_code:  # a failure may be that of a full folder
                collected = output.collect(stage, into)
            return self._result(stage, container, death, group.read(), collected)

    @contextmanager
    def _stoppable(self, container: str) -> Iterator[None]:
        with self._lock:
            self._running.add(container)
        try:
            self._refuse_if_stopped()
            yield
        finally:
            with self._lock:
                self._running.discard(container)
        self._refuse_if_stopped()

    def _refuse_if_stopped(self) -> None:
        if self._stopped:
            raise InfraError("the sandbox was stopped")

    def _run_to_death(self, container: str, limits: Limits) -> Death:
        """Start it and return once the engine confirms that nothing of it runs."""
        self._engine.start(container)
        started = time.monotonic()
        self._refuse_if_stopped()  # a stop between "create" and "start" had nothing to kill
        exit_code = self._engine.wait(container, limits.timeout_s)
        seconds = time.monotonic() - started
        self._refuse_if_stopped()
        # The deadman fires only when this process was too slow to: that is past the deadline, too.
        late = exit_code is None or (exit_code == 137 and seconds >= limits.timeout_s + DEADMAN_GRACE_S)
        if exit_code is None:
            self._engine.kill(container)
        state = self._engine.inspect(container)["State"]
        if state["Running"] or state["Pid"]:
            raise InfraError("the engine says that a container ended, and that it still runs")
        return Death(int(state["ExitCode"]), round(seconds, 3), late, bool(state["OOMKilled"]))

    def _result(
        self, stage: Stage, container: str, death: Death, usage: Usage, collected: Collected
    ) -> StageResult:
        if usage.oom_kills and not death.oom_killed:
            death = Death(death.exit_code, death.seconds, death.late, oom_killed=True)
        ended, reason = verdict(death, collected, stage.limits)
        return StageResult(
            stage=stage.name,
            ended=ended,
            reason=reason,
            writer=stage.trust,
            argv=stage.argv,
            exit_code=death.exit_code,
            seconds=death.seconds,
            cpu_seconds=usage.cpu_seconds,
            peak_memory_mb=usage.peak_memory_mb,
            tail=self._engine.log_tail(container, TAIL_BYTES).decode(errors="replace"),
            files=collected.files,
            unmeasured=(*usage.unmeasured, *unenforced(self._info)),
        )

    def _image(self, trust: Trust) -> str:
        """The id behind the name, looked up once: a tag that moves must not split a grade in two."""
        if trust not in self._references:
            raise ValueError(f"nothing runs in a container on behalf of {trust!r}")
        if trust not in self._image_ids:
            reference = self._references[trust]
            found = self._engine.image(reference)
            if found is None:
                raise InfraError(f"the engine has no image {reference}", hint="make image")
            self._image_ids[trust] = str(found["Id"])
        return self._image_ids[trust]

    @contextmanager
    def _hold(self, run: Run, mount: Mapping[str, Any], limits: Limits) -> Iterator[str]:
        """A container of ours, under the same policy, that keeps an output volume mounted."""
        seconds = limits.timeout_s + HOLDER_GRACE_S
        plan = Plan(
            image=self._image(Trust.TOOLS),
            argv=("sleep", f"{seconds:.0f}"),
            uid=run.uid,
            limits=Limits(timeout_s=min(seconds, 7200), memory_mb=HOLDER_MEMORY_MB, pids=128, scratch_mb=16),
            seccomp=self._seccomp,
            labels=run.labels,
            output=mount,
            runtime=self._checked_runtime,
        )
        with self._containers.created(plan, f"{run.name}-holder") as holder:
            self._engine.start(holder)
            yield holder

    @cached_property
    def _outputs(self) -> Outputs:
        return choose(self._output, self._engine, self._hold)

    @cached_property
    def _scratch(self) -> Path:
        return scratch_folder(self._scratch_dir)

    @cached_property
    def _info(self) -> dict[str, Any]:
        return self._engine.info()

    @cached_property
    def _checked_runtime(self) -> str:
        if self._runtime and self._runtime not in self._info.get("Runtimes", {}):
            raise InfraError(
                f"the engine has no runtime {self._runtime!r}",
                hint="install gVisor and name it in the engine's daemon.json, or leave --runtime out",
            )
        return self._runtime

    @cached_property
    def _seccomp(self) -> str:
        return SECCOMP.read_text()
