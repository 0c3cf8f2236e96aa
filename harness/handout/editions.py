"""(assignment, candidate, key) -> a personal edition: a seed nobody guesses, a name that tells none."""

from __future__ import annotations

import hmac
import os
import re
import secrets
import stat
from dataclasses import replace
from pathlib import Path

from harness.errors import InfraError, UsageError
from harness.exam import Bench
from harness.model import DatasetRef
from harness.store import Places

VARIABLE, FILE = "TAKEHOME_KEY", "handout.key"
LEAST_KEY_CHARACTERS = 16
# Generators are public, and a candidate sees the ids they drew. Trying a seed takes 34 microseconds: all of
# 2**31 would take twenty hours of one core and give away the hidden labels; 2**63, ten million years.
SEEDS = 2**63
LABEL_DIGITS = 12
CANDIDATE = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,63}")


def candidate_id(text: str) -> str:
    """The id as it is used everywhere: lower case, so that ``Jane`` and ``jane`` are one person.

    Raises:
        UsageError: characters that a folder name or the seed's message cannot carry.
    """
    name = text.strip().lower()
    if not CANDIDATE.fullmatch(name) or ".." in name or name.endswith("."):
        raise UsageError(
            f"--candidate {text!r}: not an id",
            hint="1 to 64 letters, digits and . _ @ + -, beginning with a letter or digit: jane-doe-17",
        )
    return name


def personal(bench: Bench, candidate: str, key: bytes) -> Bench:
    """The same assignment on the edition of one candidate."""
    name = candidate_id(candidate)
    slug = bench.assignment.slug
    drawn = _mac(key, f"{slug}|{name}")
    dataset = DatasetRef(
        name=bench.assignment.dataset.name,
        seed=int.from_bytes(drawn[:8], "big") % SEEDS,
        # from the key and not from the seed: whoever sees the label cannot try out all seeds against it
        label=_mac(key, f"label|{slug}|{name}").hex()[:LABEL_DIGITS],
    )
    assignment = bench.assignment.model_copy(update={"dataset": dataset})
    return replace(bench, assignment=assignment, candidate=name)


def handout_key(places: Places, *, make: bool) -> bytes:
    """``$TAKEHOME_KEY``, or the file ``.takehome/handout.key``, which ``make`` lets be made.

    Grading never makes one: it would grade everybody against editions that nobody was handed.

    Raises:
        UsageError: there is none, it is too short, or others can read it.
        InfraError: it cannot be read or written.
    """
    path = places.home / FILE
    if VARIABLE in os.environ:
        return _checked(os.environ[VARIABLE], f"${VARIABLE}")
    try:
        if make and not path.exists():
            _make(path)
        _refuse_open_permissions(path)
        return _checked(path.read_text("utf-8"), str(path))
    except FileNotFoundError:
        raise UsageError(
            f"{path}: there is no key, so nobody's edition is known here",
            hint=f"set {VARIABLE} to the key the handout was made with, or copy its file here",
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise InfraError(f"{path}: cannot be used: {error}") from error


def _mac(key: bytes, message: str) -> bytes:
    return hmac.digest(key, message.encode(), "sha256")


def _checked(text: str, where: str) -> bytes:
    key = text.strip()
    if len(key) < LEAST_KEY_CHARACTERS:
        raise UsageError(
            f"{where}: a key of {len(key)} characters can be guessed; {LEAST_KEY_CHARACTERS} are the least",
            hint='python3 -c "import secrets; print(secrets.token_hex(32))"',
        )
    return key.encode()


def _make(path: Path) -> None:
    """Whole or not at all; of two makers at once the first one's key stands."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(secrets.token_hex(32) + "\n")
        os.link(temporary, path)
    except FileExistsError:
        return
    finally:
        temporary.unlink(missing_ok=True)


def _refuse_open_permissions(path: Path) -> None:
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise UsageError(f"{path}: others on this machine can read the key", hint=f"chmod 600 {path}")
