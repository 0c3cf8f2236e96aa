"""Credentials that were left in a submission: path, line, kind and a glimpse. For static.py, beside it.

Only what is a credential by its form, or has one at a fixed place: keys of clouds and services by their
prefix, private keys, passwords in addresses. Nothing is guessed from names or from entropy alone, and what
says of itself that it is an example is passed over. A notebook's outputs are text of its file.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import syntax
import workspace

KINDS: dict[str, re.Pattern[str]] = {
    "an AWS access key": re.compile(r"(?<![A-Za-z0-9])(?:AKIA|ASIA)[0-9A-Z]{16}(?![A-Za-z0-9])"),
    "a Google API key": re.compile(r"(?<![A-Za-z0-9])AIza[0-9A-Za-z_-]{35}(?![A-Za-z0-9_-])"),
    "a GitHub token": re.compile(
        r"(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{50,255})"
    ),
    "a GitLab token": re.compile(r"(?<![A-Za-z0-9])glpat-[A-Za-z0-9_-]{20,100}"),
    "a Slack token": re.compile(r"(?<![A-Za-z0-9])xox[baprs]-[0-9]{8,}-[A-Za-z0-9-]{10,200}"),
    "a Hugging Face token": re.compile(r"(?<![A-Za-z0-9])hf_[A-Za-z0-9]{34}(?![A-Za-z0-9])"),
    "an API key": re.compile(r"(?<![A-Za-z0-9])sk-(?:proj-|ant-[a-z0-9]{2,8}-)?[A-Za-z0-9_-]{40,200}"),
    "a Stripe key": re.compile(r"(?<![A-Za-z0-9])[sr]k_live_[0-9A-Za-z]{24,100}"),
    "a private key": re.compile(
        r"-----BEGIN (?:[A-Z]{2,10} )?PRIVATE KEY-----(?:\\n|\s){1,4}[A-Za-z0-9+/=]{40}"
    ),
    "a password in an address": re.compile(
        r"(?<![A-Za-z0-9])[a-z][a-z0-9+]{2,15}://[A-Za-z0-9_.-]{1,60}"
        r":([^\s:@/'\"<>{}$%*]{6,100})@([A-Za-z0-9.-]{3,100})"
    ),
}  # fmt: skip
EXAMPLES = re.compile(
    r"example|xxxx|your|dummy|fake|changeme|placeholder|redacted|0{6}|123456|abcdef|test", re.IGNORECASE
)
NO_PASSWORDS = frozenset(
    {"password", "postgres", "passwd", "secret", "mysecret", "mypassword", "docker", "airflow", "mlflow"}
)
LOCAL = re.compile(
    r"^(localhost|127\.|0\.0\.0\.0|db$|postgres|mysql|redis|mongo|host)|\.(example|invalid|test|local)(\.|$)|example"
)
SUFFIXES = (
    ".py", ".ipynb", ".toml", ".cfg", ".ini", ".yaml", ".yml", ".json", ".md", ".txt", ".sh", ".env", ".rst",
    ".pem", ".key", "dockerfile", "makefile",
)  # fmt: skip
FEWEST_DIFFERENT, MOST = 9, 20


def of(top: Path) -> list[dict[str, Any]]:
    """All of them, at most ``MOST``, in the order of names."""
    found: list[dict[str, Any]] = []
    for entry, name in sorted(workspace.walk(top), key=lambda pair: pair[1]):
        if is_wanted(name) and entry.is_file(follow_symlinks=False) and len(found) < MOST:
            try:
                text = syntax.read(Path(entry.path)).decode("utf-8", "replace")
            except syntax.UnreadableError:
                continue
            found += [{"path": syntax.plain(name)} | hit for hit in in_text(text)]
    return found[:MOST]


def is_wanted(name: str) -> bool:
    """Whether a file of that name may hold a credential that somebody left there."""
    return name.lower().endswith(SUFFIXES) or Path(name).name.startswith(".env")


def in_text(text: str) -> list[dict[str, Any]]:
    """Credentials of one text, with their line; each once."""
    found: dict[str, dict[str, Any]] = {}
    for kind, pattern in KINDS.items():
        for match in pattern.finditer(text):
            if match[0] not in found and _is_real(kind, match):
                line = text.count("\n", 0, match.start()) + 1
                found[match[0]] = {"line": line, "kind": kind, "shown": _masked(match[0])}
    return sorted(found.values(), key=lambda hit: int(hit["line"]))


def _is_real(kind: str, match: re.Match[str]) -> bool:
    if kind == "a private key":
        return True
    if kind == "a password in an address":
        password, host = match[1], match[2].lower()
        user = match[0].partition("://")[2].partition(":")[0]
        stock = password.lower() in NO_PASSWORDS or password == user or EXAMPLES.search(password)
        return not stock and not LOCAL.search(host) and "." in host
    mixed = any(c.isdigit() for c in match[0]) and any(c.isupper() for c in match[0])
    return mixed and not EXAMPLES.search(match[0]) and len(set(match[0])) >= FEWEST_DIFFERENT


def _masked(secret: str) -> str:
    """Its beginning: enough to find it, too little to use it."""
    return f"{secret[:7]}..." if not secret.startswith("-----") else secret[:27].strip()
