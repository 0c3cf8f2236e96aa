import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from fraud import evaluate, events, features, labels, model, predict, train
from fraud.reading import read_exports


@pytest.fixture
def known(exports, tuned):
    purchases = events.build(exports, tuned)
    return features.build(purchases), labels.outcomes(exports, purchases, tuned)


def test_fraud_is_ranked_above_the_rest(known, tuned):
    table, outcome = known
    chance = model.fit(table, outcome, tuned).predict(table, outcome["shop"])
    bad = outcome["fraud"].eq(1).to_numpy()
    assert chance[bad].min() > chance[~bad].max()
    assert ((chance >= 0) & (chance <= 1)).all()


def test_a_row_alone_and_shuffled_rows_get_the_same_answer(known, tuned):
    table, outcome = known
    fitted = model.fit(table, outcome, tuned)
    together = pd.Series(fitted.predict(table, outcome["shop"]), index=table.index)
    order = np.random.default_rng(0).permutation(len(table))
    assert fitted.predict(table.iloc[order], outcome["shop"].iloc[order]).tolist() == together.iloc[order].tolist()
    assert fitted.predict(table.iloc[[5]], outcome["shop"].iloc[[5]]).tolist() == [together.iloc[5]]


def test_a_missing_column_is_named(known, tuned):
    table, outcome = known
    with pytest.raises(KeyError, match="above_usual"):
        model.fit(table, outcome, tuned).predict(table.drop(columns="above_usual"), outcome["shop"])


def test_a_shop_is_drawn_to_the_average_and_a_new_one_has_it():
    known = pd.DataFrame({"fraud": [1, 0, 0, 0], "weight": 1.0, "shop": ["a", "b", "b", "b"]})
    risk = model.shop_risk(known, prior=2.0)
    assert risk.rates["b"] < risk.average < risk.rates["a"] < 1
    assert risk.of(pd.Series(["never seen"]))[0] == pytest.approx(np.log(0.25))


def test_scores_say_how_sure_they_are():
    fraud = pd.Series([0, 1] * 50)
    found = evaluate.scores(fraud, np.linspace(0, 1, 100), seed=1)
    assert found["average_precision_of_chance"] == 0.5
    assert found["average_precision_se"] > 0


def test_train_then_predict_from_the_command_line(folder: Path, tmp_path: Path, exports):
    exports.transactions[["id"]].assign(label=exports.transactions["fraud"].eq("yes").astype(int)).to_csv(
        folder / "labels.csv", index=False
    )
    (folder / "validation").symlink_to(folder, target_is_directory=True)
    train.main(["--data", str(folder), "--model", str(tmp_path / "model")])
    metrics = json.loads((tmp_path / "model" / "metrics.json").read_text())
    assert metrics["average_precision"] == 1.0
    assert metrics["baseline_average_precision"] == 1.0
    assert metrics["average_precision_by_entry_mode"] == {"online": 1.0}

    predict.main(["--model", str(tmp_path / "model"), "--input", str(folder), "--output", str(tmp_path / "out.csv")])
    written = pd.read_csv(tmp_path / "out.csv", dtype={"id": str})
    assert list(written.columns) == ["id", "prediction"]
    assert written["id"].tolist() == exports.transactions["id"].tolist()
    assert written["prediction"].nunique() > 1


def test_a_table_without_its_columns_is_refused_by_name(folder: Path):
    (folder / "history.csv").write_text("card_id,time,gateway,amount,currency\n")
    with pytest.raises(ValueError, match=r"history\.csv lacks the columns entry_mode, merchant"):
        read_exports(folder)
