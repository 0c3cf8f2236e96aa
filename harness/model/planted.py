"""What is wrong with a data set on purpose, and in which words people speak of it: issues.yaml."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from harness.model.values import Frozen


class Fault(StrEnum):
    """Of what kind a planted issue of the data is."""

    SPELLING = "spelling"
    MISSING = "missing"
    UNITS = "units"
    NUMBERS = "numbers"  # decimal commas, thousands separators
    DATES = "dates"
    CLOCKS = "clocks"
    DUPLICATES = "duplicates"
    LEAK = "leak"  # known only afterwards
    LABELS = "labels"
    NEW = "new"  # values that training has not
    ORPHANS = "orphans"  # keys without a partner
    OUTLIERS = "outliers"
    DRIFT = "drift"


class Issue(Frozen):
    """Something wrong with the data, and in which words people speak of it.

    ``about``: what it befalls, columns first. ``says``: words for what is wrong, beyond those of its kind.
    A term is one or more words; a word that ends with * stands for all that begin like it.
    """

    name: str = Field(min_length=3, max_length=60)
    kind: Fault
    about: tuple[str, ...] = Field(min_length=1)
    says: tuple[str, ...] = ()


class OpenQuestion(Frozen):
    """Something the brief leaves open; met by who speaks of it: a term of ``about`` and one of ``says``."""

    name: str = Field(min_length=3, max_length=60)
    about: tuple[str, ...] = Field(min_length=1)
    says: tuple[str, ...] = Field(min_length=1)


class Issues(Frozen):
    """``issues.yaml``: what was planted, columns with which nothing is wrong, and what was left open."""

    issues: tuple[Issue, ...] = ()
    clean: tuple[str, ...] = ()
    slices: tuple[str, ...] = ()  # columns that cut the rows into parts, and words for the parts
    open: tuple[OpenQuestion, ...] = ()
