"""An event bus: parts of the platform tell, handlers listen."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Any, Protocol

from churnkit.core.registry import HANDLERS

log = logging.getLogger("churnkit")


@dataclass(frozen=True)
class Event:
    """Something that happened."""

    name: str
    payload: dict[str, Any] = field(default_factory=dict)


class Handler(Protocol):
    """Who listens."""

    def handle(self, event: Event) -> None:
        """Called once an event."""


@HANDLERS.register("log")
class LogHandler:
    """Writes events to the log."""

    def handle(self, event: Event) -> None:
        """A line an event."""
        log.info("%s %s", event.name, event.payload)


class Bus:
    """Passes events on to its handlers."""

    def __init__(self, handlers: list[Handler]) -> None:
        self.handlers = handlers

    def tell(self, name: str, **payload: Any) -> None:
        """Tell everybody."""
        for handler in self.handlers:
            handler.handle(Event(name, payload))
