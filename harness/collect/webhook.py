"""Their service, told whom to tell -> webhook.json: what it answered, and what was heard of it, how often."""

from __future__ import annotations

from pathlib import Path

from harness.collect.ground import Ground
from harness.collect.serving import (
    HEALTH_S,
    MARGIN_S,
    prober_stage,
    serve_settings,
    served_result,
    server_stage,
)
from harness.model import ExtraStage, Sandbox, Service, StageResult

TOLD = "webhook.json"
VARIABLE, PATH = "WEBHOOK_URL", "/told"
PORTS = range(20_000, 30_000)
ASKING_S = 180.0  # the prober's own bounds end it long before


def webhook(
    ground: Ground, image_id: str, trained: Path, plan: Path, sandbox: Sandbox, into: Path
) -> StageResult:
    """Start it with WEBHOOK_URL, ask, listen, stop; ``into``/webhook.json is the prober's.

    Raises:
        InfraError: the engine or this machine failed, the second time too.
    """
    settings, image = serve_settings(ground)
    port = receiver_port(ground.draw, settings.port)
    longest_s = HEALTH_S + ASKING_S + MARGIN_S
    words = ("--port", str(settings.port), "--receiver-port", str(port), "--path", PATH)
    url = {VARIABLE: f"http://127.0.0.1:{port}{PATH}"}
    served = sandbox.serve(
        Service(
            image_id=image_id,
            workdir=image.workdir,
            server=server_stage(ground, trained, lives_s=longest_s + 2 * MARGIN_S, more=url),
            prober=prober_stage("webhook.py", settings, plan, words=words, timeout_s=longest_s, keep=TOLD),
        ),
        into,
    )
    return served_result(served).model_copy(update={"stage": ExtraStage.WEBHOOK.value})


def receiver_port(draw: int, taken: int) -> int:
    """Where the receiver listens: a port that nobody else is likely to have, the same for the same draw."""
    port = PORTS[draw % len(PORTS)]
    return port if port != taken else port + 1
