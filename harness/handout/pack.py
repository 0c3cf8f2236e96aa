"""An assignment on one candidate's edition -> the folder or zip they are sent. Same three, same bytes."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from harness import __version__, ask
from harness.dataset import Edition, open_edition
from harness.errors import InfraError, SpecError, UsageError
from harness.exam import Bench
from harness.handout import guard, ledger
from harness.handout.archive import write_zip
from harness.handout.brief import brief_html, brief_markdown
from harness.handout.layout import read_layout
from harness.handout.samples import write_samples
from harness.handout.spec import HOME, LOCK, QUESTIONS, SPEC, PublicSpec, digest_of_data, public_spec
from harness.store import digest_of_folder, workshop

HERE = Path(__file__).parent
BRIEF, STARTER, BASELINE = "brief.md", "starter", "baseline.py"
LEAVINGS = shutil.ignore_patterns("__pycache__", "*.pyc", ".git", ".DS_Store", ".*_cache")

Certified = Callable[[Bench], str]  # why this assignment is not certified; empty when it is


@dataclass(frozen=True)
class Handout:
    """What was made: where it lies, what it is called, and the digest that a second making repeats."""

    path: Path
    assignment: str
    candidate: str
    edition: str
    files: int
    size_bytes: int
    sha256: str
    forced: str  # why it should not have gone out; empty when all is well


def make_handout(
    bench: Bench, key: bytes, *, out: Path, zipped: bool, certified: Certified, force: bool = False
) -> Handout:
    """Put ``<slug>-<candidate>/`` or its zip below ``out``; a bench of ``editions.personal`` is expected.

    Raises:
        UsageError: another handout lies there, or the assignment is not certified and ``force`` is off.
        SpecError: a part of the assignment is absent, or a secret stands in what would go out.
    """
    why_not = certified(bench)
    if why_not and not force:
        raise UsageError(
            f"{bench.assignment.slug} is not fit to hand out: {why_not}",
            hint=f"takehome certify {bench.assignment.slug}; --force hands it out and notes that",
        )
    name = f"{bench.assignment.slug}-{bench.candidate}"
    edition = open_edition(bench.assignment.dataset, bench.places)
    with workshop(out) as temporary:
        folder = temporary / name
        _fill(folder, bench, edition)
        if told := guard.leaks(folder, bench, edition, key):
            raise SpecError(
                f"{bench.folder}: this handout would tell secrets: {'; '.join(told[:5])}",
                hint="nothing was written; mend the file it came from",
            )
        files = [path for path in folder.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files)
        made = folder
        if zipped:
            made = temporary / f"{name}.zip"
            write_zip(folder, made)
        digest = _digest(made)
        final = _put(made, out / made.name, digest)
    ledger.record(bench, edition.name, digest, why_not)
    label = bench.assignment.dataset.label
    return Handout(final, bench.assignment.slug, bench.candidate, label, len(files), size, digest, why_not)


def _fill(folder: Path, bench: Bench, edition: Edition) -> None:
    """Everything that a candidate gets; nothing is copied that is not named here."""
    layout = read_layout(edition.folder)
    topics = ask.read_topics(bench.folder / ask.QUESTIONS)
    _copy_tree(edition.public.data, folder / "data")
    _copy_tree(_there(bench.folder / STARTER), folder / STARTER)
    _there(folder / STARTER / "submission.toml")
    spec = public_spec(
        bench.assignment,
        bench.candidate,
        layout,
        data_digest=digest_of_data(folder / "data"),
        harness=__version__,
    )
    _write_briefs(folder, _there(bench.folder / BRIEF).read_text("utf-8"), spec, oracle=bool(topics))
    own = bench.folder / BASELINE
    _copy(own if own.is_file() else HERE / "shipped" / BASELINE, folder / BASELINE)
    write_samples(folder / "data", layout, folder / "samples")
    _copy(_there(bench.places.root / "docker" / "candidate.lock"), folder / HOME / LOCK)
    _write(folder / HOME / SPEC, spec.model_dump_json(indent=1) + "\n")
    if topics:
        listed = [topic.model_dump() for topic in topics]
        _write(folder / HOME / QUESTIONS, json.dumps(listed, indent=1, ensure_ascii=False) + "\n")


def _write_briefs(folder: Path, text: str, spec: PublicSpec, *, oracle: bool) -> None:
    markdown = brief_markdown(text, spec, oracle=oracle)
    _write(folder / BRIEF, markdown)
    _write(folder / "brief.html", brief_html(markdown, spec))


def _there(path: Path) -> Path:
    if not path.exists():
        raise SpecError(
            f"{path}: absent, and a handout needs it", hint="assignments/README.md lists the parts"
        )
    return path


def _copy_tree(source: Path, target: Path) -> None:
    shutil.copytree(source, target, ignore=LEAVINGS, copy_function=shutil.copyfile)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _write(path: Path, text: str) -> None:
    """Line ends as they are here, on every system: the zip's bytes depend on them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def _put(made: Path, final: Path, digest: str) -> Path:
    """Move into place; what lies there already must be the same, to the byte."""
    if not final.exists():
        try:
            return made.rename(final)
        except OSError as error:
            raise InfraError(f"{final}: could not be put in place: {error.strerror}") from error
    if _digest(final) != digest:
        raise UsageError(
            f"{final}: something else lies there", hint="move it away, or choose another folder with --out"
        )
    return final


def _digest(made: Path) -> str:
    return digest_of_folder(made) if made.is_dir() else hashlib.sha256(made.read_bytes()).hexdigest()
