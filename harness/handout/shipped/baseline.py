"""A first number to beat: python baseline.py, in the folder of the handout.

Logistic regression on the columns that hold numbers in the training and the validation table, as they are:
no cleaning, nothing of the other tables. Prints how well it ranks the validation rows, and writes
predictions.csv in the form that is asked for.
"""

import json
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

HERE = Path(__file__).parent
METRICS = {"roc_auc": roc_auc_score, "average_precision": average_precision_score}
DRAWS = 500


def main():
    """Fit, predict the validation rows, say how good that is."""
    spec = json.loads((HERE / ".takehome" / "check.json").read_text(encoding="utf-8"))
    layout = spec["layout"]
    data = HERE / "data"
    train = pd.read_csv(data / layout["table"], dtype=str)
    rows = pd.read_csv(data / "validation" / layout["table"], dtype=str)
    labels = pd.read_csv(data / "validation" / "labels.csv", dtype={"id": str}).set_index("id")["label"]

    columns = numeric_columns(train, rows, layout)
    model = make_pipeline(
        SimpleImputer(strategy="median"), StandardScaler(), LogisticRegression(max_iter=1000)
    )
    model.fit(numbers(train, columns), train[layout["label"]] == layout["positive"])
    predictions = model.predict_proba(numbers(rows, columns))[:, 1]

    out = pd.DataFrame({"id": rows[layout["id"]], "prediction": predictions})
    out.to_csv(HERE / "predictions.csv", index=False)
    truth = labels.loc[rows[layout["id"]]].to_numpy()
    low, value, high = measured(METRICS[spec["metric"]], truth, predictions)
    print(f"{len(columns)} columns: {', '.join(columns)}")
    print(
        f"{spec['metric']} on {len(truth)} validation rows: {value:.3f} (about 95 %: {low:.3f} to {high:.3f})"
    )


def numeric_columns(train, rows, layout):
    """Columns of both tables in which most cells are numbers."""
    shared = [c for c in train.columns if c in rows.columns and c != layout["id"]]
    return [c for c in shared if all(share_of_numbers(table[c]) > 0.5 for table in (train, rows))]


def share_of_numbers(column):
    """How many of the cells are numbers, 0 to 1."""
    return pd.to_numeric(column, errors="coerce").notna().mean()


def numbers(table, columns):
    """The columns as numbers; what is none is missing."""
    return table[columns].apply(pd.to_numeric, errors="coerce")


def measured(metric, truth, predictions):
    """The metric and the middle 95 % of it over resampled rows: low, value, high."""
    rng = np.random.default_rng(0)
    draws = []
    for _ in range(DRAWS):
        chosen = rng.integers(0, len(truth), len(truth))
        if 0 < truth[chosen].sum() < len(truth):
            draws.append(metric(truth[chosen], predictions[chosen]))
    low, high = np.quantile(draws, [0.025, 0.975])
    return low, metric(truth, predictions), high


if __name__ == "__main__":
    main()
