"""Train a model."""
import argparse
import logging
from pathlib import Path

import joblib
import lightgbm as lgb

from churnlib.features import features, read

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


if __name__ == "__main__":
    main()
