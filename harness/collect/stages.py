"""Submission -> the stages it is put through. What each may see and keep is decided here, nowhere else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from harness.collect.commands import (
    CURRENT,
    DATA,
    INPUT,
    KEPT,
    MODEL,
    OUTPUT,
    REFERENCE,
    RUNNER,
    argv_of,
)
from harness.collect.ground import SERVE, Ground
from harness.errors import SubmissionError
from harness.model import (
    AS_GOOD_STAGES,
    BROKEN_STAGES,
    METRICS_FILES,
    MONITOR_STAGES,
    PERMUTED_STAGES,
    SABOTAGED_TESTS,
    ExtraStage,
    Mount,
    PublicHalf,
    Stage,
    Track,
    Trust,
)

PREDICT_INPUTS = {"predict": "all", "predict-one": "one", "predict-shuffled": "shuffled"}
PREDICTIONS = "predictions.csv"
DEIDENTIFIED = "deidentified.csv"
ALARM = "monitor.json"
TRIED = 36  # small changes that the tests are run on, of those in code that they call
# of processor time for all of these together: quick tests need a third of it, slow ones have fewer tried
TRIALS_BUDGET_S = 90
SLEEPS = 5  # so many seconds a second of a budget, for tests that wait and machines that are busy
PARTS_BUDGET_S = 40  # for all copies in which one kind of code fails
MISTAKES = 45  # as many of either sort are drawn, where the assignment asks for them
BROKEN_BUDGET_S = 20  # of trainings on broken tables together, and again of tests; the last is cut off
# all tests: listened to or not, on two copies changed throughout, and in three orders, each once or twice
WHOLE_RUNS = 12
SOURCES = "sources"  # the part of the mutants' evidence that the tests may read
# as people read them; every stage that is ever run is here
RETRAIN = "retrain"
PUBLIC = "predict-public"  # the validation rows: what following the README is compared with
PLAN, FOLLOWED = "howto.json", "readme.json"  # what the README says, and what came of doing it
VALIDATION = "validation"
FIRST_WORDS_S = 120  # for a command that is neither training, predicting nor the tests
HASH_SEEDS = {"PYTHONHASHSEED": "1"}  # another than every other stage has: sets are in another order
PERMUTED_BUDGET_S = 60  # for all trainings on dealt outcomes together, the first of which always runs
FAILURES = 2  # as many that did not finish, and no other is tried
BUILD, MUTANTS = "build", "mutants"
TRAIN_CHANGED = "train-changed"  # their training on a part of the rows
SERVED = (SERVE, ExtraStage.LOAD, ExtraStage.WEBHOOK, ExtraStage.VERSIONS)  # what starts their image
ORDER = (
    "environment",
    "train",
    *PREDICT_INPUTS,
    RETRAIN,
    ExtraStage.RETRAINED,
    *PERMUTED_STAGES,
    PUBLIC,
    ExtraStage.DEID,
    *MONITOR_STAGES,
    ExtraStage.BROKEN,
    *BROKEN_STAGES,
    *AS_GOOD_STAGES,
    "test",
    SABOTAGED_TESTS,
    ExtraStage.TRIALS,
    ExtraStage.README,
    BUILD,
    SERVE,
    ExtraStage.LOAD,
    ExtraStage.WEBHOOK,
    TRAIN_CHANGED,
    ExtraStage.VERSIONS,
    "static",
    "history",
    "sabotage",
    MUTANTS,
)


def train(ground: Ground) -> Stage:
    """Their training command on the public data; the model and what it wrote beside it are kept."""
    model = f"{OUTPUT}/model"
    return Stage(
        name="train",
        argv=_wrapped(
            ground.submission.settings.commands.train, "train", model=model, flags=("--keep-work",)
        ),
        mounts=(ground.repository, *ground.given),
        env=ground.env(model=model),
        limits=ground.assignment.limits_for("train"),
        keep=("model/**", "work/**"),
    )


def retrain(ground: Ground) -> Stage:
    """Their training once more: a fresh container, the same data, another hash seed."""
    stage = train(ground)
    return stage.model_copy(update={"name": RETRAIN, "env": stage.env | HASH_SEEDS})


def permuted(name: str, ground: Ground, dealt: Path) -> Stage:
    """Their training on ``dealt``, a copy of the data with the outcomes of other rows.

    A container of its own each time: nothing that one leaves behind reaches the next. The report is kept.
    """
    again = replace(ground, public=replace(ground.public, data=dealt))
    return train(again).model_copy(update={"name": name, "keep": METRICS_FILES})


def train_changed(ground: Ground, data: Path) -> Stage:
    """Their training once more on ``data``, which has fewer rows: its model is another."""
    public = PublicHalf(data=data, inputs=ground.public.inputs)
    stage = train(replace(ground, public=public))
    return stage.model_copy(update={"name": TRAIN_CHANGED, "keep": ("model/**",)})


def predict_again(ground: Ground, retrained: Path) -> Stage:
    """The rows of ``predict`` by the model that was trained again; a notebook trains as it runs."""
    stage = predict("predict", ground, retrained)
    return stage.model_copy(update={"name": ExtraStage.RETRAINED.value, "env": stage.env | HASH_SEEDS})


def broken(ground: Ground) -> Stage:
    """The training tables with one thing wrong, and as good as they are; another draw for each edition."""
    stage = _tool(ExtraStage.BROKEN.value, ground, keep=("broken.json", "variants/**"), words=_seed(ground))
    data = Mount(source=ground.public.data, target=DATA)
    rows = Mount(source=ground.public.inputs / PREDICT_INPUTS["predict"], target=INPUT)
    return stage.model_copy(update={"mounts": (ground.repository, data, rows)})


def on_other_tables(stage: Stage, variant: Path, *, at_most_s: float | None) -> Stage:
    """A stage with other tables where it finds the public data. It learns neither which nor why.

    ``at_most_s``: it ends itself after so long, as what is cut off shows nothing and is not tried again.
    """
    tables = tuple(Mount(source=path, target=f"{DATA}/{path.name}") for path in sorted(variant.iterdir()))
    cut = () if at_most_s is None else ("timeout", "-k", "1", f"{max(1.0, at_most_s):.1f}")
    does = stage.name.partition("-")[0]
    return stage.model_copy(
        update={
            "name": f"{does}-{variant.name}",
            "argv": (*cut, *stage.argv),
            "mounts": (*stage.mounts, *tables),
            "keep": (),
        }
    )


def predict(name: str, ground: Ground, trained: Path) -> Stage:
    """Their model on rows it has not seen: one file, natural, stressed and probe rows alike."""
    rows = Mount(source=ground.public.inputs / PREDICT_INPUTS[name], target=INPUT)
    if ground.submission.track is Track.NOTEBOOK:
        return _notebook(name, ground, rows)
    return Stage(
        name=name,
        argv=_wrapped(ground.submission.settings.commands.predict, "predict", model=MODEL),
        mounts=(ground.repository, *ground.given, rows, *_from_training(trained)),
        env=ground.env(model=MODEL),
        limits=ground.assignment.limits_for(name),
        keep=(PREDICTIONS,),
    )


def predict_public(ground: Ground, trained: Path) -> Stage:
    """Their declared command on the validation rows, which their README's command predicts too."""
    stage = predict("predict", ground, trained)
    rows = Mount(source=ground.public.data / VALIDATION, target=INPUT)
    others = tuple(mount for mount in stage.mounts if mount.target != INPUT)
    return stage.model_copy(update={"name": PUBLIC, "mounts": (*others, rows)})


