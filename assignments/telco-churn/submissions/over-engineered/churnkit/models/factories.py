"""Factories of estimators, so that a configuration can name any of them."""

from __future__ import annotations

from typing import Any

from sklearn.ensemble import ExtraTreesClassifier, HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from churnkit.core.interfaces import AbstractModelFactory
from churnkit.core.registry import MODELS


def _imputed(*steps: Any) -> Any:
    return make_pipeline(SimpleImputer(strategy="median", keep_empty_features=True), *steps)


@MODELS.register("forest")
class ForestFactory(AbstractModelFactory):
    """Random forests."""

    def build(self) -> Any:
        """A forest."""
        return _imputed(RandomForestClassifier(random_state=1, **self.options))


@MODELS.register("extra_trees")
class ExtraTreesFactory(AbstractModelFactory):
    """Extremely random trees."""

    def build(self) -> Any:
        """A forest of them."""
        return _imputed(ExtraTreesClassifier(random_state=2, **self.options))


@MODELS.register("boosting")
class BoostingFactory(AbstractModelFactory):
    """Boosted trees."""

    def build(self) -> Any:
        """A sum of them."""
        return HistGradientBoostingClassifier(random_state=3, early_stopping=False, **self.options)


@MODELS.register("logistic")
class LogisticFactory(AbstractModelFactory):
    """Logistic regressions."""

    def build(self) -> Any:
        """A regularised one on scaled numbers."""
        return _imputed(StandardScaler(), LogisticRegression(max_iter=2000, **self.options))


@MODELS.register("bayes")
class BayesFactory(AbstractModelFactory):
    """Naive Bayes."""

    def build(self) -> Any:
        """Gaussian."""
        return _imputed(GaussianNB(**self.options))


@MODELS.register("neighbours")
class NeighboursFactory(AbstractModelFactory):
    """Nearest neighbours."""

    def build(self) -> Any:
        """On scaled numbers."""
        return _imputed(StandardScaler(), KNeighborsClassifier(**self.options))
