"""Kinds of file damage, for ``damage.damaged``. The mask says which lines a reader must reject."""

from __future__ import annotations

import csv
import io

from harness.mess.damage import Harm, Lines
from harness.mess.draws import Ints


def bom() -> Harm:
    """The byte order mark that Excel puts before UTF-8."""
    return Harm(
        "bom",
        lambda lines, hit: lines.write("bom", range(min(1, len(lines))), "start", b"\xef\xbb\xbf".__add__),
    )


def crlf(rate: float = 1.0) -> Harm:
    r"""Line breaks of Windows; below a rate of 1 a file of both kinds. The header's too when all are."""

    def do(lines: Lines, hit: Ints) -> None:
        everywhere = range(len(lines)) if rate == 1.0 else hit
        lines.write("crlf", everywhere, "end", lambda old: old.replace(b"\n", b"\r\n"))

    return Harm("crlf", do, rate)


def delimiter(sign: str) -> Harm:
    """Another sign between the fields; those that hold it are quoted."""

    def do(lines: Lines, hit: Ints) -> None:
        lines.write("delimiter", range(len(lines)), "text", lambda old: _line(_fields(old), sign))

    return Harm("delimiter", do)


def ragged(rate: float, *, lost: bool = True) -> Harm:
    """Rows that end a field early, or have one too many (a comma that nobody quoted)."""

    def do(lines: Lines, hit: Ints) -> None:
        lines.write(
            "ragged",
            hit,
            "text",
            lambda old: _line(_fields(old)[:-1]) if lost else old + b",",
            written_only=True,
        )

    return Harm("ragged", do, rate)


def embedded_newline(field: int, rate: float) -> Harm:
    """A line break within a quoted field (the note somebody pasted); ``field`` counts from 0."""

    def broken(old: bytes) -> bytes:
        fields = _fields(old)
        if field >= len(fields):
            return old
        text = fields[field]
        middle = text.find(" ") if " " in text else len(text)
        fields[field] = f"{text[:middle]}\n{text[middle + 1 :]}"
        return _line(fields)

    return Harm(
        "embedded newline",
        lambda lines, hit: lines.write("embedded newline", hit, "text", broken, written_only=True),
        rate,
    )


def truncated_tail(share: float) -> Harm:
    """The copy broke off: the last ``share`` of the lines is missing, and half of the one before them."""

    def do(lines: Lines, hit: Ints) -> None:
        first = max(1, int(len(lines) * (1 - share)))
        lines.write(
            "truncated tail",
            range(first, min(first + 1, len(lines))),
            "text",
            lambda old: old[: len(old) // 2],
        )
        lines.write("truncated tail", range(first + 1, len(lines)), "text", lambda old: b"")
        lines.write("truncated tail", range(first, len(lines)), "end", lambda old: b"")

    return Harm("truncated tail", do, share)


def latin_1(rate: float = 1.0) -> Harm:
    """UTF-8 lines written in Latin-1; letters that it lacks become question marks."""

    def do(lines: Lines, hit: Ints) -> None:
        def narrow(old: bytes) -> bytes:
            return old.decode("utf-8", "replace").encode("latin-1", "replace")

        lines.write("latin-1", hit, "text", narrow)

    return Harm("latin-1", do, rate)


def blank_lines(rate: float) -> Harm:
    """An empty line after some rows."""

    def do(lines: Lines, hit: Ints) -> None:
        lines.write("blank line", hit, "end", lambda old: old + old)

    return Harm("blank line", do, rate)


def header_again(rate: float) -> Harm:
    """The header once more before some rows: files that were glued together."""

    def do(lines: Lines, hit: Ints) -> None:
        header = lines.parts["text"][0] + b"\n" if len(lines) else b""
        lines.write("header again", hit, "start", lambda old: old + header)

    return Harm("header again", do, rate)


def _fields(line: bytes) -> list[str]:
    return next(csv.reader(io.StringIO(line.decode("utf-8", "surrogateescape"), newline="")), [])


def _line(fields: list[str], sign: str = ",") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=sign, lineterminator="").writerow(fields)
    return out.getvalue().encode("utf-8", "surrogateescape")
