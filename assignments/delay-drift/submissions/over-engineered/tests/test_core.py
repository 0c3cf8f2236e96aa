import pytest

from flightkit.core import AbstractStep, State, StepRegistry


def test_a_registered_step_is_made():
    registry = StepRegistry()

    @registry.step("double")
    class Double(AbstractStep):
        def apply(self, state):
            return {"n": state.require("n") * self.options["by"]}

    assert registry.create("double", {"by": 2})(State(n=3)) == {"n": 6}


def test_what_is_not_there_is_named():
    with pytest.raises(LookupError, match="columns"):
        State().require("columns")
