"""Bytes -> (ids, cells) of a two-column CSV. Caps come before parsing; nothing is guessed.

Accepted, because they mean one thing only: a byte order mark, CRLF or CR line ends, quoted fields,
spaces around a field's number, blank lines, no newline at the end. Everything else is named.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from typing import NoReturn

import numpy as np

from graders.violations import Violation, invalid, shown

HEADER = ("id", "prediction")
MAX_LINE_BYTES = 512  # an id and a number: the longest honest line is under 100
COMMA, NEWLINE, RETURN = b",\n\r"
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def parse(data: bytes, *, max_rows: int) -> tuple[list[str], list[str]]:
    """The two columns, as the strings they are.

    Raises:
        PredictionsError: the bytes are not such a table, named by what is wrong first.
    """
    _check_bytes(data, max_rows)
    text = _decode(data)
    header, ids, cells = _plain(text) or _quoted(text)
    _check_header(header)
    if not ids:
        raise invalid(Violation.HEADER_ONLY, "it has a header and no rows; write one row for each id")
    return ids, cells


Table = tuple[list[str], list[str], list[str]]


def _plain(text: str) -> Table | None:
    """Nine files in ten: no quotes, one comma a line. None when it is not that; the same answer, sooner."""
    if '"' in text:
        return None
    if "\r" in text or "\n\n" in text:
        text = re.sub("[\r\n]+", "\n", text)
    header, _, body = text.strip("\n").partition("\n")
    octets = np.frombuffer(body.encode(), dtype=np.uint8)
    marks = octets[(octets == COMMA) | (octets == NEWLINE)]
    if marks.size % 2 == 0 or (marks[0::2] != COMMA).any() or (marks[1::2] != NEWLINE).any():
        return None
    flat = body.replace("\n", ",").split(",")
    return header.split(","), flat[0::2], flat[1::2]


def _quoted(text: str) -> Table:
    """Any CSV, row by row."""
    ids: list[str] = []
    cells: list[str] = []
    header: list[str] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), strict=True):
            if not header:
                header = row
                _check_header(header or list(HEADER))
            elif len(row) == len(HEADER):
                ids.append(row[0])
                cells.append(row[1])
            elif row:
                _refuse(row, len(ids) + 1)
    except csv.Error as error:
        raise invalid(Violation.MALFORMED, f"it is not CSV: {error}; check the quotes") from None
    if not header:
        raise invalid(Violation.EMPTY, "it has no rows; its first line must be id,prediction")
    return header, ids, cells


def _refuse(row: list[str], number: int) -> NoReturn:
    told = f"data row {number:,} has {len(row)} fields instead of 2 ({shown(','.join(row))})"
    raise invalid(Violation.MALFORMED, f"{told}; write numbers with a decimal point")


def _check_bytes(data: bytes, max_rows: int) -> None:
    if not data.strip():
        raise invalid(Violation.EMPTY, "the file is empty")
    if data.startswith(UTF16):
        raise invalid(Violation.NOT_UTF8, "it is UTF-16; save it as UTF-8")
    if nul := data.count(b"\0"):
        raise invalid(Violation.NUL_BYTES, f"it has {nul:,} NUL bytes; write plain text")
    octets = np.frombuffer(data, dtype=np.uint8)
    ends = np.flatnonzero((octets == NEWLINE) | (octets == RETURN))
    longest = int(np.diff(ends, prepend=-1, append=len(data)).max()) - 1
    if longest > MAX_LINE_BYTES:
        raise invalid(
            Violation.LINE_TOO_LONG, f"a line has {longest:,} bytes; at most {MAX_LINE_BYTES} are read"
        )
    if (lines := int(np.count_nonzero(octets == NEWLINE))) > max_rows:
        raise invalid(Violation.TOO_MANY_ROWS, f"it has {lines:,} lines, far more than the input has rows")


def _decode(data: bytes) -> str:
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise invalid(Violation.NOT_UTF8, f"line {line:,} is not UTF-8; save the file as UTF-8") from None


def _check_header(header: list[str]) -> None:
    if tuple(header) == HEADER:
        return
    seen = f"its first line is {shown(','.join(header))}"
    if set(HEADER) <= set(header) and len(header) > len(HEADER):
        extra = [name for name in header if name not in HEADER] or ["a repeated column"]
        hint = "; pandas: to_csv(..., index=False)" if extra[0] in ("", "index", "Unnamed: 0") else ""
        raise invalid(
            Violation.EXTRA_COLUMN, f"{seen}; leave only id,prediction ({shown(extra[0])} is too much){hint}"
        )
    hint = ""
    if len(header) == 1 and any(mark in header[0] for mark in ";\t|"):
        hint = " separated by a comma"
    elif set(header) == set(HEADER):
        hint = ", in this order"
    elif len(header) == 2 and _is_number(header[1]):
        hint = " as a first line: the file starts with data"
    raise invalid(Violation.WRONG_HEADER, f"{seen}; it must be exactly id,prediction{hint}")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
