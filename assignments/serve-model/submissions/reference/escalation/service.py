"""python -m escalation.service: the HTTP service. PORT, TAKEHOME_MODEL and WEBHOOK_URL come from the environment."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse
from sklearn.pipeline import Pipeline
from starlette.concurrency import run_in_threadpool

from escalation.bell import Bell
from escalation.model import load, probabilities, version
from escalation.tickets import TicketError, ticket_id
from escalation.watch import Watch

MOST_TICKETS = 10_000
GRACE_S = 5


def create(model: Callable[[], Pipeline], model_version: str = "", bell: Bell | None = None) -> FastAPI:
    """The application; ``model`` is called once, before the first request. ``bell``: whom to tell."""

    @asynccontextmanager
    async def lifespan(app: FastAPI):
        app.state.model, app.state.model_version = model(), model_version
        app.state.bell = bell or Bell()
        app.state.bell.start()
        yield
        app.state.bell.stop()

    app = FastAPI(title="Ticket escalation", version="1.0.0", lifespan=lifespan)
    watch = Watch()
    app.middleware("http")(watch.around)
    app.add_exception_handler(TicketError, _refused)
    app.add_api_route("/health", _health, methods=["GET"])
    app.add_api_route("/predict", _predict, methods=["POST"])
    app.add_api_route("/metrics", watch.metrics, methods=["GET"])
    return app


async def _health(request: Request) -> dict[str, str]:
    return {"status": "ok", "model_version": request.app.state.model_version}


async def _predict(request: Request) -> dict[str, Any]:
    """``{"rows": [ticket, ...]}``, or one ticket -> ``{"predictions": [{"id", "prediction"}, ...]}``."""
    tickets = tickets_of(await _json(request))
    names = [ticket_id(ticket) for ticket in tickets]
    if len(set(names)) != len(names):
        raise TicketError("id", "a ticket stands there twice")
    chances = await run_in_threadpool(probabilities, request.app.state.model, tickets)
    found = [{"id": n, "prediction": float(p)} for n, p in zip(names, chances, strict=True)]
    request.app.state.bell.ring(found)
    return {"predictions": found}


async def _json(request: Request) -> Any:
    if "json" not in request.headers.get("content-type", ""):
        raise HTTPException(415, "the body must be application/json")
    try:
        return json.loads(await request.body())
    except (ValueError, RecursionError):
        raise HTTPException(400, "the body is not JSON") from None


def tickets_of(asked: Any) -> list[dict[str, Any]]:
    """The tickets of a request.

    Raises:
        TicketError: it holds none, too many, or something that is none.
    """
    if not isinstance(asked, dict):
        raise TicketError("rows", "an object is needed")
    rows = asked["rows"] if "rows" in asked else [asked]
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_TICKETS:
        raise TicketError("rows", f"a list of 1 to {MOST_TICKETS:,} tickets is needed")
    if not all(isinstance(row, dict) for row in rows):
        raise TicketError("rows", "each ticket is an object")
    return rows


async def _refused(_: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"detail": str(error), "field": getattr(error, "field", "")}, status_code=422)


def main() -> None:
    """Serve until SIGTERM; requests under way are finished first."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    folder = Path(os.environ["TAKEHOME_MODEL"])
    port = int(os.environ.get("PORT", "8080"))
    app = create(lambda: load(folder), version(folder), Bell(os.environ.get("WEBHOOK_URL", "")))
    uvicorn.run(app, host="0.0.0.0", port=port, timeout_graceful_shutdown=GRACE_S, access_log=False)


if __name__ == "__main__":
    main()
