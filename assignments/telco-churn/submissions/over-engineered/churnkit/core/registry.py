"""Named plug-ins: every part of the platform is looked up here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Registry:
    """Plug-ins of one kind, by name."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._plugins: dict[str, Callable[..., Any]] = {}

    def register(self, name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """A decorator that adds a plug-in."""

        def add(plugin: Callable[..., Any]) -> Callable[..., Any]:
            if name in self._plugins:
                raise ValueError(f"{self.kind} {name!r} is registered already")
            self._plugins[name] = plugin
            return plugin

        return add

    def create(self, spec: dict[str, Any]) -> Any:
        """The plug-in of ``{"type": ..., "options": {...}}``."""
        try:
            plugin = self._plugins[spec["type"]]
        except KeyError as error:
            raise ValueError(f"unknown {self.kind}: {spec.get('type')!r}") from error
        return plugin(**spec.get("options", {}))


READERS = Registry("reader")
TRANSFORMERS = Registry("transformer")
MODELS = Registry("model")
HANDLERS = Registry("handler")
