"""All that was observed of a submission, and the two halves of a data set. Bytes are opened here."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from pydantic import Field

from harness.errors import InfraError, SubmissionError

if TYPE_CHECKING:
    import pandas as pd
from harness.model.sent import Submission
from harness.model.stages import Ended, StageResult
from harness.model.values import Frozen

MAX_EVIDENCE_BYTES = 64 * 2**20


class Evidence(Frozen):
    """All that was observed of a submission. A folder; ``judge`` needs nothing else of theirs."""

    root: Path = Field(exclude=True)
    submission: Submission
    stages: dict[str, StageResult]
    sandbox: dict[str, str] = {}

    @classmethod
    def read(cls, run: Path) -> Evidence:
        """The evidence of a run folder: ``evidence.json``, ``evidence/`` and ``submission/``.

        Raises:
            InfraError: it is absent or damaged.
        """
        try:
            found = json.loads((run / "evidence.json").read_text("utf-8"))
            found["root"] = str(run / "evidence")
            found["submission"]["root"] = str(run / "submission")
            return cls.model_validate_json(json.dumps(found))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InfraError(f"{run / 'evidence.json'}: cannot be read: {error}") from error

    def result(self, stage: str) -> StageResult:
        """How ``stage`` ended; SKIPPED when it never ran."""
        return self.stages.get(stage) or StageResult(
            stage=stage, ended=Ended.SKIPPED, reason=f"the stage {stage!r} did not run"
        )

    def file(self, stage: str, name: str, *, max_bytes: int = MAX_EVIDENCE_BYTES) -> Path:
        """The one door to a candidate's bytes: a regular file below this stage's folder.

        Raises:
            SubmissionError: it is absent, not a regular file, or larger than ``max_bytes``.
        """
        pure = PurePosixPath(name)
        if pure.is_absolute() or ".." in pure.parts:
            raise ValueError(f"evidence names are relative: {name!r}")
        path = self.root / stage / pure
        try:
            found = os.lstat(path)
        except (FileNotFoundError, NotADirectoryError):
            raise SubmissionError(f"the stage {stage!r} left no {name}") from None
        inside = path.resolve().is_relative_to(self.root.resolve())
        if not stat.S_ISREG(found.st_mode) or not inside:
            raise SubmissionError(f"{name} of stage {stage!r} is not a regular file")
        if found.st_size > max_bytes:
            raise SubmissionError(
                f"{name} of stage {stage!r} has {found.st_size:,} bytes; at most {max_bytes:,} are read"
            )
        return path


@dataclass(frozen=True)
class PublicHalf:
    """What may enter a sandbox: the candidate's own data and the unlabelled rows to predict."""

    data: Path
    inputs: Path  # one folder per predict stage: all, one, shuffled


@dataclass(frozen=True)
class AnswerKey:
    """The private half of a data set. Never near a sandbox: ``collect`` cannot take one."""

    root: Path

    def table(self, name: str) -> pd.DataFrame:
        """A sealed table, e.g. ``rows`` or ``anchors``.

        Raises:
            InfraError: the table is absent or unreadable: ours, never the candidate's.
        """
        import pandas as pd

        path = self.root / f"{name}.parquet"
        try:
            return pd.read_parquet(path)
        except (OSError, ValueError, KeyError) as error:
            raise InfraError(
                f"the answer key's table {name!r} cannot be read: {type(error).__name__}",
                hint="delete the edition's folder: it is generated again from its seed",
            ) from error
