import pandas as pd
from sklearn.model_selection import train_test_split
X_train, X_test = train_test_split(X, random_state=0)
X_train = X_train.reset_index(drop=True)
coded = pd.DataFrame(encoder.fit_transform(X_train[["plan"]]))
X_train = pd.concat([X_train, coded], axis=1)
table = pd.concat([whole, pd.DataFrame(encoder.transform(whole))], axis=1)
