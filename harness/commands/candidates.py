"""handout, check and ask: what a candidate is sent, and what they run at home."""

from __future__ import annotations

import contextlib
import json
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harness.commands.ground import JsonOption, bench_of, stderr

if TYPE_CHECKING:
    from rich.console import Console

    from harness.ask import Reply
    from harness.exam import Bench

OUR_BUG, COSTS_POINTS = 1, 5

CandidateOption = Annotated[
    str,
    typer.Option(
        "--candidate", help="The candidate's id: their edition is made from it.", show_default=False
    ),
]


def register(app: typer.Typer) -> None:
    """Add these commands to ``app``."""
    app.command()(handout)
    app.command()(check)
    app.command()(ask)


def handout(
    assignment: Annotated[str, typer.Argument(help="Slug of the assignment, or its folder.")],
    candidate: CandidateOption,
    out: Annotated[Path, typer.Option("--out", help="Where it goes.")] = Path("handouts"),
    zipped: Annotated[bool, typer.Option("--zip", help="One zip instead of a folder.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Also when it is not certified; noted down.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Make what one candidate is sent: a personal edition of equal difficulty; prints its path.

    The same assignment, id and key give the same bytes. The key is $TAKEHOME_KEY or .takehome/handout.key,
    which is made at first use: keep it, and keep it from candidates.

    Examples:

      takehome handout telco-churn --candidate jane-doe-17 --zip

      takehome handout telco-churn --candidate jane-doe-17 --out /tmp/mail --json
    """
    from rich.text import Text

    from harness.handout import handout_key, make_handout, personal
    from harness.report.safe import terminal

    console = stderr()
    bench = bench_of(assignment)
    key = handout_key(bench.places, make=True)
    mine = personal(bench, candidate, key)
    with console.status(f"Making {mine.assignment.slug} for {mine.candidate} ..."):
        made = make_handout(mine, key, out=out, zipped=zipped, certified=_why_not_certified, force=force)
    if made.forced:
        console.print(Text(f"! handed out by force: {terminal(made.forced)}", style="yellow"), soft_wrap=True)
    console.print(
        f"Edition {made.edition}: {made.files} files, {made.size_bytes / 2**20:.1f} MB", soft_wrap=True
    )
    console.print(f"sha256  {made.sha256}", soft_wrap=True)
    console.print(
        f"Grade it with: takehome grade SOURCE -a {made.assignment} --candidate {made.candidate}",
        soft_wrap=True,
    )
    typer.echo(json.dumps({**asdict(made), "path": str(made.path)}, indent=1) if as_json else str(made.path))


def check(
    source: Annotated[str, typer.Argument(metavar="PATH", help="Your repository, its zip, or a notebook.")],
    data: Annotated[
        Path | None,
        typer.Option(
            help="The unpacked handout. [default: the one around PATH or around you]", show_default=False
        ),
    ] = None,
    runtime: Annotated[str, typer.Option(help="Container runtime, e.g. runsc (gVisor).")] = "",
    keep: Annotated[
        Path | None,
        typer.Option(help="A new folder for what your code wrote and printed.", show_default=False),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Run a submission as it will be graded, on the public rows: what runs, what fails, what to do.

    Needs Docker and a handout, and nothing else of ours. The same image, stages and judges as a grade;
    no hidden row, no score. Nothing is sent anywhere.

    Exit codes: 0 everything runs; 5 something will cost points; 3 no engine, or it failed; 2 usage.

    Examples:

      takehome check . --data ~/telco-churn-jane-doe-17

      takehome check solution.ipynb --data ~/telco-churn-jane-doe-17 --json > check.json
    """
    from graders.rehearsal import REHEARSAL
    from harness import pipeline
    from harness.check import check as rehearse
    from harness.check import find
    from harness.check.show import as_json as told
    from harness.check.show import show_checkup
    from harness.intake import check_source, label
    from harness.progress import Progress
    from harness.report.safe import terminal

    console = stderr()
    check_source(source)
    found = find(source, data)
    title = f"Checking {terminal(label(source))} for {found.spec.slug}, edition {found.spec.edition}"
    with (
        _workplace(keep) as work,
        pipeline.sandbox_of(runtime=runtime) as sandbox,
        Progress(console, title) as progress,
    ):
        sandbox.identity()  # no engine or no image: said before anything is copied
        checkup = rehearse(source, found, sandbox, progress, REHEARSAL, work=work)
    show_checkup(console, checkup)
    if as_json:
        typer.echo(told(checkup))
    if checkup.costly:
        raise typer.Exit(COSTS_POINTS)
    raise typer.Exit(OUR_BUG if checkup.ours else 0)


def ask(
    assignment: Annotated[str, typer.Argument(help="A handout folder, or an assignment's slug.")],
    question: Annotated[str, typer.Argument(help="One question, in your own words.")],
    log: Annotated[
        Path | None,
        typer.Option(
            help="Where it is noted down. [default: questions-asked.jsonl in the handout]", show_default=False
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Look a question up in what the author wrote down; asking is free, and works offline in a handout.

    Finds words, not meanings: put the question in other words, or use a topic it names, when it misses.

    Examples:

      takehome ask . "How many calls can the desk make in a week?"

      takehome ask telco-churn "What is a closure code?" --json
    """
    from harness.ask import ask as look_up
    from harness.ask import note_down, read_topics
    from harness.errors import SpecError

    source, default_log = _oracle(assignment)
    topics = read_topics(source)
    if not topics:
        raise SpecError(
            f"{source}: nobody wrote down any answers", hint="write your assumption in ASSUMPTIONS.md"
        )
    reply = look_up(topics, question)
    note_down(reply, log or default_log)
    if as_json:
        typer.echo(json.dumps({**asdict(reply), "known": reply.known}, indent=1, ensure_ascii=False))
    else:
        _show_reply(stderr(), reply, log or default_log)


def _why_not_certified(bench: Bench) -> str:
    """Why this assignment is not certified; empty when it is. The one line that joins harness.certificate."""
    from harness.certificate import why_not

    return why_not(bench)


def _oracle(assignment: str) -> tuple[Path, Path]:
    """Where the answers are, and where the question is noted down."""
    from harness.ask import LOG, QUESTIONS
    from harness.handout import handout_above, read_spec
    from harness.handout.spec import HOME
    from harness.handout.spec import QUESTIONS as ANSWERS

    if Path(assignment).exists() and (folder := handout_above(Path(assignment))):
        read_spec(folder)
        return folder / HOME / ANSWERS, folder / LOG
    bench = bench_of(assignment)
    return bench.folder / QUESTIONS, bench.places.home / "asked" / f"{bench.assignment.slug}.jsonl"


def _show_reply(console: Console, reply: Reply, log: Path) -> None:
    from rich.text import Text

    from harness.report.safe import terminal

    if reply.known:
        console.print(Text(f"{terminal(reply.topic)}", style="bold"))
    typer.echo(terminal(reply.answer, lines=True, limit=20_000))
    if reply.nearest:
        near = ", ".join(terminal(topic) for topic in reply.nearest)
        console.print(
            Text(f"{'See also' if reply.known else 'Nearest topics'}: {near}", style="dim"), soft_wrap=True
        )
    console.print(Text(f"noted down in {log}", style="dim"), soft_wrap=True)


@contextlib.contextmanager
def _workplace(keep: Path | None) -> Iterator[Path]:
    """A folder that is gone afterwards, also after Ctrl-C; or ``keep``, which must be new or empty."""
    from harness.errors import UsageError

    if keep is None:
        with tempfile.TemporaryDirectory(prefix="takehome-check-", ignore_cleanup_errors=True) as work:
            yield Path(work)
        return
    if keep.exists() and (not keep.is_dir() or any(keep.iterdir())):
        raise UsageError(f"--keep {keep}: it is there already and not empty", hint="name a new folder")
    keep.mkdir(parents=True, exist_ok=True)
    yield keep
