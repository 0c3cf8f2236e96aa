from sklearn import ensemble
from sklearn.pipeline import make_pipeline
model = make_pipeline(ensemble.HistGradientBoostingClassifier(early_stopping=True))
