"""A small module, whose copies with one mistake each are tried."""

from __future__ import annotations

from pathlib import Path

import syntax

CODE = '''"""A module."""
import math


def clean(rows, least=1):
    """Rows that count."""
    kept = []
    for row in rows:
        if row > least and row != 9:
            kept.append(round(row * 2.5, 1))
        else:
            kept.append(-row)
    return sorted(kept)


def label(name):
    text = name.strip().lower()
    if text in ("a", "b"):
        return text + "!"
    return None


class Model:
    @property
    def size(self):
        total = 3 + 4
        return math.floor(total / 2)
'''


def mutants_of(top: Path) -> list[syntax.Source]:
    """The files below ``top`` in which mistakes are made."""
    return [source for source in syntax.sources(top) if not source.is_test]
