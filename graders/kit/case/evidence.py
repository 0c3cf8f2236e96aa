"""What a grader gets, and files laid out as `collect` leaves them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from graders.kit.case.service import log
from graders.kit.case.suites import ON_BROKEN, SAID
from harness.model import (
    AnswerKey,
    Claims,
    Commands,
    Ended,
    Evidence,
    Params,
    Settings,
    StageResult,
    Submission,
    Track,
    Trust,
)

FINISHED = (
    "environment",
    "train", "predict", "predict-one", "predict-shuffled", "predict-retrained",
    "deid", "static", "sabotage", "test", "build", "serve", "readme", "predict-public",
    "serve-load", "serve-webhook", "serve-versions",
)  # fmt: skip

FILES = {
    "serve": ("probe.json", "server.json"), "build": ("build.json", "image.json"),
    "serve-load": ("load.json",), "serve-versions": ("restarts.json",),
    "serve-webhook": ("webhook.json",),
}  # fmt: skip
COMMANDS = Commands(
    train="python train.py --data {data} --model {model}",
    predict="python predict.py --model {model} --input {input} --output {output}",
    test="pytest",
)


@dataclass(frozen=True)
class Case:
    """Everything a grader gets."""

    evidence: Evidence
    key: AnswerKey
    params: Params


def write(folder: Path, stage: str, name: str, content: str | bytes) -> None:
    """One evidence file."""
    path = folder / stage / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def make_evidence(
    folder: Path,
    *,
    ended: Mapping[str, Ended] | None = None,
    claims: Claims | None = None,
) -> Evidence:
    """Evidence over what lies in ``folder``; ``ended`` overrides how stages ended."""
    how = dict.fromkeys(FINISHED, Ended.FINISHED) | {"test-sabotaged": Ended.FAILED} | dict(ended or {})
    (folder / "submission").mkdir(parents=True, exist_ok=True)
    tools = {"static", "sabotage", "mutants", "broken"}
    return Evidence(
        root=folder,
        submission=Submission(
            root=folder / "submission",
            digest="0" * 64,
            track=Track.REPO,
            settings=Settings(commands=COMMANDS, claims=claims or Claims()),
            files=1,
            size_bytes=1,
        ),
        stages={
            name: StageResult(
                stage=name,
                ended=end,
                reason="" if end is Ended.FINISHED else f"it ended: {end.value}",
                writer=Trust.TOOLS if name in tools else Trust.CANDIDATE,
                exit_code=0 if end is Ended.FINISHED else 1,
                tail=_tail(name, end),
                files=FILES.get(name, ()),
            )
            for name, end in how.items()
        },
    )


def _tail(stage: str, ended: Ended) -> str:
    if stage == "serve":
        return log()
    return SAID if stage in ON_BROKEN and ended is Ended.FAILED else ""
