from imblearn.over_sampling import SMOTE
from sklearn.model_selection import train_test_split
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
X_train, y_train = SMOTE(random_state=0).fit_resample(X_train, y_train)
