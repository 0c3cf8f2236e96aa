"""COPY, ADD and bind mounts -> Copy steps whose sources stay inside the build context or an earlier stage."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from harness.dockerfile.draft import Draft, RefusedError
from harness.dockerfile.lexer import words
from harness.dockerfile.recipe import Copy
from harness.dockerfile.syntax import Heredoc, Instruction

ARCHIVE = re.compile(r".*\.(tar|tgz|tbz2?|txz|tar\.(gz|bz2|xz|zst))")
REMOTE = re.compile(r"(?i)(https?|ftp|git|ssh)://|git@|.*\.git(#.*)?$")
KNOWN_FLAGS = {"from", "chown", "chmod", "link"}
Texts = tuple[tuple[str, str], ...]


def copy_of(it: Instruction, draft: Draft, escape: str, *, origin: int | None, provided: bool) -> Copy:
    """A COPY or ADD instruction as a step.

    Raises:
        RefusedError: it reaches outside, to the network, or does what is not done here.
    """
    values = draft.values()
    items = it.items or tuple(words(it.text, values, escape=escape))
    if len(items) < 2:
        raise RefusedError(f"{it.keyword} takes a source and a target")
    if unknown := {name for name, _ in it.flags} - KNOWN_FLAGS:
        raise RefusedError(f"{it.keyword} --{min(unknown)[:20]} is not known here", "COPY by name")
    texts, sources = _inlined(it, items[:-1], values, escape)
    if it.keyword == "ADD":
        _check_add(sources)
    return _step(it, draft, sources, items[-1], origin=origin, provided=provided, texts=texts)


def bind_of(it: Instruction, draft: Draft, source: str, target: str) -> Copy:
    """A bind mount of the context, copied instead: it stays in the image, which no step can tell."""
    return _step(it, draft, (source,), target.rstrip("/") or "/")


def _step(
    it: Instruction,
    draft: Draft,
    sources: tuple[str, ...],
    target: str,
    *,
    origin: int | None = None,
    provided: bool = False,
    texts: Texts = (),
) -> Copy:
    outside = origin is None and not provided
    for source in sources:
        if outside and ".." in posixpath.normpath(source).split("/"):
            raise RefusedError(
                f"{it.keyword} reaches outside the build context", "keep what it needs in the repository"
            )
    owner, chmod = (words(it.flag(flag), draft.values(), split=False)[0] for flag in ("chown", "chmod"))
    if chmod and not re.fullmatch(r"0?[0-7]{3,4}", chmod):
        raise RefusedError("COPY --chmod takes an octal number here")
    is_folder = target in (".", "./") or target.endswith("/") or len(sources) + len(texts) > 1
    absolute = posixpath.normpath(posixpath.join(draft.workdir, target)).rstrip("/")
    return Copy(
        line=it.line,
        sources=sources,
        target=absolute.replace("//", "/") + "/" if is_folder or not absolute else absolute,
        origin=origin,
        provided=provided,
        owner=owner,
        mode=int(chmod, 8) & 0o777 if chmod else None,
        texts=texts,
    )


def script_of(it: Instruction) -> str:
    """What RUN's shell is given: the heredoc when it is all there is, else the line and its heredocs."""
    if len(it.heredocs) == 1 and re.fullmatch(r"\d?<<-?[\"']?[\w.]+[\"']?", it.text):
        return it.heredocs[0].body
    bodies = "".join(f"\n{doc.body}{doc.name}" for doc in it.heredocs)
    return it.text + bodies + ("\n" if bodies else "")


def _inlined(
    it: Instruction, sources: tuple[str, ...], values: Mapping[str, str], escape: str
) -> tuple[Texts, tuple[str, ...]]:
    """Heredocs as (name, content), and the sources that are paths."""
    by_name: dict[str, Heredoc] = {doc.name: doc for doc in it.heredocs}
    texts: list[tuple[str, str]] = []
    paths: list[str] = []
    for source in sources:
        doc = by_name.get(re.sub(r"^<<-?", "", source)) if source.startswith("<<") else None
        if doc:
            texts.append((doc.name, _body(doc, values, escape)))
        else:
            paths.append(source)
    return tuple(texts), tuple(paths)


def _body(doc: Heredoc, values: Mapping[str, str], escape: str) -> str:
    if not doc.expand or "$" not in doc.body:
        return doc.body
    # Quotes mean nothing in there: escaped, they are kept when variables are put in.
    text = re.sub(r"([\"'])", lambda quote: escape + quote[1], doc.body)
    return words(text, values, escape=escape, split=False)[0]


def _check_add(sources: tuple[str, ...]) -> None:
    for source in sources:
        if REMOTE.match(source):
            raise RefusedError(
                "ADD fetches from the network, and a build has none", "put the file into the repository"
            )
        if ARCHIVE.fullmatch(source.lower()):
            raise RefusedError(
                "ADD unpacks an archive; archives are not unpacked here",
                "COPY it and RUN tar -xf in the image",
            )
