import pandas as pd
from sklearn.model_selection import train_test_split
X_train, X_test = train_test_split(X, random_state=0)
coded = pd.DataFrame(encoder.fit_transform(X_train[["plan"]]), index=X_train.index)
X_train = pd.concat([X_train, coded], axis=1)
