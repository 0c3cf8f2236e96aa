"""The engine's API for images: commit, copy in and out, look, remove. Raises what `Engine` raises."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

from docker.errors import APIError, NotFound

from harness.sandbox import owner
from harness.sandbox.engine import Engine, _blamed
from harness.sandbox.scratch import LABEL

SLOW_TIMEOUT_S = 300.0  # a commit hashes and stores every byte: 10 s a gigabyte
GO_FOLDER, GO_LINK = 1 << 31, 1 << 27
MAX_LINKS = 8
GONE = 2  # the engine's word for a path that was removed


@dataclass(frozen=True)
class Found:
    """A path inside a container; ``path`` is where links led."""

    path: str
    is_folder: bool
    size: int


class Images:
    """What a build asks of an engine beyond running containers."""

    def __init__(self, engine: Engine) -> None:
        self._engine = Engine(host=engine.host, call_timeout_s=SLOW_TIMEOUT_S)

    def commit(self, container: str) -> str:
        """A stopped container's files as an image, with the container's own settings."""
        with _blamed("commit a build step"):
            return str(self._api.commit(container)["Id"])

    def look(self, container: str, path: str) -> Found | None:
        """What is at ``path``, links followed; None when nothing is."""
        for _ in range(MAX_LINKS):
            with _blamed("look into a container"):
                url = self._api._url("/containers/{0}/archive", container)
                answer = self._api.head(url, params={"path": path}, timeout=SLOW_TIMEOUT_S)
                if answer.status_code == 404:
                    return None
                if not answer.ok:  # why is told only to those who ask for the thing itself
                    with self._api.get(url, params={"path": path}, stream=True) as refusal:
                        self._api._raise_for_status(refusal)
                told = json.loads(base64.b64decode(answer.headers["X-Docker-Container-Path-Stat"]))
            if not told["mode"] & GO_LINK:
                return Found(path, bool(told["mode"] & GO_FOLDER), int(told["size"]))
            path = told["linkTarget"]
        return None

    def put(self, container: str, tar: IO[bytes]) -> None:
        """Unpack a tar of ours at the container's root; the engine resolves links inside the container."""
        with _blamed("copy files into a build step"):
            self._api.put_archive(container, "/", tar)

    @contextmanager
    def fetch(self, container: str, path: str) -> Iterator[Iterator[bytes]]:
        """A path of a container as a tar stream."""
        with self._engine.archive(container, path) as chunks:
            yield chunks

    def written_bytes(self, container: str) -> int:
        """What its own layer holds, by the engine's count."""
        with _blamed("measure a container"):
            url = self._api._url("/containers/{0}/json", container)
            answer = self._api.get(url, params={"size": 1}, timeout=SLOW_TIMEOUT_S)
            self._api._raise_for_status(answer)
            return int(answer.json().get("SizeRw") or 0)

    def changed(self, container: str) -> dict[str, bool]:
        """Path -> is it there, for all that differs from the image it was made from."""
        with _blamed("compare a container with its image"):
            return {str(c["Path"]): c["Kind"] != GONE for c in self._api.diff(container) or ()}

    def remove(self, image: str) -> bool:
        """Remove this image and none below it; False when a container or another image needs it."""
        with _blamed("remove an image"):
            try:
                self._api.remove_image(image, force=False, noprune=True)
            except NotFound:
                return True
            except APIError as error:
                if error.status_code != 409:
                    raise
                return False
        return True

    def labelled(self, label: str) -> list[dict[str, Any]]:
        """Images that carry the label, those between two steps included."""
        with _blamed("list images"):
            return [dict(i) for i in self._api.images(all=True, filters={"label": label})]

    @property
    def _api(self) -> Any:
        return self._engine._api


def reap_images(engine: Engine) -> list[str]:
    """Remove the images of builds whose maker is dead. Says what it removed."""
    images = Images(engine)
    orphans = [i for i in images.labelled(f"{LABEL}=1") if _is_orphan(i)]
    removed = []
    # An image goes after those made from it, which are younger.
    for image in sorted(orphans, key=lambda i: -int(i["Created"])):
        if images.remove(image["Id"]):
            removed.append(f"image {image['Id'].removeprefix('sha256:')[:12]}")
    return removed


def _is_orphan(image: Mapping[str, Any]) -> bool:
    return owner.is_dead((image.get("Labels") or {}).get(f"{LABEL}.owner", ""))
