"""Model strategies, and the ensemble of all of them."""

from typing import Any

from sklearn.ensemble import ExtraTreesClassifier, HistGradientBoostingClassifier, StackingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from risk_platform.core.interfaces import AbstractModelStrategy
from risk_platform.core.registry import registry


@registry.register("model", "linear")
class LinearStrategy(AbstractModelStrategy):
    """Logistic regression."""

    def __init__(self, strength: float = 0.1) -> None:
        self.strength = strength

    def build(self) -> Any:
        return make_pipeline(SimpleImputer(strategy="median"), StandardScaler(), LogisticRegression(C=self.strength, max_iter=2000))


@registry.register("model", "boosting")
class BoostingStrategy(AbstractModelStrategy):
    """Boosted trees."""

    def build(self) -> Any:
        return HistGradientBoostingClassifier(max_iter=120, learning_rate=0.05, max_leaf_nodes=8, random_state=0)


@registry.register("model", "forest")
class ForestStrategy(AbstractModelStrategy):
    """Extremely random trees."""

    def build(self) -> Any:
        return make_pipeline(SimpleImputer(strategy="median"), ExtraTreesClassifier(200, min_samples_leaf=5, random_state=0))


@registry.register("model", "stack")
class StackStrategy(AbstractModelStrategy):
    """A stack of all registered base strategies."""

    BASES = ("linear", "boosting", "forest")

    def build(self) -> Any:
        bases = [(name, registry.resolve("model", name).build()) for name in self.BASES]
        return StackingClassifier(bases, final_estimator=LogisticRegression(), cv=3)
