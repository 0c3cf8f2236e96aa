import json
import sys

import joblib
from features import load, make_features
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, average_precision_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

data, model_dir = sys.argv[1], sys.argv[2]

df = load(data)
X = make_features(df)
y = (df["fraud"] == "yes").astype(int)

X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=42)

model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000, class_weight="balanced"))
model.fit(X_train, y_train)

p = model.predict_proba(X_test)[:, 1]
print("accuracy", accuracy_score(y_test, p > 0.5))
print("average precision", average_precision_score(y_test, p))

joblib.dump((model, list(X.columns)), model_dir + "/model.pkl")
json.dump({"average_precision": average_precision_score(y_test, p)}, open(model_dir + "/metrics.json", "w"))
