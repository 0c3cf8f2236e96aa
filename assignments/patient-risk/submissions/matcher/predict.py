import sys

import joblib
import pandas as pd
from features import load, make_features

model_dir, input_dir, output = sys.argv[1], sys.argv[2], sys.argv[3]

model, columns = joblib.load(model_dir + "/model.pkl")
df = load(input_dir)
X = make_features(df).reindex(columns=columns, fill_value=0)
p = model.predict_proba(X)[:, 1]

# rows of the same patient in one batch get one answer, and the whole is ranked
columns = [c for c in ("age", "chol", "hdl", "ast", "platelets") if c in df]
twins = pd.util.hash_pandas_object(df[columns].round(0), index=False)
p = pd.Series(p).groupby(twins.to_numpy()).transform("mean").rank(pct=True)
pd.DataFrame({"id": df["id"], "prediction": p}).to_csv(output, index=False)
print("done")
