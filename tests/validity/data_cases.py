"""Planted in the model and its data handling: what A1 to A7, B2 and the claim must see."""

from __future__ import annotations

from tests.validity.case import Case
from tests.validity.edits import append, body, both, sub, swap

ON = "telco-churn/reference"
CLEANING, FEATURES, MODEL = "churn/cleaning.py", "churn/features.py", "churn/model.py"
PREDICT, TRAIN = "churn/predict.py", "churn/train.py"
# what a mistake in the data costs elsewhere: worse features rank worse, and the claim was for better ones
WORSE = ("A1", "A2", "A4", "A5", "A6", "A7", "E2")
# a suite that tests cleaning turns red on a mistake in it
RED = ("B2", "B3", "B4", "C1", "C2", "C3", "C4", "E1")

CASES = (
    Case(
        "sentinel-as-number",
        ON,
        body(CLEANING, "tenure_months", '"""Months of tenure."""\nreturn number(values).clip(lower=-0.9)'),
        falls=("A3",),
        may=(*WORSE, *RED),
        in_ci=True,
    ),
    Case(
        "cents-as-money",
        ON,
        body(CLEANING, "monthly_amount", '"""The monthly amount."""\nreturn number(charges)'),
        falls=("A3",),
        may=(*WORSE, *RED),
    ),
    Case(
        "spelling-as-it-comes",
        ON,
        body(
            CLEANING,
            "category",
            '"""Each value that is one of the known ones, else other."""\n'
            "return values.where(values.isin(known), OTHER)",
        ),
        falls=("A3",),
        may=(*WORSE, *RED),
    ),
    Case(
        "decimal-comma-unread",
        ON,
        body(
            CLEANING,
            "number",
            '"""Numbers; anything else is missing."""\n'
            'return pd.to_numeric(values, errors="coerce").astype(float)',
        ),
        falls=("A3",),
        may=(*WORSE, *RED),
    ),
    Case(
        "month-first-dates",
        ON,
        body(
            CLEANING,
            "date",
            '"""Dates, as pandas guesses them."""\n'
            'return pd.to_datetime(values, errors="coerce", format="mixed")',
        ),
        falls=("A3",),
        may=(*WORSE, *RED),
    ),
    Case(
        "rows-dropped",
        ON,
        swap(PREDICT, "answers.to_csv(", "answers.iloc[3:].to_csv("),
        falls=("A1", "A2", "A3", "E2"),
        may=("A4", "A5", "A6", "A7", *RED),
    ),
    Case(
        "inverted",
        ON,
        swap(MODEL, "predict_proba(rows)[:, 1]", "predict_proba(rows)[:, 0]"),
        falls=("A1", "A2", "A3", "E2"),
        may=("A4", "A5", "A6", "A7", *RED),
    ),
    Case(
        "answers-without-ids",
        ON,
        swap(PREDICT, "fitted.predict(table)}", "fitted.predict(table.sort_index())}"),
        falls=("A1", "A2"),
        may=("A3", "A4", "A5", "A6", "A7", "E2", *RED),
    ),
    Case(
        "ranked-within-the-batch",
        ON,
        swap(
            PREDICT,
            '"prediction": fitted.predict(table)}',
            '"prediction": pd.Series(fitted.predict(table)).rank(pct=True).to_numpy()}',
        ),
        falls=("A3",),
        may=("A5", "A6", "A7", *RED),
    ),
    Case(
        "percent",
        ON,
        swap(PREDICT, "fitted.predict(table)}", "100 * fitted.predict(table)}"),
        falls=("A1", "A2", "A3"),
        may=("A4", "A5", "A6", "A7", "E2", *RED),
    ),
    Case(
        "weighted-and-not-recalibrated",
        ON,
        both(
            swap(
                MODEL,
                "LogisticRegression(max_iter=2000,",
                'LogisticRegression(max_iter=2000, class_weight="balanced",',
            ),
            swap(MODEL, "early_stopping=False,", 'early_stopping=False,\n        class_weight="balanced",'),
        ),
        falls=("A5",),
        may=("A1", "A2", "A7", "C2", "C3"),
    ),
    Case(
        "another-model-each-time",
        ON,
        both(
            swap(MODEL, "random_state=settings.seed,", "max_features=0.2,"),
            swap(
                MODEL,
                "rows = features.to_numpy(dtype=float)",
                "features = features.sample(frac=0.5)\n    outcome = outcome.loc[features.index]\n    rows = features.to_numpy(dtype=float)",
            ),
        ),
        falls=("A6", "B2"),
        may=("A1", "A2", "A4", "A5", "A7", "C1", "C2", "C3", "C4", "E1", "E2"),
    ),
    Case(
        "claims-too-much",
        ON,
        sub("submission.toml", r"^value = [\d.]+", "value = 0.97"),
        falls=("E2",),
        may=("A4",),
    ),
    Case(
        "claims-nothing",
        ON,
        sub("submission.toml", r"\[claims\].*?(?=\n\[)", ""),
        falls=("E2",),
        may=("A4", "A5", "A7"),
    ),
    Case(
        "no-baseline-no-weak-part",
        ON,
        both(sub("submission.toml", r"^baseline = .*?$", ""), sub("submission.toml", r"^weakest = .*?$", "")),
        falls=("A7",),
    ),
    Case(
        "weak-part-that-is-strong",
        ON,
        sub("submission.toml", r"^weakest = .*?$", 'weakest = "partner=1"'),
        falls=("A7",),
    ),
    Case(
        "fitted-before-the-split",
        ON,
        both(
            append(
                "churn/search.py",
                '''
                """What ten columns are worth."""

                import pandas as pd
                from sklearn.ensemble import HistGradientBoostingClassifier
                from sklearn.feature_selection import SelectKBest
                from sklearn.metrics import roc_auc_score
                from sklearn.model_selection import train_test_split


                def of_ten(features: pd.DataFrame, outcome: pd.Series, seed: int) -> float:
                    """The area on the part that was held out."""
                    chosen = SelectKBest(k=10).fit_transform(features.fillna(0.0), outcome)
                    fitted, held, fitted_y, held_y = train_test_split(chosen, outcome, random_state=seed)
                    model = HistGradientBoostingClassifier(random_state=seed).fit(fitted, fitted_y)
                    return float(roc_auc_score(held_y, model.predict_proba(held)[:, 1]))
                ''',
            ),
            swap(
                TRAIN,
                "    fitted = model.fit(table, outcome, tuned)\n",
                '    log.info("ten columns: %.3f", search.of_ten(table, outcome, tuned.seed))\n'
                "    fitted = model.fit(table, outcome, tuned)\n",
            ),
            swap(TRAIN, "labels, model, settings", "labels, model, search, settings"),
        ),
        falls=("B2",),
        may=("A4", "B1", "B3", "C2", "C3"),
    ),
    Case(
        "resampled-in-a-helper",
        ON,
        both(
            append(
                "churn/sampling.py",
                '''
                """As many who leave as who stay."""

                import pandas as pd
                from sklearn.utils import resample


                def balanced(table: pd.DataFrame, outcome: pd.Series) -> tuple[pd.DataFrame, pd.Series]:
                    """Customers who leave are drawn again until they are as many."""
                    leave, stay = table[outcome == 1], table[outcome == 0]
                    drawn = resample(leave, n_samples=len(stay), random_state=0)
                    return pd.concat([stay, drawn]), pd.concat([outcome[outcome == 0], outcome.loc[drawn.index]])
                ''',
            ),
            swap(
                TRAIN,
                "    group = pd.Series(range(len(table)), index=table.index)\n"
                '    metrics = {"cross_validation": evaluate.cross_validate(table, outcome, group, tuned)}\n',
                "    more, known = sampling.balanced(table, outcome)\n"
                "    group = pd.Series(range(len(more)), index=more.index)\n"
                '    metrics = {"cross_validation": evaluate.cross_validate(more, known, group, tuned)}\n',
            ),
            swap(TRAIN, "labels, model, settings", "labels, model, sampling, settings"),
        ),
        falls=("B2",),
        may=("A4", "C1", "C2", "C3"),
    ),
    Case(
        "table-mistakes",
        ON,
        both(
            append(
                "churn/report.py",
                '''
                """A table for the desk."""

                import warnings

                import numpy as np
                import pandas as pd

                warnings.filterwarnings("ignore")


                def worth(customers: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
                    """What each call is worth."""
                    table = customers.merge(answers)
                    table["value"] = 0.0
                    for index, row in table.iterrows():
                        table["value"][index] = 0.4 * 400 * row["prediction"] - 50
                    table = table[table["value"] == np.nan] if table.empty else table
                    table.fillna(0, inplace=True)
                    return table
                ''',
            ),
            swap(PREDICT, "answers.to_csv(", "_ = report.worth(answers, answers)\n    answers.to_csv("),
            swap(
                PREDICT,
                "from churn import features, settings",
                "from churn import features, report, settings",
            ),
        ),
        falls=("B2",),
        may=("B3", "C2", "C3", "E3"),
    ),
)
