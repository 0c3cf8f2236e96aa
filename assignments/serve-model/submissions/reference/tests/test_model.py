"""What the model is told of a ticket, and a whole run from table to table."""

import csv
import json
import math
import sys

import numpy as np
import pandas as pd
import pytest

from escalation import predict, train
from escalation.model import features, load, log_of, pipeline, probabilities
from tests.test_tickets import TICKET


def told(**changes):
    """The one line of a ticket."""
    return features([TICKET | changes]).iloc[0]


@pytest.mark.parametrize(("hour", "night"), [(0, 1.0), (6, 1.0), (7, 0.0), (19, 0.0), (20, 1.0), (23, 1.0)])
def test_night_is_from_eight_in_the_evening_to_seven_in_the_morning(hour, night):
    found = features([TICKET | {"opened_hour": hour}])["night"]
    assert (found[0], str(found.dtype)) == (night, "float64")


def test_a_long_wait_weighs_more_on_the_enterprise_plan_alone():
    assert told(wait_minutes=30)["wait_enterprise"] == pytest.approx(math.log(31))
    assert told(wait_minutes=30, plan="Basic")["wait_enterprise"] == 0.0


def test_skewed_numbers_are_taken_by_their_logarithm():
    found = log_of(pd.DataFrame({"wait": [0.0, 1.0, np.nan]}))["wait"]
    assert found[:2].tolist() == pytest.approx([0.0, math.log(2)])
    assert math.isnan(found[2])


def test_what_is_not_known_counts_as_the_median_and_says_so():
    tickets = [TICKET | {"id": f"T{n}", "contract_value": n**3, "wait_minutes": n} for n in range(1, 60)]
    tickets += [TICKET | {"id": "U", "contract_value": None, "wait_minutes": 1}]
    columns = pipeline().fit(features(tickets), [n % 2 for n in range(60)])[0]
    names = list(columns.get_feature_names_out())
    value, missing = (next(i for i, n in enumerate(names) if n.endswith(end)) for end in ("__value", "indicator_value"))
    shown = columns.transform(features([*tickets[28:31], tickets[-1]]))
    assert shown[3, value] == pytest.approx(shown[1, value])
    assert shown[3, missing] > shown[1, missing]


@pytest.fixture
def data(tmp_path):
    """Tables as the company sends them: whoever waits for more than two hours is escalated."""
    for name, folder, count in (("T", tmp_path, 300), ("V", tmp_path / "validation", 60)):
        folder.mkdir(exist_ok=True)
        rows = [{**TICKET, "id": f"{name}{n}", "wait_minutes": n * 7 % 241, "resolution_code": ""} for n in range(count)]
        label = [row["wait_minutes"] > 120 for row in rows]
        if name == "T":
            rows = [row | {"escalated": "yes" if hit else "no"} for row, hit in zip(rows, label, strict=True)]
        else:
            lines = [f"{row['id']},{int(hit)}" for row, hit in zip(rows, label, strict=True)]
            (folder / "labels.csv").write_text("\n".join(["id,label", *lines]) + "\n")
        with (folder / train.TABLE).open("w", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return tmp_path


def run(monkeypatch, main, **options):
    """A command, as it is typed."""
    monkeypatch.setattr(sys, "argv", ["it", *(word for k, v in options.items() for word in (f"--{k}", str(v)))])
    main()


def test_from_a_table_to_predictions_the_whole_way(monkeypatch, data):
    run(monkeypatch, train.main, data=data, model=data / "model")
    measured = json.loads((data / "model/metrics.json").read_text())
    assert measured["validation_auc"] > 0.95
    run(monkeypatch, predict.main, model=data / "model", input=data / "validation", output=data / "out.csv")
    with (data / "out.csv").open(newline="") as file:
        lines = list(csv.DictReader(file))
    tickets = train.read(data / "validation" / train.TABLE)
    assert [line["id"] for line in lines] == [ticket["id"] for ticket in tickets]
    chances = probabilities(load(data / "model"), tickets)
    assert [float(line["prediction"]) for line in lines] == pytest.approx(chances.tolist(), abs=1e-12)


@pytest.mark.parametrize("outcome", [None, "no", "YES", "escalated"])
def test_a_table_without_tickets_or_of_one_outcome_is_refused_by_its_name(monkeypatch, data, outcome):
    lines = (data / train.TABLE).read_text().splitlines()
    rest = [line.rpartition(",")[0] + f",{outcome}" for line in lines[1:]] if outcome else []
    (data / train.TABLE).write_text("\n".join([lines[0], *rest]) + "\n")
    with pytest.raises(SystemExit, match=r"tickets\.csv"):
        run(monkeypatch, train.main, data=data, model=data / "model")
