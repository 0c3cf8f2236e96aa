"""A name of theirs -> the parts of a relative path that is safe to make, or a refusal that quotes it."""

from __future__ import annotations

import re
import unicodedata

from harness.errors import SubmissionError
from harness.intake.caps import Caps

# never work of the candidate's: made by tools, or history (which is read in a container)
LEFT_OUT = frozenset(
    {
        ".git", ".hg", ".svn", ".venv", "venv", "node_modules", "__pycache__", ".ipynb_checkpoints",
        ".mypy_cache", ".pytest_cache", ".ruff_cache", ".tox", ".nox", ".idea", ".vscode",
    }
)  # fmt: skip
DRIVE = re.compile(r"[A-Za-z]:")
QUOTED = 80


def parts_of(name: str, caps: Caps) -> tuple[str, ...]:
    """``./a//b`` -> ``("a", "b")``; nothing for the top folder itself.

    Raises:
        SubmissionError: the name leads out, is no name on some system, or is over a cap.
    """
    if name.startswith("/") or DRIVE.match(name):
        raise SubmissionError(f"{quoted(name)}: an absolute path", hint="pack the folder by a relative path")
    _check_characters(name)
    parts = tuple(part for part in name.split("/") if part not in ("", "."))
    if ".." in parts:
        raise SubmissionError(f"{quoted(name)}: a path with .. in it")
    if len(parts) - 1 > caps.depth:
        raise SubmissionError(f"{quoted(name)}: folders are nested deeper than {caps.depth}")
    if any(len(part.encode()) > caps.name_bytes for part in parts):
        raise SubmissionError(f"{quoted(name)}: a name longer than {caps.name_bytes} bytes")
    if len(name.encode()) > caps.path_bytes:
        raise SubmissionError(f"{quoted(name)}: a path longer than {caps.path_bytes:,} bytes")
    return parts


def _check_characters(name: str) -> None:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        raise SubmissionError(f"{quoted(name)}: a file name that is not UTF-8") from None
    if "\\" in name:
        raise SubmissionError(
            f"{quoted(name)}: a backslash in a file name",
            hint="some old Windows tools write them for folders: pack with Explorer, 7-Zip or git archive",
        )
    if any(unicodedata.category(ch) == "Cc" for ch in name):
        raise SubmissionError(f"{quoted(name)}: a control character in a file name")


def quoted(name: str) -> str:
    """The name as a message may show it: short, printable, on one line."""
    shown = name if name.isprintable() else ascii(name)
    return shown if len(shown) <= QUOTED else f"{shown[:QUOTED]}..."


def folded(parts: tuple[str, ...]) -> tuple[str, ...]:
    """What a file system that ignores case and Unicode form would call it."""
    # NFC again after folding: folding can take a composed letter apart
    return tuple(
        unicodedata.normalize("NFC", unicodedata.normalize("NFC", part).casefold()) for part in parts
    )


def is_litter(parts: tuple[str, ...]) -> bool:
    """Whether the operating system left it there, not the candidate."""
    return "__MACOSX" in parts or parts[-1] == ".DS_Store" or parts[-1].startswith("._")
