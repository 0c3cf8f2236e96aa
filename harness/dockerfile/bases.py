"""A name in FROM -> whether the local image may stand in for it, and what a reader should know. Pure."""

from __future__ import annotations

import re

from harness.dockerfile.lexer import shown
from harness.model import Frozen, Severity

OURS = "3.11"
WHAT_WORKS = f"FROM python:{OURS}-slim"
REFERENCE = re.compile(
    r"(?P<name>[a-z0-9][a-z0-9._/-]*(:\d+/[a-z0-9._/-]+)?)(:(?P<tag>[\w][\w.-]{0,127}))?(@(?P<digest>sha256:[0-9a-f]{64}))?"
)
DISTRIBUTIONS = frozenset(("debian", "ubuntu", "buildpack-deps"))
UV = re.compile(r"ghcr\.io/astral-sh/uv|astral/uv")
WHY_NOT = {
    "scratch": "scratch is an empty image: nothing could run in it",
    "alpine": "Alpine has another C library, for which the wheels at hand are not made",
    "busybox": "busybox has no Python",
}
GPU = re.compile(r"nvidia/|pytorch/|tensorflow/|rocm/|huggingface/")
CONDA = re.compile(r"continuumio/|mambaorg/|condaforge/|conda/")


class Base(Frozen):
    """``refused`` is empty when the local image stands in."""

    refused: str = ""
    remarks: tuple[str, ...] = ()
    severity: Severity = Severity.INFO
    fix: str = ""


def base_of(reference: str) -> Base:
    """What becomes of ``FROM reference``."""
    name, tag, pinned = _parts(reference)
    if not name:
        return Base(refused=f"FROM names no image: {shown(reference)}", fix=WHAT_WORKS)
    if name == "python":
        return _python(tag, pinned=pinned)
    if UV.fullmatch(name):
        return Base(remarks=(_stands_in("uv's image"),))
    if name in DISTRIBUTIONS:
        return Base(remarks=(_stands_in(f"{name} {tag}".strip()),), fix=WHAT_WORKS)
    return Base(refused=f"FROM {shown(reference)}: {_why_not(name)}", fix=f"{WHAT_WORKS}, or Debian's")


def is_uv(reference: str) -> bool:
    """True for uv's own image, which people copy its program from."""
    return bool(UV.fullmatch(_parts(reference)[0]))


def python_of(reference: str) -> str:
    """The ``3.x`` that a tag of Python's or uv's image names; ours when it names none."""
    _, tag, _ = _parts(reference)
    found = re.match(r"(?:python)?(3\.\d{1,2})(?![\d])", tag)
    return found[1] if found else OURS


def _python(tag: str, *, pinned: bool) -> Base:
    if "windows" in tag or "nanoserver" in tag:
        return Base(refused="FROM a Windows image", fix=WHAT_WORKS)
    if re.match(r"[012](\.|-|$)", tag):
        return Base(refused=f"FROM python:{shown(tag)}: that Python is older than 3", fix=WHAT_WORKS)
    remarks = [_stands_in(f"python:{tag or 'latest'}")]
    severity, fix = Severity.INFO, ""
    if (not tag or tag == "latest") and not pinned:
        remarks.append("the base has no tag, or latest: another image every few months")
        severity, fix = Severity.MINOR, WHAT_WORKS
    elif not (tag == OURS or tag.startswith((f"{OURS}.", f"{OURS}-"))):
        remarks.append(f"it asks for Python {shown(tag)}; it is built with {OURS}")
        fix = WHAT_WORKS
    if "alpine" in tag:
        remarks.append("it asks for Alpine; it is built on Debian")
        fix = WHAT_WORKS
    return Base(remarks=tuple(remarks), severity=severity, fix=fix)


def _parts(reference: str) -> tuple[str, str, bool]:
    """(name without Docker's own registry, tag, is it pinned by digest); an empty name: not a reference."""
    match = REFERENCE.fullmatch(reference)
    if match is None:
        return "", "", False
    name = re.sub(
        r"^(docker\.io/|index\.docker\.io/|public\.ecr\.aws/docker/)?(library/)?", "", match["name"]
    )
    return name, match["tag"] or "", bool(match["digest"])


def _why_not(name: str) -> str:
    if name in WHY_NOT:
        return WHY_NOT[name]
    if GPU.match(name):
        return "an image for GPUs; there is none here"
    if CONDA.match(name):
        return "conda has no network to install from here"
    return "not an image that is at hand, and none is fetched"


def _stands_in(name: str) -> str:
    return f"the local Python {OURS} image on Debian 12 stands in for {shown(name)}"
