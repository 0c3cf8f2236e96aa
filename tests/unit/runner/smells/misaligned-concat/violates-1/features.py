import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import OneHotEncoder
encoder = OneHotEncoder(sparse_output=False)
X_train, X_test = train_test_split(X, random_state=0)
coded = pd.DataFrame(encoder.fit_transform(X_train[["plan"]]), columns=encoder.get_feature_names_out())
X_train = pd.concat([X_train, coded], axis=1)
