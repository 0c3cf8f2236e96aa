"""A name -> a new assignment that runs as it is: a small world, a brief, a starter and its controls.

What stands in `template/` is copied, and the words ``__slug__`` and ``__title__`` are replaced. It is meant
to be changed file by file: `assignments/README.md` says in which order.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from harness.errors import UsageError
from harness.store import folder_being_made

TEMPLATE = Path(__file__).parent / "template"
SLUG = re.compile(r"[a-z][a-z0-9-]{2,40}")
LEAVINGS = shutil.ignore_patterns("__pycache__", "*.pyc", ".*_cache")


def scaffold(name: str, root: Path) -> tuple[Path, Path]:
    """``assignments/<name>`` and ``datasets/<name>`` below ``root``.

    Raises:
        UsageError: the name is no slug, or one of the folders is there already; nothing is written.
    """
    if not SLUG.fullmatch(name):
        raise UsageError(
            f"{name!r} is no slug",
            hint="lower case letters, digits and dashes, a letter first; 3 to 41 signs",
        )
    made = (root / "assignments" / name, root / "datasets" / name)
    for folder in made:
        if folder.exists():
            raise UsageError(
                f"{folder}: there is something already", hint="choose another name, or remove it"
            )
    words = {"__slug__": name, "__title__": name.replace("-", " ").capitalize()}
    for part, folder in zip(("assignment", "dataset"), made, strict=True):
        with folder_being_made(folder) as temporary:
            shutil.copytree(TEMPLATE / part, temporary, dirs_exist_ok=True, ignore=LEAVINGS)
            _fill_in(temporary, words)
    return made


def _fill_in(folder: Path, words: dict[str, str]) -> None:
    for path in (p for p in folder.rglob("*") if p.is_file()):
        text = path.read_text("utf-8")
        for word, said in words.items():
            text = text.replace(word, said)
        path.write_text(text, "utf-8")
