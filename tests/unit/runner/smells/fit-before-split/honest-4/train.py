from features import build, encoder
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline


def main(table, outcome):
    rows = build(table)
    model = make_pipeline(encoder(["age", "fee"]), LogisticRegression())
    return cross_val_score(model, rows, outcome), model.fit(rows, outcome)
