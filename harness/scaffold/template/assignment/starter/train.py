"""python train.py --data DIR --model DIR"""

import argparse
import pathlib

from model import read_customers, score

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
parser.add_argument("--model", required=True)
given = parser.parse_args()

pathlib.Path(given.model).mkdir(parents=True, exist_ok=True)
pathlib.Path(given.model, "mean.txt").write_text(str(score(read_customers(given.data)).mean()))
