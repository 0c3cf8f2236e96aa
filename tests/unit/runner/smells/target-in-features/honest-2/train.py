from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.pipeline import make_pipeline
pipe = make_pipeline(ColumnTransformer([("n", "passthrough", ["a"])]), HistGradientBoostingClassifier())
pipe.fit(df, df["churned"])
HistGradientBoostingClassifier().fit(df.drop(columns=["id", "churned"]), df["churned"])
HistGradientBoostingClassifier().fit(df[["a", "b"]], df["churned"])
