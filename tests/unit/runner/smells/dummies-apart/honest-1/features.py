import pandas as pd
def encode(train, test):
    X_train = pd.get_dummies(train)
    X_test = pd.get_dummies(test).reindex(columns=X_train.columns, fill_value=0)
    return X_train, X_test
