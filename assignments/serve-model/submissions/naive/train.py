import sys, pickle
import pandas as pd
from sklearn.linear_model import LogisticRegression
from prep import prep

data = sys.argv[sys.argv.index("--data") + 1]
model = sys.argv[sys.argv.index("--model") + 1]
df = pd.read_csv(data + "/tickets.csv")
X = prep(df)
m = LogisticRegression(max_iter=1000).fit(X, df.escalated == "yes")
print("auc", m.score(X, df.escalated == "yes"))
pickle.dump((m, list(X.columns)), open(model + "/m.pkl", "wb"))
