"""Steps, a registry of steps, and an engine that runs declared plans."""

import json
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List, Protocol, Type


class Observer(Protocol):
    """Hears of every step that was run."""

    def notify(self, event: str, payload: Dict[str, Any]) -> None: ...


class EventBus:
    """Publishes events to observers."""

    def __init__(self) -> None:
        self._observers: List[Observer] = []

    def subscribe(self, observer: Observer) -> None:
        self._observers.append(observer)

    def publish(self, event: str, **payload: Any) -> None:
        for observer in self._observers:
            observer.notify(event, payload)


class State(Dict[str, Any]):
    """What travels from step to step."""

    def require(self, name: str) -> Any:
        if name not in self:
            raise LookupError(f"no step has written {name!r} yet")
        return self[name]


class AbstractStep(ABC):
    """One unit of work."""

    def __init__(self, **options: Any) -> None:
        self.options = options

    def __call__(self, state: State) -> State:
        state.update(self.apply(state))
        return state

    @abstractmethod
    def apply(self, state: State) -> Dict[str, Any]:
        """What the step adds to the state."""


class StepRegistry:
    """Step classes by name."""

    def __init__(self) -> None:
        self._steps: Dict[str, Type[AbstractStep]] = {}

    def step(self, name: str) -> Callable[[Type[AbstractStep]], Type[AbstractStep]]:
        def decorate(kind: Type[AbstractStep]) -> Type[AbstractStep]:
            self._steps[name] = kind
            return kind

        return decorate

    def create(self, name: str, options: Dict[str, Any]) -> AbstractStep:
        return self._steps[name](**options)


STEPS = StepRegistry()


class Plan:
    """A declared list of steps."""

    def __init__(self, path: Path, name: str) -> None:
        self._declared = json.loads(path.read_text())["plans"][name]

    def __iter__(self) -> Iterator[AbstractStep]:
        for declared in self._declared:
            yield STEPS.create(declared["step"], declared.get("options", {}))


class Engine:
    """Runs a plan and tells the bus."""

    def __init__(self, bus: EventBus) -> None:
        self._bus = bus

    def run(self, plan: Plan, state: State) -> State:
        for step in plan:
            state = step(state)
            self._bus.publish("step", name=type(step).__name__)
        return state
