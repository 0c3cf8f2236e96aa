"""Public data + plan -> a copy in which the outcomes belong to other rows. Nothing else in it is changed.

Text in, text out: no cell is parsed but clock times that keep their distance to another one. The validation
rows' labels are dealt among themselves. What is known only afterwards moves with the outcome, so whoever
rightly corrects the one by the other still can; rows that are one thing entered twice keep one outcome.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import random
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from harness.edition.permutation import FILE, Plan
from harness.errors import InfraError

VALIDATION_LABELS = "validation/labels.csv"
DESCRIBED = "croissant.json"  # names the digest of every table
CLOCK = re.compile(r"(\d{1,2}):?(\d{2})(?::\d{2})?\s*$")
DAY = 24 * 60
Rows = list[list[str]]


def read_plan(folder: Path) -> Plan:
    """``plan.json`` of an edition.

    Raises:
        InfraError: it cannot be read: ours.
    """
    try:
        return Plan.model_validate_json((folder / FILE).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InfraError(
            f"{folder / FILE}: cannot be read: {error}", hint="generate the edition again"
        ) from error


@contextmanager
def permuted_copy(data: Path, plan: Plan, *, seed: str, into: Path) -> Iterator[Path]:
    """``into``, filled and gone afterwards; the same seed deals the same outcomes.

    Raises:
        InfraError: the public data are not what the plan says, or the disk refused.
    """
    shutil.rmtree(into, ignore_errors=True)  # a killed run's
    try:
        shutil.copytree(data, into)
        rng = random.Random(seed)  # noqa: S311 -- a deal, no secret
        changed = [_deal(into / plan.table, plan.id, plan.moves, plan.together, rng)]
        if (into / VALIDATION_LABELS).is_file():
            changed.append(_deal(into / VALIDATION_LABELS, "id", {"label": ""}, (), rng))
        _describe_again(into / DESCRIBED, dict(changed))
    except (OSError, ValueError, csv.Error) as error:
        shutil.rmtree(into, ignore_errors=True)
        raise InfraError(f"{data}: outcomes could not be dealt anew: {error}") from error
    try:
        yield into
    finally:
        shutil.rmtree(into, ignore_errors=True)


def _deal(
    path: Path, key: str, moves: dict[str, str], together: Sequence[Sequence[str]], rng: random.Random
) -> tuple[str, str]:
    """Deal the cells of ``moves`` anew; the file's digest before and after."""
    before, found = path.read_bytes(), path.stat()
    header, *rows = csv.reader(before.decode("utf-8").splitlines(keepends=True))
    donors = _donors([row[header.index(key)] for row in rows], together, rng)
    dealt = [list(row) for row in rows]
    for column, clock in moves.items():
        at, beside = header.index(column), header.index(clock) if clock else -1
        for own, donor in enumerate(donors):
            cell = rows[donor][at]
            dealt[own][at] = _as_far_from(cell, rows[donor][beside], rows[own][beside]) if clock else cell
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([header, *dealt])
    _keep_times(path, found.st_mtime_ns)
    return hashlib.sha256(before).hexdigest(), hashlib.sha256(path.read_bytes()).hexdigest()


def _donors(ids: Sequence[str], together: Sequence[Sequence[str]], rng: random.Random) -> list[int]:
    """For each row the row whose outcome it gets: among things that stand in as many rows as its own does."""
    thing = {name: group[0] for group in together for name in group}
    rows_of: dict[str, list[int]] = defaultdict(list)
    for row, name in enumerate(ids):
        rows_of[thing.get(name, name)].append(row)
    of_size: dict[int, list[list[int]]] = defaultdict(list)
    for rows in rows_of.values():
        of_size[len(rows)].append(rows)
    donors = list(range(len(ids)))
    for _, things in sorted(of_size.items()):
        for mine, theirs in zip(things, rng.sample(things, len(things)), strict=True):
            for own, donor in zip(mine, theirs, strict=True):
                donors[own] = donor
    return donors


def _as_far_from(cell: str, before: str, now: str) -> str:
    """A clock time as far from ``now`` as ``cell`` is from ``before``; blank where one of them is no time."""
    times = [CLOCK.search(text) for text in (cell, before, now)]
    if not all(times):
        return ""
    at, then, due = (int(t[1]) * 60 + int(t[2]) for t in times if t)
    minute = (due + at - then) % DAY
    colon = ":" if ":" in cell else ""
    return f"{minute // 60:02d}{colon}{minute % 60:02d}"


def _describe_again(path: Path, digests: dict[str, str]) -> None:
    """Whoever checks the digests that describe the data finds them true."""
    if not path.is_file():
        return
    found, text = path.stat(), path.read_text("utf-8")
    for before, after in digests.items():
        text = text.replace(before, after)
    json.loads(text)
    path.write_text(text, "utf-8")
    _keep_times(path, found.st_mtime_ns)


def _keep_times(path: Path, written_ns: int) -> None:
    os.utime(path, ns=(written_ns, written_ns))
