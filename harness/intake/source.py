"""What a person typed -> a path or a git source, and the name it may be shown by. Passwords stop here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from harness.errors import UsageError

URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
SCP = re.compile(r"[\w.-]+@[\w.-]+:")
REF = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./+@-]{0,199}")
NAMES = {"https", "file"}
HTTPS_HINT = "give the https:// address; for a private repository https://USER:TOKEN@host/path"


@dataclass(frozen=True)
class GitSource:
    """Where a repository is, and which commit of it is meant."""

    url: str  # without user, password, query and fragment
    ref: str  # a branch, a tag or a whole commit id; nothing means HEAD
    login: str = ""  # USER:TOKEN: for the one request header, never for a message, a log or a file

    @property
    def shown(self) -> str:
        """How it may be called in notes, logs and run.json."""
        return f"{self.url}#{self.ref}" if self.ref else self.url


def parse_source(source: Path | str, ref: str = "") -> Path | GitSource:
    """Tell a git address from a path.

    Raises:
        UsageError: an address that is not cloned from, a ref that cannot be one, or a ref for a path.
    """
    text = str(source)
    if isinstance(source, str) and SCP.match(text) and not Path(text).exists():
        raise UsageError(f"{text.partition('@')[2]}: git over ssh is not used", hint=HTTPS_HINT)
    if isinstance(source, Path) or not URL.match(text):
        if ref:
            raise UsageError(f"{text}: a ref goes with a git address, not with a path")
        return Path(source)
    return _git_source(text, ref)


def label(source: Path | str, ref: str = "") -> str:
    """A name for headlines, logs and run.json: a file's own, or an address without its password."""
    try:
        found = parse_source(source, ref)
    except UsageError:
        return "an address that is not used"
    return found.shown if isinstance(found, GitSource) else found.name or found.resolve().name


def _git_source(text: str, ref: str) -> GitSource:
    parts = _split(text)
    host = parts.netloc.rpartition("@")[2]
    shown = f"{parts.scheme}://{host}{parts.path}"
    if parts.scheme not in NAMES:
        raise UsageError(f"{shown}: {parts.scheme}:// is not cloned from", hint=HTTPS_HINT)
    if parts.query:
        raise UsageError(f"{shown}: an address with a ? in it is not cloned from")
    if not (host if parts.scheme == "https" else parts.path):
        raise UsageError(f"{shown}: no repository in this address")
    if parts.scheme == "file" and host not in ("", "localhost"):
        raise UsageError(f"{shown}: file:// addresses name no host: file:///folder/repository")
    if not shown.isprintable() or " " in host:
        raise UsageError("the address has characters that no address has")
    if ref and parts.fragment and ref != parts.fragment:
        raise UsageError(f"{shown}: two refs: {parts.fragment} in the address, and {ref}")
    wanted = ref or unquote(parts.fragment)
    if wanted and (not REF.fullmatch(wanted) or ".." in wanted or "@{" in wanted):
        raise UsageError(f"{wanted!r}: not a branch, a tag or a commit id")
    login = parts.netloc.rpartition("@")[0]
    return GitSource(
        f"{parts.scheme}://{host if parts.scheme == 'https' else ''}{parts.path}", wanted, unquote(login)
    )


def _split(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises for one that is no number
    except ValueError as error:
        raise UsageError("an address that cannot be read", hint=HTTPS_HINT) from error
    return parts._replace(scheme=parts.scheme.lower())
