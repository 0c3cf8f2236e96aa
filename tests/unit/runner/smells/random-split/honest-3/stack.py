from sklearn.model_selection import KFold
for a, b in KFold(5, shuffle=True, random_state=0).split(X):
    stacked[b] = model.fit(X[a], y[a]).predict(X[b])
