"""The assignment's brief -> the candidate's: closed by how to check, ask and send; Markdown and a page."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup

from harness.handout.spec import PublicSpec
from harness.report import safe
from harness.report.page import POLICY

HERE = Path(__file__).parent


def brief_markdown(text: str, spec: PublicSpec, *, oracle: bool) -> str:
    """The author's words, then ours. ``oracle``: somebody wrote answers down."""
    closing = _plain().get_template("closing.md.j2").render(spec=spec, oracle=oracle)
    return f"{text.rstrip()}\n\n{closing.strip()}\n"


def brief_html(markdown: str, spec: PublicSpec) -> str:
    """The same as a self-contained page in the look of the report. HTML in the brief is shown, not obeyed."""
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table")
    first, _, rest = markdown.partition("\n")
    title = first.removeprefix("#").strip() if first.startswith("# ") else spec.title
    body = rest if first.startswith("# ") else markdown
    page = _pages().get_template("brief.html.j2")
    return page.render(spec=spec, title=title, body=Markup(tokens.render(body)))  # noqa: S704 -- escaped by it


@cache
def _plain() -> Environment:
    """For Markdown: what is filled in are our own names and numbers, which need no escaping."""
    return Environment(  # noqa: S701 -- no HTML is made here
        loader=FileSystemLoader(HERE), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


@cache
def _pages() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=safe.html,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    css = files("harness.report").joinpath("report.css").read_text("utf-8")
    own = (HERE / "brief.css").read_text("utf-8")
    environment.globals.update(
        css=Markup(css + own),  # noqa: S704 -- our own files
        policy=Markup(POLICY),  # noqa: S704 -- a constant
    )
    return environment
