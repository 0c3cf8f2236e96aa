"""Public tables + their dictionary -> Croissant 1.0 JSON-LD.

Format: https://docs.mlcommons.org/croissant/docs/croissant-spec.html. The types are what the bytes bear:
a column with one "-999,00" among its numbers is text, and says so.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from pydantic import Field

from harness.model import Frozen

SPEC = "http://mlcommons.org/croissant/1.0"
CONTEXT = {
    "@language": "en", "@vocab": "https://schema.org/", "citeAs": "cr:citeAs", "column": "cr:column",
    "conformsTo": "dct:conformsTo", "cr": "http://mlcommons.org/croissant/", "rai":
    "http://mlcommons.org/croissant/RAI/", "data": {"@id": "cr:data", "@type": "@json"}, "dataType": {"@id":
    "cr:dataType", "@type": "@vocab"}, "dct": "http://purl.org/dc/terms/", "equivalentProperty":
    "cr:equivalentProperty", "examples": {"@id": "cr:examples", "@type": "@json"}, "extract": "cr:extract",
    "field": "cr:field", "fileProperty": "cr:fileProperty", "fileObject": "cr:fileObject", "fileSet":
    "cr:fileSet", "format": "cr:format", "includes": "cr:includes", "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath", "key": "cr:key", "md5": "cr:md5", "parentField": "cr:parentField", "path":
    "cr:path", "recordSet": "cr:recordSet", "references": "cr:references", "regex": "cr:regex", "repeated":
    "cr:repeated", "replace": "cr:replace", "samplingRate": "cr:samplingRate", "sc": "https://schema.org/",
    "separator": "cr:separator", "source": "cr:source", "subField": "cr:subField", "transform":
    "cr:transform",
}  # fmt: skip
TYPES = (
    ("sc:Integer", re.compile(r"-?(0|[1-9]\d{0,17})")),
    ("sc:Float", re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")),
    ("sc:Date", re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")),
)


class DataCard(Frozen):
    """The head of the file: what anybody may know of the data set. No word of a seed or a trap."""

    title: str
    description: str
    licence: str = Field(pattern=r"^https?://")
    url: str = Field(pattern=r"^https?://")
    cite: str
    creator: str
    published: str = Field(pattern=r"^\d{4}-\d\d-\d\d$")
    version: str = Field(default="1.0.0", pattern=r"^\d+\.\d+\.\d+$")


def describe(
    files: Mapping[str, bytes],
    *,
    dictionary: str,
    card: DataCard,
    table: str,
    key: str,
    keys: Mapping[str, str],
) -> str:
    """The text of ``croissant.json`` beside these CSV files, whose names are relative to it.

    ``table``, ``key``: the file with one line an entity and the column of its id. ``keys``: file -> the
    column that refers to it. Column descriptions come from ``dictionary`` (``meanings``).
    """
    told = meanings(dictionary)
    parents = {name: _parent(name, table) for name in files}
    sets = []
    for name, content in files.items():
        refers = (f"{_id(parents[name])}/{key}", keys.get(PurePosixPath(name).name, ""))
        own_key = key if name == parents[name] else ""
        sets.append(_record_set(name, content, told, own_key, refers))
    head: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": SPEC,
        "name": card.title,
        "description": card.description,
        "license": card.licence,
        "url": card.url,
        "citeAs": card.cite,
        "creator": {"@type": "sc:Organization", "name": card.creator},
        "datePublished": card.published,
        "version": card.version,
        "distribution": [_file(name, content) for name, content in files.items()],
        "recordSet": sets,
    }
    return json.dumps(head, indent=1, ensure_ascii=False) + "\n"


def meanings(dictionary: str) -> dict[str, dict[str, str]]:
    """A data dictionary in Markdown -> file -> column -> meaning.

    A file is a heading that begins with its name (``## usage.csv: ...``); columns are the rows of the table
    below it, several names in a first cell share a meaning.
    """
    told: dict[str, dict[str, str]] = {}
    here: dict[str, str] = {}
    for line in dictionary.splitlines():
        if heading := re.match(r"#+\s+`?([\w./-]+\.csv)", line):
            here = told.setdefault(heading[1], {})
        elif cells := re.match(r"\|([^|]+)\|(.+)\|\s*$", line):
            for name in cells[1].split(","):
                here[name.strip(" `")] = cells[2].strip()
    return told


def _parent(name: str, table: str) -> str:
    """The entity table of the same folder: train's for train, validation's for validation."""
    return str(PurePosixPath(name).with_name(table))


def _id(name: str) -> str:
    return name.removesuffix(".csv").replace("/", "-")


def _file(name: str, content: bytes) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "contentUrl": name,
        "contentSize": f"{len(content)} B",
        "encodingFormat": "text/csv",
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _record_set(
    name: str, content: bytes, told: Mapping[str, Mapping[str, str]], own_key: str, refers: tuple[str, str]
) -> dict[str, Any]:
    reader = csv.reader(io.StringIO(content.decode("utf-8-sig", "replace"), newline=""))
    header, *rows = list(reader) or [[]]
    meaning = told.get(name) or told.get(PurePosixPath(name).name) or {}
    fields = []
    for place, column in enumerate(header):
        values = (row[place] for row in rows if place < len(row))
        item: dict[str, Any] = {
            "@type": "cr:Field",
            "@id": f"{_id(name)}/{column}",
            "name": column,
            "description": meaning.get(column, f"{column} of {name}"),
            "dataType": data_type(values),
            "source": {"fileObject": {"@id": name}, "extract": {"column": column}},
        }
        if column == refers[1] and not own_key:
            item["references"] = {"field": {"@id": refers[0]}}
        fields.append(item)
    found: dict[str, Any] = {"@type": "cr:RecordSet", "@id": _id(name), "name": _id(name), "field": fields}
    if own_key:
        found["key"] = {"@id": f"{_id(name)}/{own_key}"}
    return found


def data_type(values: Iterable[str]) -> str:
    """The narrowest type that reads every value; blanks count for nothing, a column of blanks is text."""
    filled = [value for value in values if value]
    for name, shape in TYPES:
        if filled and all(shape.fullmatch(value) for value in filled):
            return name
    return "sc:Text"
