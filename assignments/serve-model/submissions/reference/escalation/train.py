"""python -m escalation.train --data DIR --model DIR"""

from __future__ import annotations

import argparse
import csv
import json
import logging
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_score

from escalation.model import features, pipeline, probabilities, store

TABLE = "tickets.csv"
log = logging.getLogger(__name__)


def read(path: Path) -> list[dict[str, str]]:
    """The lines of a table, every cell as text."""
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def main() -> None:
    """Train on the public tickets, say how good it is on the validation tickets, store it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    tickets = read(args.data / TABLE)
    label = outcomes(tickets)
    model = pipeline()
    folds = cross_val_score(model, features(tickets), label, cv=5, scoring="roc_auc")
    model.fit(features(tickets), label)
    metrics = {"cross_validated_auc": float(folds.mean()), "spread": float(folds.std())}
    metrics["validation_auc"] = validated(model, args.data / "validation")
    log.info("%s", metrics)
    store(model, args.model)
    (args.model / "metrics.json").write_text(json.dumps(metrics, indent=1))


def outcomes(tickets: list[dict[str, str]]) -> np.ndarray:
    """Which tickets were escalated; a table that cannot be learned from is refused."""
    told = {ticket.get("escalated", "") for ticket in tickets}
    if told != {"yes", "no"}:
        raise SystemExit(f"{TABLE}: escalated must be yes or no, and both must be there; it has {sorted(told)[:5]}")
    return np.array([ticket["escalated"] == "yes" for ticket in tickets])


def validated(model: object, folder: Path) -> float:
    """The area on the tickets that no step has seen."""
    labels = {line["id"]: line["label"] == "1" for line in read(folder / "labels.csv")}
    tickets = read(folder / TABLE)
    truth = [labels[ticket["id"]] for ticket in tickets]
    return float(roc_auc_score(truth, probabilities(model, tickets)))


if __name__ == "__main__":
    main()
