from sklearn.feature_selection import SelectKBest
from sklearn.model_selection import cross_val_score
best = SelectKBest(k=10).fit_transform(X, y)
print(cross_val_score(model, best, y))
