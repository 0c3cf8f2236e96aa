"""What the libraries of this field call things: tables that the smell_*.py beside it go by."""

from __future__ import annotations

SPLITS = frozenset({"train_test_split", "cross_val_score", "cross_val_predict", "cross_validate"})
SCALERS = frozenset(
    {"StandardScaler", "MinMaxScaler", "RobustScaler", "MaxAbsScaler", "PowerTransformer",
     "QuantileTransformer", "SimpleImputer", "KNNImputer", "IterativeImputer", "PCA",
     "TruncatedSVD", "TfidfVectorizer"}
)  # fmt: skip
SELECTORS = frozenset(
    {"SelectKBest", "SelectPercentile", "SelectFromModel", "RFE", "RFECV", "SequentialFeatureSelector",
     "TargetEncoder", "LinearDiscriminantAnalysis", "LeaveOneOutEncoder", "CatBoostEncoder", "WOEEncoder"}
)  # fmt: skip
LEARNERS = ("sklearn", "lightgbm", "xgboost", "catboost", "imblearn", "category_encoders")
# a model that takes all columns it is given
MODELS = frozenset(
    {"LogisticRegression", "RandomForestClassifier", "HistGradientBoostingClassifier", "ExtraTreesClassifier",
     "GradientBoostingClassifier", "DecisionTreeClassifier", "LGBMClassifier", "XGBClassifier", "SVC",
     "KNeighborsClassifier", "GaussianNB", "CatBoostClassifier", "LinearRegression", "RandomForestRegressor"}
)  # fmt: skip
# hold a group or the past apart
GROUPED = frozenset(
    {"GroupKFold", "StratifiedGroupKFold", "GroupShuffleSplit", "LeaveOneGroupOut", "TimeSeriesSplit"}
)
SHUFFLED_FOLDS = frozenset({"KFold", "StratifiedKFold", "ShuffleSplit", "StratifiedShuffleSplit"})
LAGS = frozenset({"shift", "rolling", "expanding", "ewm"})
# of sklearn.metrics
METRICS = frozenset(
    {"accuracy_score", "roc_auc_score", "average_precision_score", "f1_score", "precision_score",
     "recall_score", "log_loss", "brier_score_loss", "balanced_accuracy_score", "fbeta_score",
     "matthews_corrcoef",
     "mean_squared_error", "mean_absolute_error", "root_mean_squared_error", "r2_score",
     "classification_report", "confusion_matrix", "precision_recall_curve", "roc_curve"}
)  # fmt: skip
WHOLE = frozenset(
    {"cross_val_score", "cross_val_predict", "cross_validate", "GridSearchCV", "RandomizedSearchCV"}
)
PREDICTS = frozenset({"predict", "predict_proba", "decision_function"})
