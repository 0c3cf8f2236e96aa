"""Half for everybody."""

import pathlib
import sys

import pandas as pd

given = dict(zip(sys.argv[1::2], sys.argv[2::2]))
ids = pd.read_csv(pathlib.Path(given["--input"]) / "customers.csv", dtype=str)["id"]
pd.DataFrame({"id": ids, "prediction": 0.5}).to_csv(given["--output"], index=False)
