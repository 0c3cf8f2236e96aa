"""Their service with another model, and elsewhere with its own again -> restarts.json: what each stated.

changed   the model of a training on four fifths of the rows, at the usual place
again     the model it had, at another path and another port (TAKEHOME_MODEL, PORT)
moved     only where `again` did not answer: the model it had, at the usual path, on another port
"""

from __future__ import annotations

import json
import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from harness.collect import stages
from harness.collect.commands import MODEL
from harness.collect.ground import Ground
from harness.collect.serving import HEALTH_S, MARGIN_S, prober_stage, serve_settings, server_stage
from harness.errors import InfraError
from harness.model import Ended, ExtraStage, Sandbox, Service, StageResult, Trust
from harness.store import digest_of_folder, write_text

FILE, TOLD = "restarts.json", "restarted.json"
KEPT_SHARE = 0.8
ASKING_S = 60.0
ELSEWHERE = "/srv/models/current"
OTHER_PORTS = (8093, 8094)  # the second where the first is the usual one
MOST_BYTES = 4 << 20


def train_changed(ground: Ground, sandbox: Sandbox, into: Path) -> StageResult:
    """Their training on a part of the rows.

    Raises:
        InfraError: the engine or this machine failed, the second time too.
    """
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        part_of(ground.public.data, data, draw=ground.draw)
        return sandbox.run(stages.train_changed(ground, data), into)


def part_of(data: Path, into: Path, *, draw: int) -> None:
    """A copy of ``data`` whose largest table at the top has KEPT_SHARE of its rows; each stays as it is.

    Raises:
        InfraError: there is no such table.
    """
    shutil.copytree(data, into)
    tables = sorted(into.glob("*.csv"), key=lambda path: (-path.stat().st_size, path.name))
    if not tables:
        raise InfraError(f"{data}: no table here to take rows from")
    chance = random.Random(f"{draw} {tables[0].name}")  # noqa: S311 - a draw of rows, no secret
    header, *rows = _records(tables[0].read_bytes())
    tables[0].write_bytes(header + b"".join(row for row in rows if chance.random() < KEPT_SHARE))


def _records(table: bytes) -> Iterator[bytes]:
    """The records of a CSV file to the byte: a line that leaves a quote open goes on."""
    record = b""
    for line in table.splitlines(keepends=True):
        record += line
        if record.count(b'"') % 2 == 0:
            yield record
            record = b""
    if record:
        yield record


def restart(
    ground: Ground,
    image_id: str,
    trained: Path,
    changed: StageResult | None,
    plan: Path,
    sandbox: Sandbox,
    into: Path,
) -> StageResult:
    """Start it as often as is needed; ``into``/restarts.json has what the prober and the host saw.

    Raises:
        InfraError: the engine or this machine failed, the second time too.
    """
    starts = _Starts(ground, image_id, plan, sandbox, into)
    told: dict[str, Any] = {
        "version": 1,
        "retrained": (changed.ended if changed else Ended.SKIPPED).value,
        "why": changed.reason if changed else "",
        "same_model": False,
        "changed": None,
        "moved": None,
    }
    other = into.parent / stages.TRAIN_CHANGED
    if changed is not None and changed.ended is Ended.FINISHED:
        told["same_model"] = _digest(trained) == _digest(other)
        told["changed"] = starts.start(other)
    told["again"] = starts.start(trained, port=starts.other_port, model=ELSEWHERE)
    if not any(one["prediction"] is not None for one in told["again"]["one"]):
        told["moved"] = starts.start(trained, port=starts.other_port)
    name = ExtraStage.VERSIONS.value
    if starts.fault:
        return StageResult(stage=name, ended=Ended.FAILED, reason=starts.fault, writer=Trust.TOOLS)
    write_text(into / FILE, json.dumps(told) + "\n")
    return StageResult(stage=name, ended=Ended.FINISHED, seconds=round(starts.seconds, 3), files=(FILE,))


class _Starts:
    """One server after another, of the same image. ``fault``: what was ours."""

    def __init__(self, ground: Ground, image_id: str, plan: Path, sandbox: Sandbox, into: Path) -> None:
        self.ground, self.image_id, self.plan = ground, image_id, plan
        self.sandbox, self.into = sandbox, into
        self.settings, self.image = serve_settings(ground)
        self.other_port = next(port for port in OTHER_PORTS if port != self.settings.port)
        self.fault, self.seconds = "", 0.0

    def start(self, trained: Path, *, port: int | None = None, model: str = MODEL) -> dict[str, Any]:
        """One start, asked and stopped."""
        folder = self.into / ".start"
        served = self.sandbox.serve(self._service(trained, port, model), folder)
        told = _told(folder / TOLD)
        shutil.rmtree(folder, ignore_errors=True)
        server, prober = served.server, served.prober
        self.seconds += server.seconds
        if prober is not None and prober.ended is not Ended.FINISHED:
            self.fault = f"our prober failed: {prober.reason or prober.ended}"
        asked = {"wanted_port": port or self.settings.port, "model": model}
        how = {"ended": server.ended.value, "reason": server.reason, "tail": server.tail[-2000:]}
        nothing: dict[str, Any] = {"port": None, "stated": {"places": {}, "restless": []}, "one": []}
        return asked | how | nothing | {k: v for k, v in told.items() if k != "version"}

    def _service(self, trained: Path, port: int | None, model: str) -> Service:
        wanted = port or self.settings.port
        words = ("--port", str(wanted), "--otherwise", str(self.settings.port))
        longest_s = HEALTH_S + ASKING_S + MARGIN_S
        prober = prober_stage(
            "restarted.py", self.settings, self.plan, words=words, timeout_s=longest_s, keep=TOLD
        )
        return Service(
            image_id=self.image_id,
            workdir=self.image.workdir,
            server=server_stage(
                self.ground, trained, lives_s=longest_s + 2 * MARGIN_S, port=port, model=model
            ),
            prober=prober,
        )


def _told(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    if path.stat().st_size > MOST_BYTES:
        raise InfraError(f"a prober wrote more than {MOST_BYTES:,} bytes")
    told: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return told


def _digest(trained: Path) -> str:
    model = trained / "model"
    return digest_of_folder(model, skip=()) if model.is_dir() else ""
