"""The stages of the platform."""

import json
import os

import joblib
import pandas as pd
from sklearn.metrics import roc_auc_score

from risk_platform.core.interfaces import AbstractStage, ExecutionContext
from risk_platform.core.registry import registry
from risk_platform.stages.features import make_features
from risk_platform.strategies import models  # noqa: F401  (registers the strategies)


@registry.register("stage", "load")
class LoadStage(AbstractStage):
    """Folder -> people and features."""

    def execute(self, context: ExecutionContext) -> ExecutionContext:
        people, features = make_features(context.get("folder"))
        return context.with_value("people", people).with_value("features", features)


@registry.register("stage", "fit")
class FitStage(AbstractStage):
    """Features -> fitted model."""

    def execute(self, context: ExecutionContext) -> ExecutionContext:
        people, features = context.get("people"), context.get("features")
        known = people["outcome_5y"].isin(["yes", "no"]).to_numpy()
        model = registry.resolve("model", context.get("strategy", "stack")).build()
        model.fit(features[known], people["outcome_5y"][known] == "yes")
        return context.with_value("model", model)


@registry.register("stage", "validate")
class ValidateStage(AbstractStage):
    """AUC on the validation patients, if there are any."""

    def execute(self, context: ExecutionContext) -> ExecutionContext:
        folder = os.path.join(context.get("folder"), "validation")
        if os.path.isdir(folder):
            if os.path.exists(os.path.join(folder, "labels.csv")):
                _, features = make_features(folder)
                labels = pd.read_csv(os.path.join(folder, "labels.csv"), dtype={"id": str}).set_index("id")["label"]
                chance = context.get("model").predict_proba(features)[:, 1]
                context = context.with_value("roc_auc", float(roc_auc_score(labels.loc[features.index], chance)))
        return context


@registry.register("stage", "save")
class SaveStage(AbstractStage):
    """Model -> folder."""

    def execute(self, context: ExecutionContext) -> ExecutionContext:
        os.makedirs(context.get("target"), exist_ok=True)
        joblib.dump(context.get("model"), os.path.join(context.get("target"), "model.joblib"))
        with open(os.path.join(context.get("target"), "metrics.json"), "w") as file:
            json.dump({"roc_auc": context.get("roc_auc", None)}, file)
        return context


@registry.register("stage", "restore")
class RestoreStage(AbstractStage):
    """Folder -> model."""

    def execute(self, context: ExecutionContext) -> ExecutionContext:
        return context.with_value("model", joblib.load(os.path.join(context.get("target"), "model.joblib")))


@registry.register("stage", "answer")
class AnswerStage(AbstractStage):
    """Model and features -> predictions.csv."""

    def execute(self, context: ExecutionContext) -> ExecutionContext:
        features = context.get("features")
        chance = context.get("model").predict_proba(features)[:, 1].round(6)
        pd.DataFrame({"id": features.index, "prediction": chance}).to_csv(context.get("output"), index=False)
        return context