def deid(ground: Ground, trained: Path) -> Stage:
    """Their de-identification of the notes among all hidden rows; it gets the model, and no labels."""
    return Stage(
        name=ExtraStage.DEID.value,
        argv=_wrapped(ground.submission.settings.commands.deid, "deid", model=MODEL, output=DEIDENTIFIED),
        mounts=(
            ground.repository,
            *ground.given,
            Mount(source=ground.public.inputs / PREDICT_INPUTS["predict"], target=INPUT),
            *_from_training(trained),
        ),
        env=ground.env(model=MODEL),
        limits=ground.assignment.limits_for(ExtraStage.DEID.value),
        keep=(DEIDENTIFIED,),
    )


def monitor(name: str, ground: Ground, batches: Path, trained: Path) -> Stage:
    """Their monitor on the reference and one batch, alone, so that no batch can be told by the others."""
    return Stage(
        name=name,
        argv=_wrapped(ground.submission.settings.commands.monitor, "monitor", model=MODEL, output=ALARM),
        mounts=(
            ground.repository,
            *ground.given,
            Mount(source=batches / "reference", target=REFERENCE),
            Mount(source=batches / name.rpartition("-")[2], target=CURRENT),
            *_from_training(trained),
        ),
        env=ground.env(model=MODEL),
        limits=ground.assignment.limits_for(name),
        keep=(ALARM,),
    )


def _notebook(name: str, ground: Ground, rows: Mount) -> Stage:
    limits = ground.assignment.limits_for("notebook")
    runner = ("/opt/runner/bin/python", "-I", f"{RUNNER}/notebook.py")
    return Stage(
        name=name,
        argv=(*runner, ground.submission.settings.notebook, "--timeout-s", str(int(limits.timeout_s))),
        mounts=(ground.repository, *ground.given, rows),
        env=ground.env(model=f"{OUTPUT}/model"),
        limits=limits,
        keep=(PREDICTIONS, "notebook.jsonl"),
    )


