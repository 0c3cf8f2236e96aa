import sys, pickle
import pandas as pd
from prep import prep

arg = lambda n: sys.argv[sys.argv.index("--" + n) + 1]
m, columns = pickle.load(open(arg("model") + "/m.pkl", "rb"))
df = pd.read_csv(arg("input") + "/tickets.csv")
df["prediction"] = m.predict_proba(prep(df).reindex(columns=columns, fill_value=0))[:, 1]
df[["id", "prediction"]].to_csv(arg("output"), index=False)
