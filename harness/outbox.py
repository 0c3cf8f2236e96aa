"""Grades that wait for a mirror: queued whole, oldest first, one deliverer at a time. Knows no MLflow.

outbox/<key>.json --delivered--> outbox/delivered/<key>.json
                 '--unreadable--> outbox/refused/<key>.json, with its reason
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import shutil
import socket
import sqlite3
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from harness.model import Frozen
from harness.store import sweep_writes, write_text

PROBE_S = 2.0  # for a server or a database to show that it is there
API = "/api/2.0/mlflow/experiments/get-by-name?experiment_name=Default"
PORTS = {"postgresql": 5432, "mysql": 3306, "mssql": 1433}


class Entry(Frozen):
    """One grade that waits: its idempotency key and where it lies."""

    key: str
    run_dir: str


class Receipt(Frozen):
    """The proof of a delivery: which card, as which run, in which place."""

    card: str
    run_id: str
    uri: str


@dataclass(frozen=True)
class Outbox:
    """The folder, and what stands in it."""

    folder: Path

    def put(self, entry: Entry) -> None:
        """Queue a grade; an older entry of the same key gives way."""
        write_text(self._path(entry.key), entry.model_dump_json() + "\n")

    def get(self, key: str) -> tuple[Entry, int]:
        """An entry, and the mark that tells it from a newer one of the same key."""
        path = self._path(key)
        with path.open("rb") as file:
            return Entry.model_validate_json(file.read()), os.fstat(file.fileno()).st_mtime_ns

    def holds(self, key: str) -> bool:
        """A grade with this key waits."""
        return self._path(key).exists()

    def waiting(self) -> list[str]:
        """The keys of what waits, oldest first."""
        found = []
        for path in self.folder.glob("*.json"):
            with contextlib.suppress(FileNotFoundError):  # delivered by another process meanwhile
                found.append((path.stat().st_mtime_ns, path.stem))
        return [key for _, key in sorted(found)]

    def receipt(self, key: str) -> Receipt | None:
        """The proof that a grade was delivered. A damaged one proves nothing: the grade is sent again."""
        with contextlib.suppress(OSError, ValueError):
            return Receipt.model_validate_json(self._path(key, "delivered").read_bytes())
        return None

    def delivered(self, key: str, mark: int, receipt: Receipt) -> None:
        """Take a delivered entry out, unless a newer one took its place meanwhile."""
        write_text(self._path(key, "delivered"), receipt.model_dump_json() + "\n")
        path = self._path(key)
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_mtime_ns == mark:
                path.unlink()

    def refuse(self, key: str, reason: str) -> Path:
        """Set poison aside: it blocks nothing that waits behind it, and does not vanish."""
        path, refused = self._path(key), self._path(key, "refused")
        text = path.read_text("utf-8", "replace")
        write_text(refused, json.dumps({"key": key, "reason": reason, "entry": text}, indent=1) + "\n")
        path.unlink(missing_ok=True)
        return refused

    def forget(self) -> None:
        """Drop every receipt: what they prove is gone. A grade delivered twice is still one run."""
        shutil.rmtree(self.folder / "delivered", ignore_errors=True)

    def sweep(self) -> None:
        """Remove what a killed writer left half written."""
        sweep_writes(self.folder, self.folder / "delivered", self.folder / "refused")

    def _path(self, key: str, shelf: str = "") -> Path:
        return self.folder / shelf / f"{key}.json"


@dataclass(frozen=True)
class Place:
    """Where grades are delivered to, and our side of it."""

    uri: str
    outbox: Outbox
    artefacts: Path
    database: Path | None  # of SQLite

    @classmethod
    def of(cls, home: Path, uri: str | None) -> Place:
        """The place that ``uri`` names, else ``$MLFLOW_TRACKING_URI``, else ``home/mlflow.db``."""
        home = home.absolute()
        uri = uri or os.environ.get("MLFLOW_TRACKING_URI") or f"sqlite:///{(home / 'mlflow.db').as_posix()}"
        file = sqlite_file(uri)
        artefacts = (file.parent if file else home) / "mlartifacts"
        return cls(uri=uri, outbox=Outbox(home / "outbox"), artefacts=artefacts, database=file)

    @property
    def shown(self) -> str:
        """The address without its secrets."""
        return without_secrets(self.uri).partition("?")[0]

    @property
    def lock(self) -> Path:
        """Beside a SQLite file, so that every home that shares it takes turns."""
        if self.database:
            return self.database.with_name(f"{self.database.name}.lock")
        return self.outbox.folder / ".lock"

    @property
    def is_fresh(self) -> bool:
        """There is no database yet, or an empty file."""
        file = self.database
        return file is not None and (not file.exists() or file.stat().st_size == 0)

    def receipt(self, key: str) -> Receipt | None:
        """The proof that a grade is in this very place."""
        found = None if self.is_fresh else self.outbox.receipt(key)
        return found if found and found.uri == self.shown else None

    def has(self, key: str, card: str) -> bool:
        """This card was delivered here, and no other of its key waits."""
        found = self.receipt(key)
        return found is not None and found.card == card and not self.outbox.holds(key)


# --------------------------------------------------------------------------------- is anybody there


def sqlite_file(uri: str) -> Path | None:
    """The file of a SQLite address, or None."""
    found = re.fullmatch(r"sqlite(?:\+\w+)?:///([^?]+)(?:\?.*)?", uri)
    return Path(found[1]).absolute() if found else None


def without_secrets(uri: str) -> str:
    """The address as it may be shown and asked: no user, no password."""
    return re.sub(r"//[^/\s]*@", "//", uri)


def probe(uri: str) -> None:
    """Return when whoever is at ``uri`` can be talked to; raise what is in the way within ``PROBE_S``."""
    scheme = re.split(r"[+:]", uri, maxsplit=1)[0]
    if file := sqlite_file(uri):
        if file.exists():
            with contextlib.closing(sqlite3.connect(file, timeout=PROBE_S)) as database:
                database.execute("BEGIN IMMEDIATE")  # waits for whoever writes; closing rolls back
    elif scheme in ("http", "https"):
        server = without_secrets(uri).rstrip("/")
        _in_time(lambda: _ask(f"{server}/health"))
        # a server may be well and its database gone: asked before MLflow's import, it costs no more than this
        _in_time(lambda: _ask(f"{server}{API}", any_answer=True))
    elif scheme in PORTS:
        place = urlsplit(uri)
        address = (place.hostname or "localhost", place.port or PORTS[scheme])
        _in_time(lambda: socket.create_connection(address, PROBE_S).close())


def _ask(url: str, *, any_answer: bool = False) -> None:
    """Whoever is well is there; so is a guard (401), or a certificate that only MLflow was told to trust.

    ``any_answer``: an error is an answer too; what it means is for MLflow to say.
    """
    try:
        with urllib.request.urlopen(url, timeout=PROBE_S):  # noqa: S310 - http(s), the operator's own choice
            return
    except urllib.error.HTTPError as error:
        error.close()
        if not any_answer and error.code not in (http.HTTPStatus.UNAUTHORIZED, http.HTTPStatus.FORBIDDEN):
            raise ConnectionError(f"it answers {error.code} to /health, which MLflow does not") from error
    except urllib.error.URLError as error:
        if "CERTIFICATE_VERIFY_FAILED" not in str(error.reason):
            raise ConnectionError(str(error.reason)) from error


def _in_time(ask: Callable[[], None]) -> None:
    """In a thread: a name server that hangs, or an answer of a byte a second, heeds no socket timeout."""
    failed: list[Exception] = []

    def run() -> None:
        try:
            ask()
        except (OSError, ValueError, http.client.HTTPException) as error:
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(PROBE_S)
    if thread.is_alive():
        raise TimeoutError(f"no answer in {PROBE_S:g} s")
    if failed:
        raise failed[0]
