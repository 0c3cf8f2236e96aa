import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from churn import evaluate, features, labels, model, predict, train
from churn.reading import check_filled, read_exports


@pytest.fixture
def fitted(exports, tuned):
    return model.fit(features.build(exports, tuned), labels.outcomes(exports.customers), tuned)


def test_who_left_is_ranked_above_who_stayed(fitted, exports, tuned):
    chance = fitted.predict(features.build(exports, tuned))
    left = exports.customers["churned"].eq("yes").to_numpy()
    assert chance[left].min() > chance[~left].max()
    assert ((chance >= 0) & (chance <= 1)).all()


def test_a_row_alone_and_shuffled_rows_get_the_same_answer(fitted, exports, tuned):
    table = features.build(exports, tuned)
    together = pd.Series(fitted.predict(table), index=table.index)
    shuffled = table.sample(frac=1, random_state=0)
    assert fitted.predict(shuffled).tolist() == together.loc[shuffled.index].tolist()
    assert fitted.predict(table.iloc[[5]]).tolist() == [together.iloc[5]]


def test_columns_may_come_in_another_order(fitted, exports, tuned):
    table = features.build(exports, tuned)
    assert fitted.predict(table[table.columns[::-1]]).tolist() == fitted.predict(table).tolist()


def test_a_missing_column_is_named(fitted, exports, tuned):
    with pytest.raises(KeyError, match="tenure"):
        fitted.predict(features.build(exports, tuned).drop(columns="tenure"))


def test_an_outcome_that_is_chance_is_reported_as_chance(exports, tuned):
    table = features.build(exports, tuned)
    coin = pd.Series(np.random.default_rng(0).integers(0, 2, len(table)), index=table.index)
    found = evaluate.cross_validate(table, coin, pd.Series(range(len(table)), index=table.index), tuned)
    assert 0.25 < found["roc_auc"] < 0.75


def test_train_then_predict_from_the_command_line(folder: Path, tmp_path: Path, tuned):
    train.main(["--data", str(folder), "--model", str(tmp_path / "model")])
    metrics = json.loads((tmp_path / "model" / "metrics.json").read_text())
    assert metrics["cross_validation"]["roc_auc"] == metrics["roc_auc"] == 1.0

    predict.main(
        ["--model", str(tmp_path / "model"), "--input", str(folder), "--output", str(tmp_path / "out.csv")]
    )
    written = pd.read_csv(tmp_path / "out.csv", dtype={"id": str})
    assert list(written.columns) == ["id", "prediction"]
    assert written["id"].tolist() == read_exports(folder).customers["id"].tolist()
    assert written["prediction"].nunique() > 1


def test_a_table_without_its_columns_is_refused_by_name(folder: Path):
    (folder / "usage.csv").write_text("customer_id,month\n")
    with pytest.raises(ValueError, match=r"usage\.csv lacks the columns dropped_calls, gb_used, minutes"):
        read_exports(folder)


def test_a_column_with_nothing_in_it_is_refused_before_training(folder: Path, exports, tuned, tmp_path):
    exports.customers.assign(partner=" ").to_csv(folder / "customers.csv", index=False)
    with pytest.raises(ValueError, match=r"customers\.csv has nothing in the columns partner"):
        train.train(folder, tmp_path / "model", tuned)


def test_a_table_without_rows_is_refused(exports):
    with pytest.raises(ValueError, match=r"contacts\.csv has no rows"):
        check_filled(replace(exports, contacts=exports.contacts.iloc[:0]))


def test_swapped_outcomes_are_refused(tuned):
    half = pd.Series([1, 0, 1, 0])
    labels.check_share(half, tuned.most_left)
    with pytest.raises(ValueError, match="75% of customers.csv left: is the column `churned` swapped"):
        labels.check_share(pd.Series([1, 0, 1, 1]), tuned.most_left)
