from risk_platform.core.factory import StageFactoryProvider
from risk_platform.core.interfaces import ExecutionContext
from risk_platform.core.registry import ComponentRegistry, registry


def test_the_registry_is_one():
    assert ComponentRegistry() is registry


def test_a_context_hands_on_its_values():
    assert ExecutionContext(a=1).with_value("b", 2).get("b") == 2


def test_there_is_a_factory():
    assert StageFactoryProvider.provide() is not None
