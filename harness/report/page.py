"""View -> report.html. Self-contained: no script, nothing loaded, every expression escaped by ``safe``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from harness.model import Ended, Trust
from harness.report import figures, safe
from harness.report.interview import HUMAN_SLOTS
from harness.report.view import View

HERE = Path(__file__).parent
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
WRITERS = {
    Trust.HOST: "the harness",
    Trust.TOOLS: "our tools, about their files",
    Trust.CANDIDATE: "the candidate's container: a claim",
}


def page(view: View) -> str:
    """The whole page as text."""
    return environment_of(HERE).get_template("report.html.j2").render(view=view, card=view.card)


@cache
def environment_of(folder: Path) -> Environment:
    """For the templates of ``folder``. No expression reaches a page but through ``safe.html``."""
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=safe.html,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Any] = {
        "block": safe.html_block,
        "code": safe.html_code,
        "number": figures.number,
        "seconds": figures.seconds,
        "megabytes": figures.megabytes,
    }
    environment.filters.update(filters)
    environment.globals.update(
        css=Markup((HERE / "report.css").read_text(encoding="utf-8")),  # noqa: S704 - our own file
        policy=Markup(POLICY),  # noqa: S704 - a constant
        writers=WRITERS,
        slots=HUMAN_SLOTS,
        Ended=Ended,
    )
    return environment
