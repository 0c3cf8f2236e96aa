"""A right answer -> the same, spoilt in one step. What each suffix of an evidence file can go wrong by."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

Spoil = Callable[[bytes], bytes | None]  # None: the file is gone


def _first_cell(text: bytes) -> Spoil:
    """Replace the first row's number."""

    def spoil(data: bytes) -> bytes:
        header, row, rest = data.split(b"\n", 2)
        return b"\n".join([header, row.split(b",")[0] + b"," + text, rest])

    return spoil


def _nest(data: bytes) -> bytes:
    return b"[" * 100_000 + b"]" * 100_000


# a measured number of each tool of ours, the one word of a monitor, the figure of a training
MEASURED = re.compile(
    rb'((?<={)"(?:line|number)"|"(?:cognitive|level|tries|stop_s|size_over_base_bytes|wheel_bytes'
    rb'|alarm|roc_auc|same_model)"): '
    rb"(?:[0-9.]+|true|false)"
)


def _measure(text: bytes) -> Spoil:
    """Replace the first measured number."""
    return lambda data: MEASURED.sub(rb"\1: " + text, data, count=1)


CSV: Mapping[str, Spoil] = {
    "absent": lambda data: None,
    "empty": lambda data: b"",
    "header only": lambda data: data.split(b"\n", 1)[0] + b"\n",
    "no header": lambda data: data.split(b"\n", 1)[1],
    "row missing": lambda data: data[: data.rstrip(b"\n").rindex(b"\n") + 1],
    "row twice": lambda data: data + data.split(b"\n")[1] + b"\n",
    "extra row": lambda data: data + b"nobody,0.5\n",
    "extra column": lambda data: b"".join(line + b",1\n" for line in data.splitlines()),
    "text": _first_cell(b"high"),
    "empty cell": _first_cell(b""),
    "nan": _first_cell(b"nan"),
    "inf": _first_cell(b"inf"),
    "1e999": _first_cell(b"1e999"),
    "minus": _first_cell(b"-0.5"),
    "percent": _first_cell(b"84"),
    "underscore": _first_cell(b"0.0_5"),
    "decimal comma": _first_cell(b"0,5"),
    "5,000 digits": _first_cell(b"0." + b"3" * 5000),
    "open quote": lambda data: data + b'"',
    "NUL": lambda data: data + b"\0",
    "UTF-16": lambda data: data.decode().encode("utf-16"),
    "not UTF-8": lambda data: data + b"\xff,0.5\n",
    "no newline at all": lambda data: b"x" * 200_000,
}
JSON: Mapping[str, Spoil] = {
    "absent": lambda data: None,
    "empty": lambda data: b"",
    "truncated": lambda data: data[: len(data) // 2],
    "a list": lambda data: b"[]",
    "nothing in it": lambda data: b"{}",
    "null": lambda data: b"null",
    "deep": _nest,
    "5,000 digits": _measure(b"9" * 5000),
    "nan": _measure(b"NaN"),
    "text": _measure(b'"4"'),
    "negative": _measure(b"-4"),
    "not UTF-8": lambda data: data + b"\xff",
}
XML: Mapping[str, Spoil] = {
    "absent": lambda data: None,
    "empty": lambda data: b"",
    "truncated": lambda data: data[: len(data) // 2],
    "entities": lambda data: b'<!DOCTYPE x [<!ENTITY a "b">]>' + data,
    "another root": lambda data: b"<html/>",
    "deep": lambda data: b"<a>" * 50_000 + b"</a>" * 50_000,
    "no cases": lambda data: b"<testsuites/>",
    "not UTF-8": lambda data: b"\xff" + data,
}
JSONL: Mapping[str, Spoil] = {
    "absent": lambda data: None,
    "empty": lambda data: b"",
    "header only": lambda data: data.split(b"\n", 1)[0] + b"\n",
    "no header": lambda data: data.split(b"\n", 1)[1],
    "a list": lambda data: b"[]\n" * 20,
    "null": lambda data: b"null\n" * 20,
    "text": lambda data: b"all passed\n" * 20,
    "deep": _nest,
    "5,000 digits": lambda data: data.replace(b'"exit": 1', b'"exit": ' + b"1" * 5000),
    "NUL": lambda data: b"\0" + data,
    "not UTF-8": lambda data: b"\xff" + data,
    "no newline at all": lambda data: b"x" * 200_000,
}
ANY: Mapping[str, Spoil] = {
    "absent": lambda data: None,
    "empty": lambda data: b"",
    "not UTF-8": lambda data: b"\xff\xfe\0",
}
BY_SUFFIX: Mapping[str, Mapping[str, Spoil]] = {".csv": CSV, ".json": JSON, ".xml": XML, ".jsonl": JSONL}
