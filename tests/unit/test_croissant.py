"""The Croissant file is valid by MLCommons' own validator, and its reader finds our rows with it."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import pytest

from harness.croissant import data_type, meanings
from harness.edition import write_edition
from tests.unit.test_edition import DICTIONARY, an_edition

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its dependencies' own deprecations
    mlcroissant = pytest.importorskip("mlcroissant")


@pytest.fixture
def public(tmp_path: Path) -> Path:
    write_edition(tmp_path, **an_edition())
    return tmp_path / "public"


@pytest.mark.filterwarnings("ignore")
def test_the_validator_has_no_error_and_no_warning(public: Path) -> None:
    dataset = mlcroissant.Dataset(jsonld=str(public / "croissant.json"))
    issues = dataset.metadata.ctx.issues
    assert not issues.errors
    assert not issues.warnings


@pytest.mark.filterwarnings("ignore")
def test_its_reader_finds_every_row_of_every_table(public: Path) -> None:
    dataset = mlcroissant.Dataset(jsonld=str(public / "croissant.json"))
    for name, count in (("people", 40), ("visits", 80), ("validation-people", 10), ("validation-labels", 10)):
        rows = list(dataset.records(name))
        assert len(rows) == count
    assert set(rows[0]) == {"validation-labels/id", "validation-labels/label"}


def test_a_child_table_refers_to_the_entity_of_its_own_part(public: Path) -> None:
    sets = {item["name"]: item for item in json.loads((public / "croissant.json").read_text())["recordSet"]}
    refers = {
        f"{name}/{field['name']}": field["references"]["field"]["@id"]
        for name, item in sets.items()
        for field in item["field"]
        if "references" in field
    }
    assert refers == {
        "visits/person": "people/id",
        "validation-visits/person": "validation-people/id",
        "validation-labels/id": "validation-people/id",
    }
    assert sets["people"]["key"] == {"@id": "people/id"}


def test_columns_are_described_by_the_dictionary() -> None:
    told = meanings(DICTIONARY)["people.csv"]
    assert told["id"] == "number of the person"
    assert told["spent"] == told["orders"] == "in euros; how many"


@pytest.mark.parametrize(
    ("values", "name"),
    [
        (["1", "", "-20"], "sc:Integer"),
        (["1", "2.5"], "sc:Float"),
        (["2024-01-31"], "sc:Date"),
        (["1", "1,5"], "sc:Text"),
        (["007"], "sc:Text"),
        (["", ""], "sc:Text"),
    ],
)
def test_a_type_is_what_the_bytes_bear(values: list[str], name: str) -> None:
    assert data_type(values) == name
