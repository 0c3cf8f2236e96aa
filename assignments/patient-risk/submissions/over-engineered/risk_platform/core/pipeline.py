"""The orchestration engine."""

from typing import Sequence

from risk_platform.core.factory import StageFactoryProvider
from risk_platform.core.interfaces import ExecutionContext


class PipelineOrchestrator:
    """Runs stages by name."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = list(names)
        self.factory = StageFactoryProvider.provide()

    def run(self, context: ExecutionContext) -> ExecutionContext:
        for name in self.names:
            context = self.factory.create(name).execute(context)
        return context
