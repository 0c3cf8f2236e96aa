"""What the little trainings beside share: a table with copies, a wide category and noise columns."""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

DATA, MODEL = Path(sys.argv[1]), Path(sys.argv[2])
SIGNAL = [f"x{n}" for n in range(4)]
NOISE = [f"z{n}" for n in range(150)]


def table(*, copies=False):
    """Training rows with the outcome as 0 and 1; of what was entered twice one, unless asked otherwise."""
    frame = pd.read_csv(DATA / "rows.csv")
    frame = frame if copies else frame.drop_duplicates(subset=SIGNAL)
    return frame.assign(y=frame["outcome"].eq("yes").astype(int))


def linear():
    """A plain model."""
    return LogisticRegression(max_iter=300)


def report(**figures):
    """metrics.json beside the model."""
    MODEL.mkdir(parents=True, exist_ok=True)
    (MODEL / "metrics.json").write_text(json.dumps({k: float(np.round(v, 4)) for k, v in figures.items()}))
