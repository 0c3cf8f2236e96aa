from sklearn.linear_model import LogisticRegression
def fit(X, y):
    return LogisticRegression().fit(X, y)
if __name__ == "__main__":
    LogisticRegression().fit([[1], [2]], [0, 1])
