"""What a README tells a reader to type -> the stage that types it, where nothing was trained yet."""

from __future__ import annotations

import json
from pathlib import Path

from harness.collect.commands import OUTPUT, RUNNER
from harness.collect.ground import Ground
from harness.collect.stages import FIRST_WORDS_S, FOLLOWED, PLAN, VALIDATION
from harness.errors import InfraError, SubmissionError
from harness.model import ExtraStage, Limits, Mount, Stage, Track

LONGEST_S, SLACK_S = 7200.0, 60.0
RUN = frozenset({"run", "aside"})


def follow_readme(ground: Ground, looked: Path) -> Stage:
    """The commands of the README in order, in one container. ``looked``: what the stage ``static`` left.

    Each command has the time of what it does: that of training, of predicting, of the tests, or two minutes.

    Raises:
        SubmissionError: the README has no command that could be run here.
        InfraError: our reader of documents did not say.
    """
    plan = looked / PLAN
    try:
        commands = json.loads(plan.read_text("utf-8"))["commands"]
        wanted = any(command["kind"] == "run" for command in commands)
    except (OSError, ValueError, KeyError, TypeError) as error:
        told = f"our reader of documents left no {PLAN}: {type(error).__name__}"
        raise InfraError(told, hint="the images are old: `make image`") from error
    if not wanted:
        raise SubmissionError("the README has no command to run")
    limits, seconds = _limits(ground)
    settings = {
        "limits": seconds,
        "declared": ground.submission.settings.commands.model_dump(include={"train", "predict", "test"}),
        "health": serve.health if (serve := ground.submission.settings.serve) else "/health",
    }
    validation = ground.public.data / VALIDATION
    return Stage(
        name=ExtraStage.README.value,
        argv=("python3", "-I", f"{RUNNER}/readme.py", "--settings", json.dumps(settings)),
        mounts=(ground.repository, *ground.given, Mount(source=plan, target=f"/plan/{PLAN}")),
        env=ground.env(model=f"{OUTPUT}/model")
        | ({"TAKEHOME_INPUT": f"/data/{VALIDATION}"} if validation.is_dir() else {}),
        limits=limits,
        keep=(FOLLOWED, "predictions/**"),
    )


def _limits(ground: Ground) -> tuple[Limits, dict[str, float]]:
    """What the stage may use, and the seconds of each kind of command and of the whole."""
    notebook = ground.submission.track is Track.NOTEBOOK
    names = {"train": "notebook" if notebook else "train", "predict": "predict", "test": "test"}
    of = {name: ground.assignment.limits_for(stage) for name, stage in names.items()}
    seconds = {name: limits.timeout_s for name, limits in of.items()}
    seconds["other"] = min(float(FIRST_WORDS_S), max(seconds.values()))
    seconds["whole"] = min(LONGEST_S - SLACK_S, sum(seconds.values()))
    limits = of["train"].model_copy(
        update={
            "timeout_s": seconds["whole"] + SLACK_S,
            "memory_mb": max(limits.memory_mb for limits in of.values()),
            "output_mb": max(limits.output_mb for limits in of.values()),
        }
    )
    return limits, seconds
