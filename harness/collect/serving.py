"""The image that was built, trained model mounted -> a server that our prober asks, and how it fared."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from harness.collect.commands import MODEL, RUNNER, environment
from harness.collect.ground import PACKAGES, SERVE, Ground, dockerfile_of
from harness.dockerfile import Image
from harness.dockerfile import read as read_dockerfile
from harness.model import (
    Ended,
    Frozen,
    Limits,
    Mount,
    Sandbox,
    Serve,
    Served,
    Service,
    Stage,
    StageResult,
    Trust,
)
from harness.store import write_text

PROBE, SERVER = "probe.json", "server.json"
PLAN = "/plan"
NEVER_HEALTHY = 3  # the prober's exit code
HEALTH_S = 60.0  # what probe.py waits for the first 200
MARGIN_S = 30.0  # for starting and ending containers on a loaded machine
DEFAULT_COMMAND = ("python3",)  # the base image's own
PROBER_LIMITS = Limits(memory_mb=256, pids=128, output_mb=16, output_files=10, scratch_mb=16)


class ServerFacts(Frozen):
    """server.json: the host's own word on the server's container. ``healthy``: it answered 200 in time."""

    ended: Ended
    reason: str
    healthy: bool
    stop_s: float | None
    grace_s: float
    exit_code: int | None
    seconds: float
    peak_memory_mb: float | None
    port: int


def serve_settings(ground: Ground) -> tuple[Serve, Image]:
    """How the service is asked, and what its image starts with. The port is declared, EXPOSEd, or 8080."""
    name = dockerfile_of(ground.submission)
    recipe = read_dockerfile((ground.submission.root / name).read_bytes(), file=name)
    image = recipe.final.image if recipe.stages else Image()
    if declared := ground.submission.settings.serve:
        return declared, image
    exposed = next((port.partition("/")[0] for port in image.ports), "")
    port = int(exposed) if exposed.isdecimal() and 0 < int(exposed) < 65536 else Serve().port
    return Serve(dockerfile=name, port=port), image


def service(ground: Ground, image_id: str, trained: Path, plan: Path) -> Service:
    """The two containers. The server sees the model and its packages; no data, and nothing that is asked."""
    settings, image = serve_settings(ground)
    limits = ground.assignment.limits_for(SERVE)
    longest_s = limits.timeout_s + HEALTH_S + MARGIN_S
    return Service(
        image_id=image_id,
        workdir=image.workdir,
        server=server_stage(ground, trained, lives_s=longest_s + 2 * MARGIN_S),
        prober=prober_stage(
            "probe.py",
            settings,
            plan,
            words=("--port", str(settings.port), "--budget-s", f"{limits.timeout_s:g}"),
            timeout_s=longest_s,
            keep=PROBE,
        ),
    )


def answered(result: StageResult, folder: Path) -> bool:
    """Whether there is use in starting it again: a row got a prediction. ``folder`` has the prober's word."""
    if PROBE not in result.files or result.writer is Trust.TOOLS:
        return False
    told = json.loads((folder / PROBE).read_text("utf-8"))
    return any(one["prediction"] is not None for one in (*told.get("one", ()), *told.get("many", ())))


def server_stage(
    ground: Ground,
    trained: Path,
    *,
    lives_s: float,
    port: int | None = None,
    model: str = MODEL,
    more: Mapping[str, str] = MappingProxyType({}),
) -> Stage:
    """What the image starts with, and what it is given.

    ``port`` and ``model``: other than usual. ``more``: what else its environment says.
    """
    settings, image = serve_settings(ground)
    limits = ground.assignment.limits_for(SERVE)
    argv = (*image.entrypoint, *(image.cmd or (() if image.entrypoint else DEFAULT_COMMAND)))
    given = [Mount(source=trained / "model", target=model)] if (trained / "model").is_dir() else []
    if ground.packages:
        given.append(Mount(source=ground.packages, target=PACKAGES))
    path = {"PATH": image.env["PATH"]} if "PATH" in image.env else {}
    told = {"TAKEHOME_MODEL": environment(model=model)["TAKEHOME_MODEL"], "PORT": str(port or settings.port)}
    return Stage(
        name=SERVE,
        argv=argv,
        mounts=tuple(given),
        env={**told, **more, **path},
        limits=limits.model_copy(update={"timeout_s": min(7200.0, lives_s)}),
    )


def serve(
    ground: Ground, image_id: str, trained: Path, plan: Path, sandbox: Sandbox, into: Path
) -> StageResult:
    """Serve, probe, stop; write ``into``/server.json beside the prober's probe.json.

    Raises:
        InfraError: the engine or this machine failed, the second time too.
    """
    wanted = service(ground, image_id, trained, plan)
    served = sandbox.serve(wanted, into)
    result = served_result(served)
    facts = ServerFacts(
        ended=served.server.ended,
        reason=served.server.reason,
        healthy=bool(served.prober and served.prober.ended is Ended.FINISHED),
        stop_s=served.stop_s,
        grace_s=wanted.grace_s,
        exit_code=served.server.exit_code,
        seconds=served.server.seconds,
        peak_memory_mb=served.server.peak_memory_mb,
        port=int(wanted.server.env["PORT"]),
    )
    write_text(into / SERVER, facts.model_dump_json(indent=1) + "\n")
    return result.model_copy(update={"files": tuple(sorted({*result.files, SERVER}))})


def prober_stage(
    script: str, settings: Serve, plan: Path, *, words: tuple[str, ...], timeout_s: float, keep: str
) -> Stage:
    """One of our scripts that asks a server: it sees what is to be asked, and that server's loopback."""
    places = (f"--predict={settings.predict}", f"--health={settings.health}")
    return Stage(
        name=SERVE,
        argv=("/opt/tools/bin/python", "-I", f"{RUNNER}/{script}", *words, *places),
        trust=Trust.TOOLS,
        mounts=(Mount(source=plan, target=PLAN),),
        limits=PROBER_LIMITS.model_copy(update={"timeout_s": timeout_s}),
        keep=(keep,),
    )


def served_result(served: Served) -> StageResult:
    """The server's ending as a stage's; a prober that failed is ours, and says so by its writer."""
    server, prober = served.server, served.prober
    files = prober.files if prober else ()
    if prober is None or prober.ended is Ended.FINISHED:
        return server.model_copy(update={"files": files})
    if not (prober.ended is Ended.FAILED and prober.exit_code == NEVER_HEALTHY):
        return prober.model_copy(update={"attempts": server.attempts})
    if server.ended is not Ended.FINISHED:
        return server.model_copy(update={"files": files})
    reason = (
        f"the server did not answer its health path with 200 within {HEALTH_S:g} s. {server.reason}".strip()
    )
    return server.model_copy(update={"ended": Ended.TIMEOUT, "reason": reason, "files": files})
