import json
import sys

import joblib
from features import load, make_features
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

data, model_dir = sys.argv[1], sys.argv[2]

df = load(data)
X = make_features(df)
y = (df["outcome_5y"] == "yes").astype(int)

X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=42)

model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000))
model.fit(X_train, y_train)

p = model.predict_proba(X_test)[:, 1]
print("accuracy", accuracy_score(y_test, p > 0.5))
print("AUC", roc_auc_score(y_test, p))

with open(model_dir + "/metrics.json", "w") as f:
    json.dump({"roc_auc": roc_auc_score(y_test, p), "accuracy": accuracy_score(y_test, p > 0.5)}, f)

joblib.dump((model, list(X.columns)), model_dir + "/model.pkl")
