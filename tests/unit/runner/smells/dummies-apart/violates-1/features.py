import pandas as pd
def encode(train, test):
    X_train = pd.get_dummies(train)
    X_test = pd.get_dummies(test)
    return X_train, X_test
