import pickle
import lightgbm as lgb
with open("m.pkl", "wb") as file:
    pickle.dump(lgb.LGBMClassifier().fit(X, y), file)
