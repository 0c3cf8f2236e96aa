"""A stack: members predict out of fold, a judge learns whom to trust."""

from __future__ import annotations

from typing import Any

from sklearn.ensemble import StackingClassifier

from churnkit.core.interfaces import AbstractModelFactory
from churnkit.core.registry import MODELS


@MODELS.register("stack")
class StackFactory(AbstractModelFactory):
    """Stacks of whatever a configuration names."""

    def build(self) -> Any:
        """The stack, not fitted."""
        members = [
            (f"{spec['type']}_{number}", MODELS.create(spec).build())
            for number, spec in enumerate(self.options["members"])
        ]
        judge = MODELS.create(self.options["judge"]).build()
        return StackingClassifier(members, judge, cv=self.options["folds"], stack_method="predict_proba")
