"""layout.py: what lies beside the code, and what notebooks have stored."""

from __future__ import annotations

import json

import layout
import pytest
import syntax


def of(top):
    return layout.of(top, syntax.sources(top))


def write(top, name, size):
    path = top / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.truncate(size)


def test_tables_are_data_where_data_lie_or_where_they_are_large(tmp_path):
    write(tmp_path, "data/customers.csv", 200_000)
    write(tmp_path, "export.parquet", 6_000_000)
    write(tmp_path, "figures.csv", 200_000)
    write(tmp_path, "tests/data/sample.csv", 200_000)
    write(tmp_path, "data/codes.csv", 3_000)
    assert [entry["path"] for entry in of(tmp_path)["data"]] == ["export.parquet", "data/customers.csv"]
    assert [entry["path"] for entry in of(tmp_path)["large"]] == ["export.parquet"]


def test_models_are_listed_whatever_their_size(tmp_path):
    write(tmp_path, "model/model.joblib", 10)
    assert of(tmp_path)["models"] == [{"path": "model/model.joblib", "bytes": 10}]


def test_gitignore_is_read_without_comments(tmp_path):
    assert of(tmp_path)["ignored"] is None
    (tmp_path / ".gitignore").write_text("# mine\n__pycache__/\n\n*.csv\n")
    assert of(tmp_path)["ignored"] == ["__pycache__/", "*.csv"]


def cell(count=None, error=False, **metadata):
    outputs = [{"output_type": "error", "ename": "KeyError", "evalue": "", "traceback": []}] * error
    code = {"cell_type": "code", "source": "1", "outputs": outputs, "execution_count": count}
    return code | {"metadata": metadata}


def test_a_notebook_tells_errors_and_cells_run_out_of_order(tmp_path):
    cells = [{"cell_type": "markdown", "source": ""}, cell(1), cell(7), cell(3, error=True), cell(8)]
    cells.append(cell(9, error=True, tags=["raises-exception"]))
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": cells}))
    (found,) = of(tmp_path)["notebooks"]
    assert (found["cells"], found["run"], found["errors"], found["backwards"]) == (5, 5, [4], [4])


def test_a_cleared_notebook_has_nothing_to_tell(tmp_path):
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": [cell(), cell()]}))
    (found,) = of(tmp_path)["notebooks"]
    assert (found["run"], found["errors"], found["backwards"]) == (0, [], [])


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"cells": 3}', '{"cells": [{}]}', "[" * 9999, '{"cells": [7]}']
)
def test_what_is_no_notebook_is_none(tmp_path, text):
    (tmp_path / "a.ipynb").write_text(text)
    assert of(tmp_path)["notebooks"][0]["cells"] == 0


@pytest.mark.parametrize("odd", [True, "7", -1, 10**30, None, [1]])
def test_odd_execution_counts_break_nothing(tmp_path, odd):
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": [cell(odd), cell(2)]}))
    assert of(tmp_path)["notebooks"][0]["cells"] == 2
