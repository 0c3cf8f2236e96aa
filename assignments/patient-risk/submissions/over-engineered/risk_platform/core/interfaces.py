"""Abstract everything."""

from abc import ABC, abstractmethod
from typing import Any


class AbstractStage(ABC):
    """Something that is run."""

    @abstractmethod
    def execute(self, context: "ExecutionContext") -> "ExecutionContext":
        """Run."""


class AbstractModelStrategy(ABC):
    """Something that can be fitted."""

    @abstractmethod
    def build(self) -> Any:
        """An estimator."""


class AbstractStageFactory(ABC):
    """Makes stages."""

    @abstractmethod
    def create(self, name: str, **options: Any) -> AbstractStage:
        """A stage."""


class ExecutionContext:
    """Everything that stages hand to each other."""

    def __init__(self, **values: Any) -> None:
        self.values = dict(values)

    def get(self, name: str, default: Any = None) -> Any:
        return self.values.get(name, default)

    def with_value(self, name: str, value: Any) -> "ExecutionContext":
        return ExecutionContext(**{**self.values, name: value})
