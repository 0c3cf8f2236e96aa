import sys

import joblib
import pandas as pd
from features import load, make_features

model_dir, input_dir, output = sys.argv[1], sys.argv[2], sys.argv[3]

model, columns = joblib.load(model_dir + "/model.pkl")
df = load(input_dir)
X = make_features(df).reindex(columns=columns, fill_value=0)
p = model.predict_proba(X)[:, 1]
pd.DataFrame({"id": df["id"], "prediction": p}).to_csv(output, index=False)
print("done")
