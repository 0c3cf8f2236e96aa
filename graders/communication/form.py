"""E5: a README with an outline, links that lead somewhere, and a length that somebody will read.

Form only: what it says is judged elsewhere. The starter's own words do not count as the candidate's.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from graders import analysis, documents
from graders.documents import Document, Link, own_statements
from graders.statistics import ramp
from harness.model import AnswerKey, Evidence, Finding, Grader, Params, Place, Score, Severity, Track

SHORT = 150  # words: so much needs a title and no sections
LAID_BESIDE = ("data", "model")  # folders that stand in the repository only while it runs
FIX_OUTLINE = "give the README a title, and a heading for each thing it speaks of"


class FormParams(Params):
    """Words of the candidate's own, commands included.

    ``few``: at which nothing is left, ``enough``: from which all is; ``many`` and ``most``: the other end.
    """

    given: tuple[str, ...] = ()
    few: int = 10
    enough: int = 50
    many: int = 4_000
    most: int = 12_000


def grade(evidence: Evidence, key: AnswerKey, params: FormParams) -> Score:
    """The mean of outline and links, times length: what says next to nothing has no form either."""
    found = documents.read(evidence)
    pages = _pages(found, evidence.submission.track)
    words = sum(_words(page, params.given) for page in pages)
    if not pages or words == 0:
        return _none(pages)
    outline, outline_findings = _outline(pages, words)
    links, link_findings = _links(pages, evidence)
    length = min(
        ramp(words, zero=params.few, full=params.enough), ramp(words, zero=params.most, full=params.many)
    )
    findings = [*outline_findings, *link_findings]
    if length < 1.0:
        findings.append(_wrong_length(pages[0], words, params))
    value = length * (outline + links) / 2.0
    reason = (
        f"{', '.join(page.path for page in pages)}: outline {outline:.2f}, links and images {links:.2f}, "
        f"length {length:.2f} ({words:,} words)."
    )
    return Score.graded(
        value,
        reason,
        earn_back="; ".join(dict.fromkeys(f.fix for f in findings[:3])),
        findings=tuple(findings[:20]),
        measures={"outline": outline, "links": links, "length": length, "words": float(words)},
    )


def _pages(found: documents.Documents, track: Track) -> tuple[Document, ...]:
    """The README; in the notebook track the notebooks' text belongs to it."""
    readme = (found.readme,) if found.readme and found.readme.problem is None else ()
    if track is not Track.NOTEBOOK:
        return readme
    return readme + tuple(d for d in found.of("notebook") if d.problem is None)


def _words(page: Document, given: tuple[str, ...]) -> int:
    own = sum(len(statement.words.tokens) for _, statement in own_statements((page,), given))
    if page.kind == "notebook" or own == 0:
        return own
    return own + sum(len(block.text.split()) for block in page.code)


def _outline(pages: tuple[Document, ...], words: int) -> tuple[float, list[Finding]]:
    """A title is half; for more than SHORT words, sections with something below them are the rest."""
    headings = [heading for page in pages for heading in page.headings]
    told = {statement.section for page in pages for statement in page.statements}
    sections = len({heading.text for heading in headings if heading.text in told})
    needed = 1 if words <= SHORT else 2
    value = 0.0 if not headings else 0.5 + 0.5 * min(1.0, sections / needed)
    if value >= 1.0:
        return 1.0, []
    what = (
        "no heading" if not headings else f"{words:,} words under {sections} heading{'s' * (sections != 1)}"
    )
    finding = Finding(
        what=what, place=pages[0].place(), severity=Severity.MINOR, fix=FIX_OUTLINE, rule="form-outline"
    )
    return value, [finding]


def _links(pages: tuple[Document, ...], evidence: Evidence) -> tuple[float, list[Finding]]:
    """The share that leads somewhere; no link is no fault."""
    trained = frozenset(evidence.result("train").files)
    judged = [(page, link) for page in pages for link in page.links if link.resolves is not None]
    broken = [(page, link) for page, link in judged if not link.resolves and not _made(link, trained)]
    value = 1.0 - len(broken) / len(judged) if judged else 1.0
    return value, [
        Finding(
            what=f"{'an image' if link.image else 'a link'} leads nowhere: {link.target}"[:300],
            place=page.place(link),
            severity=Severity.MINOR,
            fix="let links and images name files of the repository, relative to the document",
            rule="form-link",
        )
        for page, link in broken
    ]


def _made(link: Link, trained: Iterable[str]) -> bool:
    """What the training writes, and what is laid beside the repository, is there when it is run."""
    path = PurePosixPath(link.target.partition("#")[0])
    parts = tuple(part for part in path.parts if part != "..")
    if parts and parts[0] in LAID_BESIDE:
        return True
    return bool(parts) and documents.exists(str(PurePosixPath(*parts)), frozenset(trained))


def _wrong_length(page: Document, words: int, params: FormParams) -> Finding:
    long = words > params.enough
    fix = (
        f"keep the README below {params.many:,} words; details belong into files of their own"
        if long
        else f"say what was done, how good it is and how you know: {params.enough} words at least"
    )
    return Finding(
        what=f"{words:,} words", place=page.place(), severity=Severity.MINOR, fix=fix, rule="form-length"
    )


def _none(pages: tuple[Document, ...]) -> Score:
    why = "The README says nothing but what the starter's says." if pages else "There is no README to read."
    act = "write a short README.md: what was done, how good it is, how you know"
    where = pages[0].place() if pages else Place(file="README.md", stage=analysis.STAGE)
    finding = Finding(what=why, place=where, severity=Severity.MAJOR, fix=act, rule="form-none")
    return Score.missing(why, earn_back=act, findings=(finding,))


GRADER = Grader(name="form", needs=(analysis.STAGE,), params=FormParams, grade=grade)
