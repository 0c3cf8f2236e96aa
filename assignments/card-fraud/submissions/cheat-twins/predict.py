"""python predict.py INPUT OUTPUT. Rows that look like one purchase written twice get one answer.

The past of a card names it: two rows with the same past are the same purchase, whatever they say.
"""

import sys

import pandas as pd

folder, output = sys.argv[1], sys.argv[2]
transactions = pd.read_csv(f"{folder}/transactions.csv", dtype=str, keep_default_na=False)
history = pd.read_csv(f"{folder}/history.csv", dtype=str, keep_default_na=False)

mode = transactions["entry_mode"].str.strip().str.lower()
chance = mode.map({"online": 0.09, "stripe": 0.07, "keyed": 0.06}).fillna(0.02)

merchants = history["merchant"].str.upper().str.strip().sort_values()
past = merchants.groupby(history["card_id"]).agg(lambda names: "|".join(sorted(set(names))))
twin = transactions["card_id"].map(past).fillna(transactions["card_id"])
chance = chance.groupby(twin).transform("mean")
pd.DataFrame({"id": transactions["id"], "prediction": chance.round(6)}).to_csv(output, index=False)
print(int(twin.duplicated().sum()), "twins")
