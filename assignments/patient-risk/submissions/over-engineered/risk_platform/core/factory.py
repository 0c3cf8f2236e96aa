"""Stage factories."""

from typing import Any

from risk_platform.core.interfaces import AbstractStage, AbstractStageFactory
from risk_platform.core.registry import registry


class RegistryStageFactory(AbstractStageFactory):
    """Makes stages out of the registry."""

    def create(self, name: str, **options: Any) -> AbstractStage:
        return registry.resolve("stage", name, **options)


class StageFactoryProvider:
    """Provides the factory of stages."""

    @staticmethod
    def provide() -> AbstractStageFactory:
        return RegistryStageFactory()
