"""probe.json, server.json and image.json: a service that answers as it should."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def asked(name: str, prediction: float | None, **changes: Any) -> dict[str, Any]:
    """One row that was asked."""
    return {
        "id": name, "prediction": prediction, "status": 200, "seconds": 0.01, "fault": "", "said": "",
    } | changes  # fmt: skip


def bad(why: str, field: str = "", **changes: Any) -> dict[str, Any]:
    """One bad request, refused with a message that names its field."""
    said = f'{{"detail": "the field {field} is not right"}}'
    return {
        "why": why, "field": field, "sent": "{}", "status": 422, "request_s": 0.01, "fault": "", "said": said,
    } | changes  # fmt: skip


def health(**changes: Any) -> dict[str, Any]:
    """When it was healthy."""
    return {
        "seconds": 1.5, "tries": 9, "status": 200, "request_s": 0.01, "fault": "", "said": "ok",
    } | changes  # fmt: skip


def probe(served: Mapping[str, float], **changes: Any) -> dict[str, Any]:
    """probe.json of a service that answers what the batch command says, and refuses what it should."""
    rows = [asked(str(name), float(value)) for name, value in served.items()]
    found = {
        "version": 1,
        "health": health(),
        "listens": ["00000000"],
        "stated": stated("v1"),
        "one": rows[:40],
        "many": rows,
        "renamed": [row | {"id": f"Z{row['id']}", "of": row["id"]} for row in rows[:20]],
        "at_once": rows[:20],
        "edges": [asked(f"E{n}", 0.25, why="odd, and valid") for n in range(8)],
        "bad": [bad("an empty body"), bad("text for a number", "tenure"), bad("a field is missing", "plan")],
        "openapi": {"status": 200, "describes_predict": True},
        "after": {"health": health(), "one": rows[0]},
        "drawn": {"tried": 120, "failed": 0, "smallest": None},
        "marked": marked(),
    }
    return found | changes


STATUSES = (200, 422, 200, 200, 422, 422, 200, 200)


def marked(**changes: Any) -> dict[str, Any]:
    """What came of requests with marks in them, and /metrics before and after."""

    def scrape(count: int) -> dict[str, Any]:
        text = f'# TYPE requests_total counter\nrequests_total{{path="/predict"}} {count}\n'
        return {"status": 200, "fault": "", "body": text}

    return {
        "marks": ["qxjvbnmkzpwt", "48213.77"], "statuses": list(STATUSES),
        "metrics": [scrape(200), scrape(200 + len(STATUSES))],
    } | changes  # fmt: skip


def log(**fields: Any) -> str:
    """The end of a server's log: a line of JSON for each of those requests."""
    line = {"method": "POST", "path": "/predict", "status": 0, "duration_ms": 3.1} | fields
    return "\n".join(json.dumps(line | {"status": status}) for status in STATUSES)


def stated(*versions: str) -> dict[str, Any]:
    """The versions that a service states, in health first."""
    return {
        "places": {f"health v{n}".replace(" v0", " model_version"): v for n, v in enumerate(versions)},
        "restless": [],
    }


def load(served: Mapping[str, float], *, slower: float = 1.0, **changes: Any) -> dict[str, Any]:
    """load.json of two rounds of four pairs; the candidate takes ``slower`` times as long for everything."""
    rows = list(served.items())[:200]
    rounds = []
    for order in (("reference", "candidate"), ("candidate", "reference")):
        turns = []
        for pair in range(4):
            some = rows[pair * 40 : pair * 40 + 40]
            for side in order if pair % 2 == 0 else order[::-1]:
                by = (slower if side == "candidate" else 1.0) * (1.0 + 0.02 * pair)
                alone = [asked(name, value, seconds=0.01 * by) for name, value in some[:20]]
                together = [asked(name, value, seconds=0.03 * by) for name, value in some[20:]]
                turns.append({"side": side, "alone": alone, "together": together, "together_s": 0.2 * by})
        servers = {
            side: {
                "ended": "finished", "reason": "", "began_at": 1000.0, "seconds": 20.0,
                "peak_memory_mb": 150.0 * (slower if side == "candidate" else 1.0),
                "start": {
                    "health": health(seconds=1.0),
                    "answered_at": 1000.0 + 2.0 * (slower if side == "candidate" else 1.0),
                },
            }
            for side in order
        }  # fmt: skip
        rounds.append({"servers": servers, "turns": turns})
    return {"version": 1, "rounds": rounds} | changes


def restart(served: Mapping[str, float], version: str, **changes: Any) -> dict[str, Any]:
    """One start of restarts.json."""
    rows = [asked(name, value) for name, value in list(served.items())[:40]]
    return {
        "wanted_port": 8080, "model": "/model", "port": 8080, "ended": "finished", "reason": "",
        "stated": stated(version), "one": rows,
    } | changes  # fmt: skip


def restarts(served: Mapping[str, float], **changes: Any) -> dict[str, Any]:
    """restarts.json of a service whose version follows its model, which it finds where it is told."""
    return {
        "version": 1, "retrained": "finished", "why": "", "same_model": False,
        "changed": restart({name: value * 0.999 for name, value in served.items()}, "v2"),
        "again": restart(served, "v1", wanted_port=8093, port=8093, model="/srv/models/current"),
        "moved": None,
    } | changes  # fmt: skip


LEAST = 0.5  # from which prediction on the receiver is to be told


def webhook(served: Mapping[str, float], **changes: Any) -> dict[str, Any]:
    """webhook.json of a service that tells of each row that is due once, and never waits for it."""
    rows = [asked(name, value) for name, value in served.items()]
    parts = {"usual": rows[:60], "together": rows[60:80], "down": rows[80:110], "deaf": rows[110:150]}
    told = [{**row, "part": part} for part, some in parts.items() for row in some]
    due = {row["id"]: row["prediction"] for row in told if row["prediction"] >= LEAST}
    late = {row["id"] for row in told if row["part"] in ("down", "deaf")}
    heard = [{"id": name, "prediction": value, "heard": True} for name, value in due.items()]
    tried = [{**call, "heard": False} for call in heard if call["id"] in late]
    return {
        "version": 1, "health": health(), "least": LEAST, "deaf_s": 3.0, "listening": True,
        "asked": told, "calls": [*tried, *heard], "odd": 0,
    } | changes  # fmt: skip


def server(**changes: Any) -> dict[str, Any]:
    """server.json of one that stopped when it was told to."""
    return {
        "ended": "finished", "reason": "", "healthy": True, "stop_s": 0.4, "grace_s": 10.0, "exit_code": 0,
        "seconds": 30.0, "peak_memory_mb": 200.0, "port": 8080,
    } | changes  # fmt: skip


def image(**changes: Any) -> dict[str, Any]:
    """image.json of a tidy image."""
    return {
        "file": "Dockerfile", "built": True, "why_not": "", "seconds": 9, "base": "python:3.11-slim",
        "base_tag": "3.11-slim", "base_is_latest": False, "base_is_pinned": False, "stages": 1, "layers": 4,
        "size_over_base_bytes": 1 << 20, "user": "app", "runs_as_root": False,
        "healthcheck": "CMD python -m app.health", "ports": ["8080/tcp"], "workdir": "/app",
        "entrypoint": [], "cmd": ["python", "-m", "app"], "shell_form": [], "has_dockerignore": True,
        "ignores_git": True, "copies_everything": False, "data_inside": [], "dependencies_before_code": True,
        "lines": {"FROM": 1, "WORKDIR": 2, "COPY": 4, "USER": 6, "HEALTHCHECK": 7, "CMD": 8},
    } | changes  # fmt: skip
