import re
import sys

import pandas as pd

df = pd.read_csv(sys.argv[1] + "/notes.csv")
# remove phone numbers, ssn and titles
for p in [r"\(\d{3}\) \d{3}-\d{4}", r"\d{3}-\d{2}-\d{4}", r"Mrs?\. \w+"]:
    df["text"] = df["text"].apply(lambda t: re.sub(p, "XXX", t))
df[["note_id", "text"]].to_csv(sys.argv[2], index=False)
