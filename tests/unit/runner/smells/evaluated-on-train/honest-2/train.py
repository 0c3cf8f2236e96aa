from sklearn.linear_model import LogisticRegression
model = LogisticRegression().fit(X, y)
X, y = later(X), after(y)
print(model.score(X, y))
