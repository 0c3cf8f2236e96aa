"""Runs of the controls -> their totals with one group of entities left out. Judging only, no container."""

from __future__ import annotations

import csv
import io
import os
import shutil
import zlib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pandas as pd

from harness.certify.requirements import Replicates
from harness.dataset import open_key, seal_key
from harness.exam import Bench
from harness.judge import judge
from harness.model import METRICS_FILES, AnswerKey, Evidence
from harness.store import workshop

GROUPS = 10
WHOLE, FILE = ("predict", "predict-retrained"), "predictions.csv"  # all rows, one line each
SAMPLED = ("predict-one", "predict-shuffled")  # samples of the same rows: they say nothing of sampling rows


def replicates(runs: Mapping[str, Path], key: Path, bench: Bench, *, groups: int = GROUPS) -> Replicates:
    """Each run judged ``groups`` times, each time on a key without one group of entities.

    A run that cannot be judged on fewer rows gets no replicates, and so no error.
    """
    rows = open_key(key).table("rows")
    group = rows["entity"].astype(str).map(lambda e: zlib.crc32(e.encode()) % groups)
    totals: dict[str, list[Decimal]] = {name: [] for name in runs}
    with workshop(bench.places.home / "certifying") as work:
        for n in range(groups):
            kept = frozenset(rows["id"][group != n].astype(str))
            fewer = _fewer_answers(key, kept, work / f"key-{n}")
            for name, run in runs.items():
                total = _total(run, kept, fewer, bench, work / f"{name}-{n}")
                if total is not None:
                    totals[name].append(total)
            shutil.rmtree(work / f"key-{n}")
    return Replicates({name: found for name, found in totals.items() if len(found) == groups})


def _total(run: Path, kept: frozenset[str], key: AnswerKey, bench: Bench, work: Path) -> Decimal | None:
    whole = Evidence.read(run)
    stages = {name: result for name, result in whole.stages.items() if name not in SAMPLED}
    _fewer_predictions(whole.root, kept, work)
    fewer = whole.model_copy(update={"root": work, "stages": stages})
    card = judge(fewer, key, bench.assignment, bench.graders, edition="", provenance={})
    shutil.rmtree(work)
    return card.total


def _fewer_answers(key: Path, kept: frozenset[str], into: Path) -> AnswerKey:
    """A sealed key in which every table with an ``id`` has only these rows."""
    into.mkdir(parents=True)
    for path in sorted(key.iterdir()):
        if path.name == "seal.json":
            continue
        if path.suffix == ".parquet" and "id" in (table := pd.read_parquet(path)).columns:
            table[table["id"].astype(str).isin(kept)].to_parquet(into / path.name, index=False)
        else:
            shutil.copyfile(path, into / path.name)
    seal_key(into)
    return open_key(into)


def _fewer_predictions(evidence: Path, kept: frozenset[str], into: Path) -> None:
    """The evidence with these rows of the predictions; the other files as links to the same bytes."""
    for path in sorted(p for p in evidence.rglob("*") if p.is_file() and not p.is_symlink()):
        relative = path.relative_to(evidence)
        within = relative.relative_to(relative.parts[0]).as_posix()
        if (
            relative.parts[0] in ("train", "retrain", "train-changed", "sabotage", *SAMPLED)
            and within not in METRICS_FILES
        ):
            continue  # no grader reads a model
        target = into / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        if relative in [Path(stage) / FILE for stage in WHOLE]:
            target.write_bytes(_only(path.read_bytes(), kept))
        else:
            os.link(path, target)


def _only(content: bytes, kept: frozenset[str]) -> bytes:
    """The lines of a predictions file whose id is in ``kept``; what is no such file stays as it is."""
    try:
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        at = lines[0].index("id")
        found = [lines[0], *(line for line in lines[1:] if line and line[at] in kept)]
    except (UnicodeDecodeError, csv.Error, ValueError, IndexError):
        return content
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(found)
    return out.getvalue().encode()
