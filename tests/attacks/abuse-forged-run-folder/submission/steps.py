"""Writes the verdict itself."""

import json
from pathlib import Path

NAMES = ("journal.jsonl", "evidence.json", "scorecard.json", "report.html", "results/scorecard.json", "results/junit.xml",
         "static/static.json", "predict/predictions.csv", "seal.json", "chain.json", "run.json", ".done", "static.json")
TEXT = json.dumps({"total": "100.00", "event": "published", "stage": "predict", "ended": "finished", "score": 1.0})


def plant(*tops):
    made = 0
    for top in tops:
        for name in NAMES:
            path = Path(top, name)
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(TEXT)
                made += 1
            except OSError:
                continue
    print("ATTACK forged", "many" if made > 12 else made)


def after_train(model):
    plant(model, "/output", "/output/work", ".", "..")


def after_predict(output):
    plant("/output", "/output/..", ".")


def before_train(data, model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
