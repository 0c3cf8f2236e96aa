"""What a submission needs beyond the image -> a folder of packages, told as a stage of its own."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from harness import dockerfile
from harness.collect.ground import dockerfile_of
from harness.collect.line import Watcher
from harness.environment import Named, Outcome, environment_for
from harness.model import Ended, StageResult, Submission, Trust
from harness.store import write_text

RECORD = "environment.json"


def collect_packages(
    submission: Submission, lock: Path, shelf: Path, *, architecture: str, into: Path, watcher: Watcher
) -> tuple[Path | None, StageResult]:
    """The folder of packages beyond those of ``lock`` (None: nothing), and how getting it went.

    Raises:
        InfraError: the package index cannot be used, or the disk.
    """
    watcher.started("environment")
    started = time.monotonic()
    shutil.rmtree(into, ignore_errors=True)  # half of what a killed run wrote
    found = environment_for(
        submission.root, lock, shelf, architecture=architecture, named=_on_command_lines(submission)
    )
    write_text(into / RECORD, found.record.model_dump_json(indent=1) + "\n")
    failed = found.record.outcome is Outcome.FAILED
    result = StageResult(
        stage="environment",
        ended=Ended.FAILED if failed else Ended.FINISHED,  # what follows runs all the same: it may suffice
        reason=found.record.reason if failed else "; ".join(found.remarks)[:2000],
        writer=Trust.HOST,
        seconds=round(time.monotonic() - started, 3),
        files=(RECORD,),
    )
    watcher.ended(result)
    return found.folder, result


def _on_command_lines(submission: Submission) -> Named | None:
    """The packages that a Dockerfile asks pip for; requirements.txt is found without it."""
    if not (name := dockerfile_of(submission)):
        return None
    wanted = dockerfile.read((submission.root / name).read_bytes(), file=name).wanted()
    return Named(wanted.requirements, wanted.files, name)
