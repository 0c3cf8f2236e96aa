from lightgbm import LGBMClassifier
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
models = [LogisticRegression(), HistGradientBoostingClassifier(), LGBMClassifier(), RandomForestClassifier(random_state=0)]
