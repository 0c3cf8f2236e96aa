import pytest

from platform_core.pipeline import Pipeline, PipelineBuilder
from platform_core.registry import AbstractComponent, ComponentRegistry, ExecutionContext


class Adder(AbstractComponent):
    def execute(self, context):
        return context.with_value("sum", context.get("sum", 0) + self.options["by"])


def test_a_pipeline_runs_its_components():
    context = Pipeline([Adder(by=1), Adder(by=2)]).run(ExecutionContext())
    assert context.get("sum") == 3


def test_a_registry_creates_by_name():
    registry = ComponentRegistry()
    registry.register("test", "adder")(Adder)
    assert registry.create("test", "adder", by=5).options == {"by": 5}


def test_an_unknown_component_is_refused():
    with pytest.raises(KeyError):
        PipelineBuilder().add({"namespace": "model", "name": "nothing"})
