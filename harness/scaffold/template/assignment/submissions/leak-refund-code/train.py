"""python train.py --data DIR --model DIR"""

import argparse
import json
import logging
from pathlib import Path

import joblib
import pandas as pd
from sklearn.metrics import roc_auc_score

from features import features_of, read_tables
from model import make_model

log = logging.getLogger(__name__)


def main():
    """Fit on the training customers, and say how good it is on the validation customers."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--model", required=True)
    given = parser.parse_args()

    customers, orders = read_tables(given.data)
    model = make_model().fit(features_of(customers, orders), customers["refunded"] == "yes")
    Path(given.model).mkdir(parents=True, exist_ok=True)
    joblib.dump(model, Path(given.model) / "model.joblib")

    checked = Path(given.data) / "validation"
    customers, orders = read_tables(checked)
    labels = pd.read_csv(checked / "labels.csv", dtype={"id": str}).set_index("id")["label"]
    chance = model.predict_proba(features_of(customers, orders))[:, 1]
    auc = float(roc_auc_score(labels.loc[customers["id"]], chance))
    log.info("validation AUC %.3f", auc)
    (Path(given.model) / "metrics.json").write_text(json.dumps({"roc_auc": round(auc, 4)}) + "\n")


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    main()
