"""An archive -> the files in it, by what its first bytes say, not by its name."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from harness.errors import SubmissionError
from harness.intake.arrivals import Arrivals
from harness.intake.caps import mib
from harness.intake.names import quoted
from harness.intake.stream import UNPACKERS
from harness.intake.untar import read_tar
from harness.intake.unzip import read_zip

SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OTHERS = {
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!": "a rar archive",
    b"\x28\xb5\x2f\xfd": "packed with zstandard",
    b"\x1f\x9d": "packed with compress",
}
HEAD_BYTES, TAR_MAGIC_AT = 512, 257
# a lone folder of these names is the work itself, not its wrapping
NO_WRAPPERS = ("src", "notebooks", "tests")


def is_archive(path: Path) -> bool:
    """By its name: what the person meant."""
    return path.name.lower().endswith(SUFFIXES) or path.name.lower().endswith((".7z", ".rar", ".tar.zst"))


def read_archive(path: Path, arrivals: Arrivals) -> None:
    """Offer everything in the archive at ``path``; every refusal starts with its name.

    Raises:
        SubmissionError: it is no archive that is read here, damaged, hostile, or over a cap.
    """
    shown = quoted(path.name)
    try:
        with path.open("rb") as source:
            size = source.seek(0, 2)
            source.seek(0)
            if size > arrivals.caps.archive_bytes:
                raise SubmissionError(
                    f"larger than {mib(arrivals.caps.archive_bytes)}",
                    hint="leave out data, models and environments",
                )
            arrivals.packed_bytes = size
            _read(source, size, arrivals)
        arrivals.settle_links()
    except SubmissionError as error:
        raise SubmissionError(f"{shown}: {error}", hint=error.hint) from error
    except OSError as error:
        raise SubmissionError(f"{shown}: cannot be read: {error.strerror}") from error


def _read(source: BinaryIO, size: int, arrivals: Arrivals) -> None:
    head = source.read(HEAD_BYTES)
    source.seek(0)
    if head.startswith(ZIP):
        return read_zip(source, size, arrivals)
    is_tar = head[TAR_MAGIC_AT : TAR_MAGIC_AT + 5] == b"ustar"
    if is_tar or any(head.startswith(magic) for magic in UNPACKERS):
        return read_tar(source, arrivals)
    for magic, what in OTHERS.items():
        if head.startswith(magic):
            raise SubmissionError(what, hint="pack it as .zip or .tar.gz")
    if len(head) == HEAD_BYTES and not head.strip(b"\0"):
        raise SubmissionError("an empty tar: nothing to grade")
    raise SubmissionError("neither a zip nor a tar inside", hint="pack it as .zip or .tar.gz")


def wrapper_of(unpacked: Path) -> str:
    """The one folder that everything lies in, as in GitHub's archives, or nothing.

    A package or ``src`` alone is not a wrapping: taking it off would change what imports mean.
    """
    entries = list(unpacked.iterdir())
    if len(entries) != 1 or not entries[0].is_dir() or entries[0].name in NO_WRAPPERS:
        return ""
    return "" if (entries[0] / "__init__.py").is_file() else entries[0].name
