"""Declarative pipeline: a list of component specifications becomes a chain of responsibility."""

import json
from pathlib import Path
from typing import Any, Dict, List

import platform_core.features.components
import platform_core.models.ensemble  # noqa: F401
from platform_core.registry import REGISTRY, AbstractComponent, ExecutionContext


class PipelineBuilder:
    """Fluent builder of pipelines."""

    def __init__(self) -> None:
        self._components: List[AbstractComponent] = []

    def add(self, specification: Dict[str, Any]) -> "PipelineBuilder":
        options = specification.get("options", {})
        self._components.append(REGISTRY.create(specification["namespace"], specification["name"], **options))
        return self

    def build(self) -> "Pipeline":
        return Pipeline(self._components)


class Pipeline:
    """Executes its components one after the other."""

    def __init__(self, components: List[AbstractComponent]) -> None:
        self._components = components

    def run(self, context: ExecutionContext) -> ExecutionContext:
        for component in self._components:
            context = component.execute(context)
        return context


class PipelineFactory:
    """Reads pipelines from configuration."""

    CONFIG = Path(__file__).parent.parent / "config" / "pipelines.json"

    @classmethod
    def create(cls, name: str) -> Pipeline:
        builder = PipelineBuilder()
        for specification in json.loads(cls.CONFIG.read_text())[name]:
            builder.add(specification)
        return builder.build()
