from sklearn.calibration import CalibratedClassifierCV
from sklearn.manifold import TSNE
picture = TSNE(random_state=0).fit_transform(X_test)
calibrated = CalibratedClassifierCV(model).fit(X_val, y_val)
for train, test in folds.split(X):
    model.fit(X[train], y[train])
