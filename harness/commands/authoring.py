"""certify and new-assignment: for who writes an assignment."""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from harness.commands.ground import JsonOption, bench_of, stderr

if TYPE_CHECKING:
    from rich.console import Console

    from harness.certificate import Certificate
    from harness.model import Grader, Params

NOT_FIT = 5


def register(app: typer.Typer) -> None:
    """Add these commands to ``app``."""
    app.command()(certify)
    app.command("new-assignment")(new_assignment)


def certify(
    assignments: Annotated[
        list[str] | None,
        typer.Argument(metavar="ASSIGNMENT...", help="Slugs or folders.", show_default=False),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every assignment of the catalogue.")] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Audit the data only: seconds, no engine, no certificate.")
    ] = False,
    editions: Annotated[int, typer.Option(min=1, max=20, help="How many more editions to compare.")] = 3,
    runtime: Annotated[str, typer.Option(help="Container runtime, e.g. runsc (gVisor).")] = "",
    as_json: JsonOption = False,
) -> None:
    """Is this assignment fit to hand out? Grades its controls, audits its data, writes a certificate.

    Controls are the golden submissions with `control:` in expect/<name>.yaml. What was graded before is found
    again, so a second run takes seconds, and one that was interrupted goes on. The data is searched for what
    gives labels away. Reports cite the certificate; handout asks for it. A page beside it has what every
    control got in every criterion, and why.

    Exit codes: 0 fit; 5 not fit, and every reason with what to do; 2 a file is wrong; 3 the engine failed.

    Examples:

      takehome certify telco-churn

      takehome certify telco-churn --quick

      takehome certify --all --json > certificates.json
    """
    from harness.certify.show import Tried, show_overview
    from harness.errors import SpecError
    from harness.progress import show_error

    console, told, worst, tried = stderr(), [], 0, []
    for name in _named(assignments or [], every):
        began, certificate = time.monotonic(), None
        try:
            if quick:
                found, passed = _inspected(name, console)
            else:
                certificate, found = _certified(name, console, editions, runtime)
                passed = certificate.passed
        except SpecError as error:
            if not every:
                raise
            show_error(console, error)  # the others may be well
            worst = max(worst, error.exit_code)
        else:
            told.append(found)
            worst = max(worst, 0 if passed else NOT_FIT)
            if not as_json and "path" in found:
                typer.echo(found["path"])
        tried.append(Tried(name, time.monotonic() - began, certificate))
    if not quick and len(tried) > 1:
        show_overview(console, tried)
    if as_json:
        typer.echo(json.dumps(told if every or len(told) != 1 else told[0], indent=1))
    raise typer.Exit(worst)


def new_assignment(
    name: Annotated[str, typer.Argument(help="Its slug: lower case, digits, dashes.")],
) -> None:
    """Begin an assignment: a small world that runs and passes the audit as it is; prints its folder.

    assignments/README.md says what to change, in which order.

    Example: takehome new-assignment loan-default
    """
    from harness.scaffold import scaffold
    from harness.store import Places

    assignment, dataset = scaffold(name, Places.find().root)
    console = stderr()
    console.print(f"Data      {dataset}", soft_wrap=True)
    console.print(f"Next:     takehome certify {name} --quick, then assignments/README.md", soft_wrap=True)
    typer.echo(str(assignment))


def _named(assignments: list[str], every: bool) -> list[str]:
    from harness.assignment import catalogue
    from harness.errors import UsageError
    from harness.store import Places

    if every == bool(assignments):
        raise UsageError("name an assignment, or say --all", hint="takehome assignments lists them")
    if not every:
        return assignments
    return [folder.name for folder in catalogue(Places.find().root / "assignments")]


def _inspected(name: str, console: Console) -> tuple[dict[str, Any], bool]:
    from harness.certify import inspect
    from harness.certify.show import ConsoleDesk, show_noted

    bench = bench_of(name)
    found = inspect(bench, ConsoleDesk(console, bench.assignment.slug))
    show_noted(console, found.noted)
    verdict = f"{len(found.flaws)} flaws" if found.flaws else "no leak found"
    console.print(f"{bench.assignment.slug}: {verdict} in {found.tests} tests and every fact", soft_wrap=True)
    return {"assignment": bench.assignment.slug, **found.model_dump(mode="json")}, not found.flaws


def _certified(
    name: str, console: Console, editions: int, runtime: str
) -> tuple[Certificate, dict[str, Any]]:
    from harness import pipeline
    from harness.certificate import write_certificate
    from harness.certify import certify as check
    from harness.certify.page import page
    from harness.certify.show import ConsoleDesk, show_certificate
    from harness.store import write_text

    bench = bench_of(name)
    with pipeline.sandbox_of(runtime=runtime) as sandbox:
        desk = ConsoleDesk(console, bench.assignment.slug)
        certificate = check(bench, sandbox, desk, editions=editions, contract=broken_promise)
    show_certificate(console, certificate)
    path: Path = write_certificate(certificate, bench)
    write_text(path.with_suffix(".html"), page(certificate))
    console.print(f"Page      {path.with_suffix('.html')}", soft_wrap=True)
    return certificate, _told(certificate, path)


def broken_promise(grader: Grader[Any], run: Path, key: Path, params: Params) -> str:
    """What a grader does not keep of its contract: joins certify and the kit, which is the graders'."""
    from graders import kit

    with tempfile.TemporaryDirectory(prefix="takehome-contract-") as scratch:
        return kit.broken_promise(grader, kit.case_of(run, key, params), Path(scratch))


def _told(certificate: Certificate, path: Path) -> dict[str, Any]:
    found = certificate.model_dump(mode="json")
    return {**found, "passed": certificate.passed, "path": str(path)}