def test(name: str, ground: Ground, tree: Path, trained: Path) -> Stage:
    """Their tests, on ``tree``: their own files, or the copy whose functions all raise.

    The trained model lies where it would lie at home: some tests load it.
    """
    argv = argv_of(ground.submission.settings.commands.test, model=MODEL)
    return Stage(
        name=name,
        argv=("python3", "-I", f"{RUNNER}/tests.py", "--", *argv),
        mounts=(Mount(source=tree, target="/submission"), *ground.given, *_from_training(trained)),
        env=ground.env(model=MODEL),
        limits=ground.assignment.limits_for("test"),
        keep=("junit.xml",),
    )


def mutants(ground: Ground) -> Stage:
    """Two copies changed throughout, and some with one small mistake each; another draw for each edition."""
    mistakes = MISTAKES if _asks_for_mistakes(ground) else 0
    words = (*_seed(ground), "--draw", str(ground.draw), "--mistakes", str(mistakes))
    return _tool(MUTANTS, ground, keep=("mutants.json", f"{SOURCES}/**"), words=words)


def test_mutants(ground: Ground, mutated: Path, trained: Path) -> Stage:
    """Their tests on one mutant after another, `TRIED` of them.

    They can read every text, and not which of them is a mistake.
    """
    argv = argv_of(ground.submission.settings.commands.test, model=MODEL)
    limits = ground.assignment.limits_for("test")
    mounts = (ground.repository, *ground.given, *_from_training(trained))
    budget_s = TRIALS_BUDGET_S if _asks_for_mistakes(ground) else 0
    parts_s = PARTS_BUDGET_S if _asks_for_mistakes(ground) else 0
    given = {
        "--most": TRIED,
        "--budget-s": budget_s,
        "--parts-s": parts_s,
        "--limit-s": int(limits.timeout_s),
    }
    words = tuple(word for name, value in given.items() for word in (name, str(value)))
    return Stage(
        name=ExtraStage.TRIALS.value,
        argv=("python3", "-I", f"{RUNNER}/trials.py", *words, "--", *argv),
        mounts=(*mounts, Mount(source=mutated / SOURCES, target="/mutants")),
        env=ground.env(model=MODEL),
        limits=limits.model_copy(
            update={"timeout_s": SLEEPS * (budget_s + parts_s) + WHOLE_RUNS * limits.timeout_s}
        ),
        keep=("trials.jsonl",),
    )


def static(ground: Ground) -> Stage:
    """Our analysers over their files, in the tools image."""
    return _tool("static", ground, keep=("static.json", "documents.json", PLAN))


def history(ground: Ground) -> Stage:
    """A delivered .git, read object by object: no git command touches it, here or in the container."""
    if ground.submission.history is None:
        raise SubmissionError("no history was sent")
    stage = _tool("history", ground, keep=("history.json",))
    return stage.model_copy(update={"mounts": (Mount(source=ground.submission.history, target="/history"),)})


def sabotage(ground: Ground) -> Stage:
    """A copy of theirs in which every function fails: tests that stay green on it check nothing."""
    return _tool("sabotage", ground, keep=("tree/**",), words=_seed(ground))


def _asks_for_mistakes(ground: Ground) -> bool:
    return ExtraStage.TRIALS in ground.assignment.stages


def _seed(ground: Ground) -> tuple[str, str]:
    """Another draw for each submission and edition."""
    return "--seed", str(int(ground.submission.digest[:8], 16) ^ ground.draw)


def _tool(name: str, ground: Ground, *, keep: tuple[str, ...], words: tuple[str, ...] = ()) -> Stage:
    return Stage(
        name=name,
        argv=("/opt/tools/bin/python", "-I", f"{RUNNER}/{name}.py", *words),
        trust=Trust.TOOLS,
        mounts=(ground.repository,),
        limits=ground.assignment.limits_for(name),
        keep=keep,
    )


def _from_training(trained: Path) -> tuple[Mount, ...]:
    """What the training container left: the model folder, and files it wrote into the repository."""
    found = ((trained / "model", MODEL), (trained / "work", KEPT))
    return tuple(Mount(source=source, target=target) for source, target in found if source.is_dir())


def _wrapped(
    command: str, name: str, *, model: str, flags: tuple[str, ...] = (), output: str = PREDICTIONS
) -> tuple[str, ...]:
    if not command:
        raise SubmissionError(
            f"no {name} command was found",
            hint=f"declare commands.{name} in submission.toml, or add a Makefile target or {name}.py",
        )
    return (
        "python3",
        "-I",
        f"{RUNNER}/stage.py",
        *flags,
        "--",
        *argv_of(command, model=model, output=output),
    )
