from sklearn.feature_selection import SelectKBest
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
print(cross_val_score(make_pipeline(SelectKBest(k=10), model), X, y))
