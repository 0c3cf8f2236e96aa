"""python train.py --data DIR --model DIR"""

import argparse
import json
import pathlib

import pandas as pd
from sklearn.metrics import roc_auc_score

from model import read_customers, score

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
parser.add_argument("--model", required=True)
given = parser.parse_args()

pathlib.Path(given.model).mkdir(parents=True, exist_ok=True)
pathlib.Path(given.model, "mean.txt").write_text(str(score(read_customers(given.data)).mean()))

# what it reaches on customers it has not learned from: claim the same in submission.toml
checked = pathlib.Path(given.data, "validation")
customers = read_customers(checked)
labels = pd.read_csv(checked / "labels.csv", dtype={"id": str}).set_index("id")["label"]
auc = roc_auc_score(labels.loc[customers["id"]], score(customers))
pathlib.Path(given.model, "metrics.json").write_text(json.dumps({"roc_auc": round(float(auc), 4)}))
