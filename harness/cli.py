"""The command line: arguments in, an exit code out. Heavy imports wait for the command that needs them."""

from __future__ import annotations

import errno
import logging
import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.exceptions import TyperException

from harness import __version__
from harness.commands import authoring, candidates, finished
from harness.commands.ground import AssignmentOption, bench_of, every_grader, exit_code, graders_of, stderr
from harness.errors import InfraError, TakehomeError, UsageError

if TYPE_CHECKING:
    from harness.exam import Bench
    from harness.sandbox import Protection

app = typer.Typer(
    name="takehome",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="""Grade machine-learning take-home assignments in containers, with evidence for every point.

    Start with: takehome doctor; then: takehome grade ./candidate-repo -a telco-churn

    Exit codes: 0 graded in full (and at or above --bar); 1 our bug; 2 usage or specification;
    3 infrastructure; 4 graded, but something has no grade; 5 graded in full, below the bar.
    stdout is data, stderr is for people.""",
)

INTERRUPTED = 130
DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})  # the machine's fault wherever it shows


def main() -> None:
    """Run the command line and exit with its contract's code."""
    interrupts = Interrupts()
    signal.signal(signal.SIGTERM, interrupts)  # so that a stop from outside cleans up like Ctrl-C
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:  # as behind nohup
        signal.signal(signal.SIGINT, interrupts)
    try:
        code = _run()
    except KeyboardInterrupt:
        code = INTERRUPTED
    if code == INTERRUPTED:  # typer answers Ctrl-C inside a command with this code, and says nothing
        for late in (signal.SIGINT, signal.SIGTERM):  # all is cleaned up: nothing is left to interrupt
            signal.signal(late, signal.SIG_IGN)
        told = "containers and half-made folders were removed; a grading goes on where it stopped"
        stderr().print(f"interrupted: {told}", soft_wrap=True)
    sys.exit(code if isinstance(code, int) else 0)


def _run() -> object:
    try:
        return app(standalone_mode=False)
    except TakehomeError as error:
        from harness.progress import show_error

        show_error(stderr(), error)
        return error.exit_code
    except OSError as error:
        if error.errno not in DISK:
            raise
        from harness.progress import show_error

        what = f"{error.filename or 'a file of a grading'}: {error.strerror}"
        full = InfraError(
            what, hint="make room, then run the same command: a grading goes on where it stopped"
        )
        show_error(stderr(), full)
        return full.exit_code
    except typer.Exit as stop:
        return stop.exit_code
    except TyperException as error:
        from harness.progress import show_error

        mistake = UsageError(error.format_message(), hint="takehome --help, or takehome COMMAND --help")
        show_error(stderr(), mistake)
        return mistake.exit_code


