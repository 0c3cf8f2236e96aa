"""submission.toml -> Settings. A mistake in it is a sentence for the report, never a refusal."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from harness import safe_toml
from harness.model import Claims, Commands, Serve, Settings

FILE = "submission.toml"
MAX_BYTES = 256 * 2**10
MAX_TEXT = 2_000
TOML_INTEGER = 2**63
SECTIONS = {
    "commands": ("train", "predict", "test", "deid", "monitor"),
    "notebook": ("path",),
    "serve": ("dockerfile", "port", "predict", "health"),
    "claims": ("metric", "value", "how", "threshold", "baseline", "weakest"),
    "effort": ("hours", "ai_tools"),
}


def read_settings(root: Path) -> tuple[Settings, tuple[str, ...]]:
    """The declared settings and what was wrong with the file, as sentences."""
    path = root / FILE
    if not path.is_file():
        return Settings(), ()
    if path.stat().st_size > MAX_BYTES:
        return Settings(), (f"{FILE}: larger than {MAX_BYTES // 1024} KiB: not read",)
    try:
        # utf-8-sig: some editors write a byte order mark, which TOML does not know
        raw = safe_toml.loads(path.read_text("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return Settings(), (f"{FILE}: not TOML ({str(error)[:200]}): went by the usual file names instead",)
    remarks = [f"{FILE}: {name}: there is no such field" for name in _unknown(raw)]
    section = {name: _table(raw, name, remarks) for name in SECTIONS}
    commands = {key: _text(section["commands"], "commands", key, remarks) for key in SECTIONS["commands"]}
    return (
        Settings(
            commands=Commands(**commands),
            notebook=_relative(section["notebook"], "notebook", "path", remarks),
            serve=_serve(section["serve"], remarks) if "serve" in raw else None,
            claims=_claims(section["claims"], remarks),
            effort=_effort(section["effort"], remarks),
        ),
        tuple(remarks),
    )


def _unknown(raw: dict[str, Any]) -> list[str]:
    unknown = [name for name in raw if name not in SECTIONS]
    for name, keys in SECTIONS.items():
        if isinstance(raw.get(name), dict):
            unknown += [f"{name}.{key}" for key in raw[name] if key not in keys]
    return [name[:80] for name in unknown[:10]]


def _table(raw: dict[str, Any], name: str, remarks: list[str]) -> dict[str, Any]:
    found = raw.get(name, {})
    if isinstance(found, dict):
        return found
    remarks.append(f"{FILE}: {name}: expected a table")
    return {}


def _text(table: dict[str, Any], section: str, key: str, remarks: list[str]) -> str:
    found = table.get(key, "")
    if not isinstance(found, str) or len(found) > MAX_TEXT or "\0" in found:
        remarks.append(f"{FILE}: {section}.{key}: expected a text of at most {MAX_TEXT} characters")
        return ""
    return found.strip()


def _relative(table: dict[str, Any], section: str, key: str, remarks: list[str]) -> str:
    name = _text(table, section, key, remarks)
    path = Path(name)
    if path.is_absolute() or ".." in path.parts:
        remarks.append(f"{FILE}: {section}.{key}: expected a path inside the submission")
        return ""
    return path.as_posix() if name else ""


def _claims(table: dict[str, Any], remarks: list[str]) -> Claims:
    threshold = _claimed(table, "threshold", remarks)
    if threshold is not None and not 0.0 <= threshold <= 1.0:
        remarks.append(f"{FILE}: claims.threshold: expected a probability from 0 to 1")
        threshold = None
    return Claims(
        metric=_text(table, "claims", "metric", remarks),
        value=_claimed(table, "value", remarks),
        how=_text(table, "claims", "how", remarks),
        threshold=threshold,
        baseline=_claimed(table, "baseline", remarks),
        weakest=_text(table, "claims", "weakest", remarks),
    )


def _claimed(table: dict[str, Any], key: str, remarks: list[str]) -> float | None:
    given = table.get(key)
    value = None if given is None else _number(given)
    if given is not None and value is None:
        remarks.append(f"{FILE}: claims.{key}: expected a number")
    return value


def _number(given: object) -> float | None:
    """A finite number, or None. "0.84" is meant as one by whoever wrote it."""
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        return None
    try:
        value = float(given)
    except (ValueError, OverflowError):
        return None
    return value if math.isfinite(value) else None


def _effort(table: dict[str, Any], remarks: list[str]) -> dict[str, str]:
    """What they say they spent, as text; a number of thousands of digits is none."""
    found = {}
    for key in SECTIONS["effort"]:
        given = table.get(key)
        if isinstance(given, int) and abs(given) >= TOML_INTEGER:
            remarks.append(f"{FILE}: effort.{key}: expected a number that TOML knows")
        elif given is not None:
            found[key] = str(given)[:MAX_TEXT]
    return found


def _serve(table: dict[str, Any], remarks: list[str]) -> Serve:
    port = table.get("port", 8080)
    if isinstance(port, bool) or not isinstance(port, int) or not 0 < port < 65536:
        remarks.append(f"{FILE}: serve.port: expected a number from 1 to 65535")
        port = 8080
    given = {key: _text(table, "serve", key, remarks) for key in ("predict", "health")}
    given["dockerfile"] = _relative(table, "serve", "dockerfile", remarks)
    return Serve(port=port, **{key: text for key, text in given.items() if text})
