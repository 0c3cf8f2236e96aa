"""A Plan -> a container that is gone afterwards. The only place where one is created."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from harness.errors import InfraError
from harness.sandbox.engine import Engine
from harness.sandbox.policy import Plan, container_body

log = logging.getLogger(__name__)
Hook = Callable[[Mapping[str, Any]], None]


class Containers:
    """``on_created`` sees the engine's account of every container before it starts: tests judge it there."""

    def __init__(self, engine: Engine, on_created: Hook | None = None) -> None:
        self._engine = engine
        self._on_created = on_created

    @contextmanager
    def created(self, plan: Plan, name: str) -> Iterator[str]:
        """A created container's id. It is killed and removed on leaving, whatever happened in between."""
        try:
            container = self._engine.create(container_body(plan), name)
            if self._on_created:
                self._on_created(self._engine.inspect(container))
            yield container
        finally:
            # By name, which is known even when the answer to "create" was never read.
            discarded(lambda: self._engine.remove(name))


def discarded(remove: Callable[[], None]) -> None:
    """Clean up; what cannot be removed now is the reaper's, and never changes a result."""
    try:
        remove()
    except InfraError as error:
        log.warning("left for the reaper: %s", error)