@app.callback(invoke_without_command=True)
def _top(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    if version:
        typer.echo(__version__)
        raise typer.Exit


@app.command()
def assignments() -> None:
    """List the assignments: slug and title, a line each.

    Example: takehome assignments
    """
    from harness.assignment import catalogue, load
    from harness.store import Places

    every = every_grader()
    for folder in catalogue(Places.find().root / "assignments"):
        typer.echo(f"{folder.name}\t{load(folder, graders_of(folder, every)).title}")


@app.command()
def grade(
    source: Annotated[
        str,
        typer.Argument(help="A folder, a .zip or .tar.gz, a single .ipynb, or a git address (https, file)."),
    ],
    assignment: AssignmentOption,
    ref: Annotated[str, typer.Option(help="Branch, tag or commit of a git address.")] = "",
    runs: Annotated[Path | None, typer.Option(help="Where run folders go. [default: runs/]")] = None,
    runtime: Annotated[str, typer.Option(help="Container runtime, e.g. runsc (gVisor).")] = "",
    bar: Annotated[float | None, typer.Option(help="Exit 5 when the total is below this.")] = None,
    candidate: Annotated[str, typer.Option(help="Grade against the edition this candidate was handed.")] = "",
    level: Annotated[str, typer.Option(help="Weights for junior, mid or senior. [default: senior]")] = "",
    fresh: Annotated[bool, typer.Option("--fresh", help="Run again even if graded before.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole scorecard on stdout.")] = False,
) -> None:
    """Grade a submission; prints its run folder.

    Examples:

      takehome grade ./candidate-repo -a telco-churn

      takehome grade solution.ipynb -a telco-churn --bar 60 --json > card.json

      takehome grade jane.zip -a telco-churn --candidate jane-doe-17

      takehome grade https://example.com/team/churn.git --ref v1 -a telco-churn
    """
    from harness import pipeline
    from harness.intake import check_source, label
    from harness.progress import Progress, show_card
    from harness.report.safe import terminal
    from harness.seal import head_of

    console = stderr()
    bench = bench_of(assignment, runs, level=level)
    check_source(source, ref)
    bench = _of_candidate(bench, candidate) if candidate else bench
    with (
        pipeline.sandbox_of(runtime=runtime) as sandbox,
        Progress(
            console, f"Grading {terminal(label(source, ref))} against {bench.assignment.slug}"
        ) as progress,
    ):
        graded = pipeline.grade(source, bench, sandbox, progress, ref=ref, fresh=fresh)
    show_card(console, graded.card, graded.run, cached=graded.cached)
    console.print(f"Sealed  {head_of(graded.run)}", soft_wrap=True)
    console.print(f"MLflow  {graded.mirrored.sentence}", soft_wrap=True)
    typer.echo(graded.card.model_dump_json(indent=1) if as_json else str(graded.run))
    raise typer.Exit(exit_code(graded.card, bar))


finished.register(app)
candidates.register(app)
authoring.register(app)


@app.command()
def doctor() -> None:
    """Check engine, images, protections, disk, MLflow and installed graders: what works, and what to do.

    Exit code 3 when something needed for grading is missing.
    """
    from harness.doctor import examine
    from harness.progress import show_checks
    from harness.sandbox import State
    from harness.store import Places

    checks = [*examine(Places.find()), _installed_graders()]
    show_checks(stderr(), checks)
    raise typer.Exit(3 if any(check.state is State.MISSING for check in checks) else 0)


def _installed_graders() -> Protection:
    """Where graders come from that are not ours; a broken one ends every command that reads assignments."""
    from harness.sandbox import Protection, State

    try:
        theirs = {grader.source for grader in every_grader().values() if grader.source}
    except UsageError as error:
        return Protection("graders", State.MISSING, f"{error}: {error.hint}")
    return Protection("graders", State.OK, ", ".join(sorted(theirs)) or "ours alone")


def _of_candidate(bench: Bench, candidate: str) -> Bench:
    """The edition that the candidate was handed; what is doubtful about that is said on stderr."""
    from harness.dataset import open_edition
    from harness.handout import differences, handout_key, personal

    mine = personal(bench, candidate, handout_key(bench.places, make=False))
    doubt = differences(mine, open_edition(mine.assignment.dataset, mine.places).name)
    if doubt:
        stderr().print(f"! {doubt}", style="yellow", soft_wrap=True, markup=False)
    return mine


class Interrupts:
    """Answers Ctrl-C and SIGTERM: the first one stops, and those that follow do not stop the cleaning up.

    A cleaning up that hangs for ``patience_s`` can be left by one more.
    """

    def __init__(self, *, patience_s: float = 30.0) -> None:
        self._patience_s = patience_s
        self._since: float | None = None

    def __call__(self, _signal: int, _frame: object) -> None:
        """A signal arrived.

        Raises:
            KeyboardInterrupt: it is the first, or the first is too long ago.
        """
        now = time.monotonic()
        if self._since is not None and now - self._since < self._patience_s:
            os.write(2, b"stopping: containers and half-made folders are being removed\n")
            return
        self._since = now
        raise KeyboardInterrupt


logging.getLogger("harness").addHandler(logging.NullHandler())
if os.environ.get("TAKEHOME_DEBUG"):
    logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)

if __name__ == "__main__":
    main()
