"""A registry of registries."""

from typing import Any, Callable


class ComponentRegistry:
    """Components by kind and name."""

    _instance = None

    def __new__(cls):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
            cls._instance._components = {}
        return cls._instance

    def register(self, kind: str, name: str) -> Callable[[Any], Any]:
        def decorate(component: Any) -> Any:
            self._components.setdefault(kind, {})[name] = component
            return component

        return decorate

    def resolve(self, kind: str, name: str, **options: Any) -> Any:
        if kind in self._components:
            if name in self._components[kind]:
                component = self._components[kind][name]
                if isinstance(component, type):
                    return component(**options)
                return component
            raise KeyError(f"no {kind} named {name}")
        raise KeyError(f"no kind {kind}")


registry = ComponentRegistry()
