"""The container engine's API, with a deadline on every call and one kind of error: InfraError."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import docker
import requests
import urllib3
from docker.errors import APIError, DockerException, NotFound
from docker.utils import kwargs_from_env

from harness.errors import InfraError
from harness.sandbox.multiplex import BrokenOffError, without_frames

CALL_TIMEOUT_S = 60.0
KILL_TIMEOUT_S = 30.0
STREAM_TIMEOUT_S = 600.0
REMOVED_MEANWHILE_S = 0.2  # until the engine is asked again after it said that a removal is under way
CHUNK_BYTES = 64 * 1024
LOG_LINES = 400
LOG_READ_BYTES = 4 * 2**20
BROKEN_OFF = b"\n[the engine's answer broke off here: what followed is not known]\n"
START_HINT = "start the engine: docker/ensure_engine.sh, or Docker Desktop"

log = logging.getLogger(__name__)


class _HalfLogError(Exception):
    """A log that broke off, and what came of it."""

    def __init__(self, tail: bytes) -> None:
        super().__init__(len(tail))
        self.tail = tail


class Engine:
    """A client per thread: the library's session is not safe to share between threads.

    Raises:
        InfraError: from every method, for whatever the engine or the way to it did wrong.
    """

    def __init__(self, *, host: str = "", call_timeout_s: float = CALL_TIMEOUT_S) -> None:
        self.host = host or os.environ.get("DOCKER_HOST", "") or _host_of_the_current_context()
        self._call_timeout_s = call_timeout_s
        self._local = threading.local()

    def create(self, body: Mapping[str, Any], name: str) -> str:
        """The new container's id."""
        with _blamed("create a container"):
            return str(self._api.create_container_from_config(dict(body), name)["Id"])

    def start(self, container: str) -> None:
        """Return once its first process runs."""
        with _blamed("start a container"):
            self._api.start(container)

    def wait(self, container: str, timeout_s: float) -> int | None:
        """Its exit code, or None when it still ran after ``timeout_s`` on the monotonic clock."""
        deadline = time.monotonic() + timeout_s
        with _blamed("wait for a container"):
            try:
                answer = self._api.wait(container, timeout=max(0.01, timeout_s))
            except (requests.Timeout, requests.ConnectionError):
                if time.monotonic() < deadline:
                    raise
                return None
        if error := (answer.get("Error") or {}).get("Message"):
            raise InfraError(f"the engine lost a container: {error}", hint=START_HINT)
        return int(answer["StatusCode"])

    def kill(self, container: str) -> None:
        """SIGKILL and wait until it is dead; a container that is dead already is fine.

        Raises:
            InfraError: it is alive all the same.
        """
        with _blamed("kill a container"):
            try:
                self._api.kill(container, signal="KILL")
            except APIError as error:
                if error.status_code not in (404, 409):
                    raise
        if self.wait(container, KILL_TIMEOUT_S) is None:
            raise InfraError(f"a container survived SIGKILL for {KILL_TIMEOUT_S:.0f} s", hint=START_HINT)

    def terminate(self, container: str) -> None:
        """SIGTERM, as an orderly stop begins; a container that is dead already is fine."""
        with _blamed("stop a container"):
            try:
                self._api.kill(container, signal="TERM")
            except APIError as error:
                if error.status_code not in (404, 409):
                    raise

    def freeze(self, container: str) -> None:
        """Let none of its processes run until `thaw`; a container that is dead, or frozen, is fine."""
        with _blamed("freeze a container"):
            try:
                self._api.pause(container)
            except APIError as error:
                if error.status_code not in (404, 409):
                    raise

    def thaw(self, container: str) -> None:
        """Let it run again; a container that is dead, or awake, is fine."""
        with _blamed("wake a container"):
            try:
                self._api.unpause(container)
            except APIError as error:
                if error.status_code not in (404, 409) and "not paused" not in str(error):
                    raise

    def inspect(self, container: str) -> dict[str, Any]:
        """All that the engine knows of it."""
        with _blamed("inspect a container"):
            return dict(self._api.inspect_container(container))

    def remove(self, container: str) -> None:
        """Kill and remove, by id or name; one that is absent is fine."""
        deadline = time.monotonic() + KILL_TIMEOUT_S
        with _blamed("remove a container"):
            while True:
                try:
                    self._api.remove_container(container, force=True, v=True)
                except NotFound:
                    log.info("remove a container: the engine knows of none such (404)")
                    return
                except APIError as error:  # 409: somebody else is removing it at this moment
                    if error.status_code != 409 or time.monotonic() > deadline:
                        raise
                    log.info("remove a container: the engine is at it already (409); asking again")
                    time.sleep(REMOVED_MEANWHILE_S)
                else:
                    return

    def log_tail(self, container: str, max_bytes: int) -> bytes:
        """The last bytes of a dead container's log; what is read is capped, not only what is kept.

        One that breaks off is asked for again, and one that breaks off twice says so where it ends.
        """
        tail = b""
        for told in (b"", BROKEN_OFF):
            try:
                return self._log_tail(container, max_bytes)
            except _HalfLogError as half:
                log.info("read a log: the engine's answer broke off")
                tail = half.tail + told
        return tail

    def _log_tail(self, container: str, max_bytes: int) -> bytes:
        tail, seen = b"", 0
        query = {"stdout": 1, "stderr": 1, "tail": LOG_LINES}
        with self._stream(f"/containers/{container}/logs", query, "read a log") as chunks:
            try:
                for chunk in without_frames(chunks):
                    seen += len(chunk)
                    tail = (tail + chunk)[-max_bytes:]
                    if seen > LOG_READ_BYTES:
                        break
            except BrokenOffError:
                raise _HalfLogError(tail) from None
        return tail

    @contextmanager
    def archive(self, container: str, path: str) -> Iterator[Iterator[bytes]]:
        """A folder of a container as a tar stream, closed on leaving however much was read."""
        query = {"path": path}
        with self._stream(f"/containers/{container}/archive", query, "read an output folder") as chunks:
            yield chunks

    def create_volume(self, name: str, options: Mapping[str, str], labels: Mapping[str, str]) -> None:
        """A volume of the engine's own ``local`` driver."""
        with _blamed("create a volume"):
            self._api.create_volume(name, "local", driver_opts=dict(options), labels=dict(labels))

    def remove_volume(self, name: str) -> None:
        """One that is absent is fine."""
        with _blamed("remove a volume"):
            try:
                self._api.remove_volume(name, force=True)
            except NotFound:
                return

    def containers(self, label: str) -> list[dict[str, Any]]:
        """Those that carry the label, dead ones included."""
        with _blamed("list containers"):
            return [dict(c) for c in self._api.containers(all=True, filters={"label": label})]

    def volumes(self, label: str) -> list[dict[str, Any]]:
        """Those that carry the label."""
        with _blamed("list volumes"):
            return [dict(v) for v in self._api.volumes(filters={"label": label})["Volumes"] or ()]

    def image(self, reference: str) -> dict[str, Any] | None:
        """What the engine knows of an image, or None when it has no such image."""
        with _blamed("look for an image"):
            try:
                return dict(self._api.inspect_image(reference))
            except NotFound:
                return None

    def info(self) -> dict[str, Any]:
        """The engine's own account of itself."""
        with _blamed("ask the engine about itself"):
            return dict(self._api.info())

    @property
    def _api(self) -> Any:  # the library's annotations cover half of it
        if not hasattr(self._local, "api"):
            with _blamed("reach the engine"):
                given: dict[str, Any] = {**kwargs_from_env()} if "DOCKER_HOST" in os.environ else {}
                if self.host:
                    given["base_url"] = self.host
                self._local.api = docker.APIClient(version="auto", timeout=int(self._call_timeout_s), **given)
        return self._local.api

    @contextmanager
    def _stream(self, path: str, query: Mapping[str, Any], act: str) -> Iterator[Iterator[bytes]]:
        """A streamed answer. An attached stream that is left unread hangs the engine for everybody."""
        with _blamed(act):
            url = f"{self._api.base_url}/v{self._api.api_version}{path}"
            response = self._api.get(url, params=query, stream=True, timeout=self._call_timeout_s)
        try:
            if response.status_code != requests.codes.ok:
                raise InfraError(f"the engine would not {act}: it answered {response.status_code}")
            yield _chunks(response, act)
        finally:
            response.close()


def _chunks(response: requests.Response, act: str) -> Iterator[bytes]:
    deadline = time.monotonic() + STREAM_TIMEOUT_S
    with _blamed(act):
        for chunk in response.iter_content(CHUNK_BYTES):
            if time.monotonic() > deadline:
                raise TimeoutError
            yield chunk


@contextmanager
def _blamed(act: str) -> Iterator[None]:
    try:
        yield
    except APIError as error:
        says = str(error.explanation or error).strip()[:500]
        raise InfraError(f"the engine would not {act}: {says}", hint="takehome doctor") from error
    except (requests.ReadTimeout, urllib3.exceptions.ReadTimeoutError, TimeoutError) as error:
        raise InfraError(f"the engine did not answer in time ({act})", hint=START_HINT) from error
    except (DockerException, requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        raise InfraError(
            f"the engine is not there to {act}: {type(error).__name__}: {str(error)[:300]}", hint=START_HINT
        ) from error


def _host_of_the_current_context() -> str:
    """Where ``docker context use`` points: Docker Desktop and rootless engines set no DOCKER_HOST."""
    try:
        context = docker.ContextAPI.get_current_context()
        return str(context.Host or "") if context else ""
    except (DockerException, OSError, ValueError, KeyError):
        return ""
