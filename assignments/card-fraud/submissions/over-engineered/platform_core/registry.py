"""Pluggable component registry with namespaced factories."""

from abc import ABC, abstractmethod
from collections import defaultdict
from typing import Any, Callable, Dict, Generic, List, Optional, Type, TypeVar

T = TypeVar("T")


class AbstractComponent(ABC):
    """Base of everything that can be configured."""

    def __init__(self, **options: Any) -> None:
        self.options = options

    @abstractmethod
    def execute(self, context: "ExecutionContext") -> "ExecutionContext":
        """Run the component on a context."""


class ExecutionContext:
    """A bag that travels through the pipeline."""

    def __init__(self, **values: Any) -> None:
        self._values: Dict[str, Any] = dict(values)
        self._history: List[str] = []

    def get(self, name: str, default: Optional[Any] = None) -> Any:
        return self._values.get(name, default)

    def with_value(self, name: str, value: Any) -> "ExecutionContext":
        self._values[name] = value
        self._history.append(name)
        return self


class ComponentRegistry(Generic[T]):
    """Maps namespaces and names to component classes."""

    _instance: Optional["ComponentRegistry"] = None

    def __init__(self) -> None:
        self._factories: Dict[str, Dict[str, Callable[..., T]]] = defaultdict(dict)

    @classmethod
    def instance(cls) -> "ComponentRegistry":
        if cls._instance is None:
            cls._instance = cls()
        return cls._instance

    def register(self, namespace: str, name: str) -> Callable[[Type[T]], Type[T]]:
        def decorate(kind: Type[T]) -> Type[T]:
            self._factories[namespace][name] = kind
            return kind

        return decorate

    def create(self, namespace: str, name: str, **options: Any) -> T:
        return self._factories[namespace][name](**options)


REGISTRY: ComponentRegistry = ComponentRegistry.instance()
