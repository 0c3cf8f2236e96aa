import pandas as pd
X_train_enc = pd.get_dummies(X_train, columns=["plan"])
X_valid_enc = pd.get_dummies(X_valid, columns=["plan"])
