"""Two-level stacking ensemble."""

import json
from typing import Any, List, Tuple

import joblib
import numpy as np
import pandas as pd
from sklearn.ensemble import ExtraTreesClassifier, HistGradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from platform_core.registry import REGISTRY, AbstractComponent, ExecutionContext


class BaseLearnerProvider:
    """Provides the first level."""

    def provide(self) -> List[Tuple[str, Any]]:
        impute = SimpleImputer(strategy="median")
        return [
            ("boosting", HistGradientBoostingClassifier(max_iter=120, early_stopping=False, random_state=0)),
            ("forest", make_pipeline(impute, ExtraTreesClassifier(60, min_samples_leaf=5, random_state=0))),
            ("linear", make_pipeline(impute, StandardScaler(), LogisticRegression(max_iter=500))),
        ]


class MetaLearnerProvider:
    """Provides the second level."""

    def provide(self) -> Any:
        return LogisticRegression()


def logit(chance: np.ndarray) -> np.ndarray:
    clipped = np.clip(chance, 1e-5, 1 - 1e-5)
    return np.log(clipped / (1 - clipped))


@REGISTRY.register("model", "fit_stack")
class FitStackComponent(AbstractComponent):
    """Fits both levels and persists them."""

    def execute(self, context: ExecutionContext) -> ExecutionContext:
        usable = context.get("usable").to_numpy()
        table = pd.concat(context.get("blocks"), axis=1).to_numpy(dtype=float)[usable]
        target = context.get("target").to_numpy()[usable]
        folds = StratifiedKFold(self.options["folds"], shuffle=True, random_state=0)
        level, fitted = [], []
        for name, learner in BaseLearnerProvider().provide():
            found = cross_val_predict(learner, table, target, cv=folds, method="predict_proba")[:, 1]
            level.append(logit(found))
            fitted.append((name, learner.fit(table, target)))
        meta = MetaLearnerProvider().provide().fit(np.column_stack(level), target)
        joblib.dump((fitted, meta), context.get("artifact"))
        found = meta.predict_proba(np.column_stack(level))[:, 1]
        metrics = {"average_precision": float(average_precision_score(target, found))}
        context.get("artifact").with_name("metrics.json").write_text(json.dumps(metrics))
        return context


@REGISTRY.register("model", "apply_stack")
class ApplyStackComponent(AbstractComponent):
    """Applies both levels."""

    def execute(self, context: ExecutionContext) -> ExecutionContext:
        fitted, meta = joblib.load(context.get("artifact"))
        table = pd.concat(context.get("blocks"), axis=1).to_numpy(dtype=float)
        level = [logit(learner.predict_proba(table)[:, 1]) for _, learner in fitted]
        chance = meta.predict_proba(np.column_stack(level))[:, 1]
        return context.with_value("chance", chance.round(6))
