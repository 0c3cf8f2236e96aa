"""What only some assignments ask for: notes without identifiers, and the alarms of a monitor."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from graders.kit.case.evidence import write
from harness.model import (
    MONITOR_STAGES,
    PERMUTED_STAGES,
    AnswerKey,
)

NOTES = 60


def write_notes(folder: Path, key: AnswerKey) -> None:
    """Sealed identifiers of two types, and notes in which all but one is gone and all findings are kept."""
    names = [f"N{n:03d}" for n in range(NOTES)]
    phi = [(note, "name", f"Agnes Okonkwo{n}", f"Agnes\x1fOkonkwo{n}") for n, note in enumerate(names)]
    phi += [(note, "phone", f"555-01{n:02d}-777", f"555-01{n:02d}-777") for n, note in enumerate(names)]
    pd.DataFrame(phi, columns=["note_id", "type", "text", "parts"]).to_parquet(key.root / "phi.parquet")
    clinical = [(note, phrase) for note in names for phrase in ("no falls", "Wilson disease")]
    pd.DataFrame(clinical, columns=["note_id", "phrase"]).to_parquet(key.root / "clinical.parquet")
    lines = [f'{note},"[NAME], [PHONE]. No falls; Wilson disease ruled out."' for note in names[:-1]]
    lines += [f"{names[-1]},Agnes: no falls. Wilson disease ruled out"]
    write(folder, "deid", "deidentified.csv", "\n".join(["note_id,text", *lines, ""]))


def write_reports(root: Path, reported: float, dealt: Iterable[float] = (0.49, 0.52, 0.5, 0.47)) -> None:
    """The metrics.json of a training, and of one on each of some dealings of the outcomes."""
    write(root, "train", "model/metrics.json", json.dumps({"roc_auc": reported}))
    for name, figure in zip(PERMUTED_STAGES, dealt, strict=False):
        write(root, name, "model/metrics.json", json.dumps({"roc_auc": figure}))


def write_monitor(root: Path, key: AnswerKey, *, shifted: int = 3) -> None:
    """The alarms of a monitor that is right about each of six batches, and the sealed table that says so."""
    numbers = range(1, len(MONITOR_STAGES) + 1)
    for number in numbers:
        write(
            root, f"monitor-{number}", "monitor.json", json.dumps({"alarm": number == shifted, "reasons": []})
        )
    table = pd.DataFrame({"batch": numbers})
    table.assign(shifted=table["batch"].eq(shifted)).to_parquet(key.root / "monitor.parquet")
