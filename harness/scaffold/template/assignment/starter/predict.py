"""python predict.py --model DIR --input DIR --output FILE"""

import argparse

from model import read_customers, score

parser = argparse.ArgumentParser()
parser.add_argument("--model", required=True)
parser.add_argument("--input", required=True)
parser.add_argument("--output", required=True)
given = parser.parse_args()

customers = read_customers(given.input)
customers.assign(prediction=score(customers))[["id", "prediction"]].to_csv(given.output, index=False)
