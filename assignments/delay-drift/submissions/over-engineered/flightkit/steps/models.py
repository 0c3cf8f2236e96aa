"""Steps that learn and predict: a stack of three."""

import json
from pathlib import Path

import joblib
from sklearn.ensemble import ExtraTreesClassifier, HistGradientBoostingClassifier, StackingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from flightkit.core import STEPS, AbstractStep


class ModelFactory:
    """Makes the members of the stack."""

    @staticmethod
    def members(seed):
        return [
            ("trees", HistGradientBoostingClassifier(max_iter=80, learning_rate=0.1, random_state=seed)),
            ("linear", make_pipeline(SimpleImputer(), StandardScaler(), LogisticRegression(max_iter=500))),
            (
                "forest",
                make_pipeline(
                    SimpleImputer(), ExtraTreesClassifier(40, min_samples_leaf=10, max_features=0.5, random_state=seed)
                ),
            ),
        ]


@STEPS.step("learn")
class LearnStep(AbstractStep):
    """Fits the stack and writes it."""

    def apply(self, state):
        stack = StackingClassifier(ModelFactory.members(self.options["seed"]), LogisticRegression(), cv=3)
        stack.fit(state.require("columns"), state.require("target"))
        chance = stack.predict_proba(state.require("columns"))[:, 1]
        metrics = json.dumps({"roc_auc": float(roc_auc_score(state.require("target"), chance))})
        Path(state.require("model"), "metrics.json").write_text(metrics, encoding="utf-8")
        joblib.dump(stack, f"{state.require('model')}/stack.joblib", compress=3)
        return {"stack": stack}


@STEPS.step("predict")
class PredictStep(AbstractStep):
    """Reads the stack and predicts."""

    def apply(self, state):
        stack = joblib.load(f"{state.require('model')}/stack.joblib")
        return {"chance": stack.predict_proba(state.require("columns"))[:, 1]}
