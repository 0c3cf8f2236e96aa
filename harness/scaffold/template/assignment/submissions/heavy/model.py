"""Three kinds of trees, each in three sizes, stacked with a logistic regression on top."""

from sklearn.ensemble import ExtraTreesClassifier, HistGradientBoostingClassifier, RandomForestClassifier, StackingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

SIZES = (30, 60, 90)
KINDS = (ExtraTreesClassifier, RandomForestClassifier)


def make_model():
    """Not fitted yet."""
    models = [(f"{kind.__name__}-{n}", kind(n_estimators=n, min_samples_leaf=10, random_state=n)) for kind in KINDS for n in SIZES]
    models += [(f"boosted-{n}", HistGradientBoostingClassifier(max_iter=n, learning_rate=0.05, random_state=n)) for n in SIZES]
    stack = StackingClassifier(models, LogisticRegression(), cv=3)
    return make_pipeline(SimpleImputer(strategy="median"), stack)
