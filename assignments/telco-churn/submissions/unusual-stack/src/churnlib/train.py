"""Train a model."""
import argparse
import json
import logging
from pathlib import Path

import joblib
import lightgbm as lgb
from sklearn.metrics import roc_auc_score

from churnlib.features import features, number, read

log = logging.getLogger(__name__)


def main() -> None:
    """Train on --data and write --model."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data")
    parser.add_argument("--model")
    args = parser.parse_args()
    frame = read(f"{args.data}/customers.csv")
    label = (frame["churned"] == "yes").cast(int).to_numpy()
    model = lgb.LGBMClassifier(n_estimators=50, random_state=0, n_jobs=1, verbose=-1)
    model.fit(features(frame).to_numpy(), label)
    Path(args.model).mkdir(exist_ok=True)
    joblib.dump(model, f"{args.model}/model.joblib")
    validation = read(f"{args.data}/validation/customers.csv")
    labels = read(f"{args.data}/validation/labels.csv").select("id", number("label"))
    answers = validation.select("id").join(labels, on="id", how="left", maintain_order="left", validate="1:1")
    auc = roc_auc_score(answers["label"].to_numpy(), model.predict_proba(features(validation).to_numpy())[:, 1])
    Path(args.model, "metrics.json").write_text(json.dumps({"roc_auc": float(auc)}), encoding="utf-8")
    log.info("validation AUC %.3f", auc)


if __name__ == "__main__":
    main()
