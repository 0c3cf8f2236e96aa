"""A command of the README and what came of it -> findings that a lead can check."""

from __future__ import annotations

import re

from graders.communication.howto import Attempt
from harness.model import Finding, Severity

NOT_FOUND = 127
PLAIN_PROGRAM = re.compile(r"[a-z][\w.-]{0,40}")


def is_bad(attempt: Attempt) -> bool:
    """It failed here; a program that our image has not is nobody's fault."""
    if attempt.came is None or attempt.ran or attempt.came.ended in ("serving", "not reached"):
        return False
    absent = attempt.came.exit == NOT_FOUND and "command not found" in attempt.came.tail
    return not (
        absent and all(PLAIN_PROGRAM.fullmatch(p[0]) and p[0] != "python" for p in attempt.told.parts if p)
    )


def failed(attempt: Attempt, path: str) -> Finding:
    """It ended badly: how, and the last it said."""
    came = attempt.came
    assert came is not None
    last = next((line.strip() for line in reversed(came.tail.splitlines()) if line.strip()), "")
    how = {
        "timeout": f"did not end within {came.seconds:.0f} s",
        "not started": "could not be started",
        "not reached": "was not reached: the time for the whole README was up",
    }.get(came.ended, f"ended with exit code {came.exit}")
    fix = "correct the command: try it on a fresh clone, with the data beside it in data/"
    return lost(attempt, path, f"it {how}{': ' + last[:300] if last else ''}", fix)


def lost(attempt: Attempt, path: str, what: str, fix: str) -> Finding:
    """What it cost, at the command's own line."""
    return Finding(
        what=f"`{attempt.told.text[:300]}`: {what}"[:2000],
        place=attempt.place(path),
        severity=Severity.MAJOR,
        fix=fix,
        rule="readme-command",
    )


def seen(attempt: Attempt, path: str) -> Finding:
    """A line for each command, whatever became of it."""
    came, told = attempt.came, attempt.told
    if came is None:
        how = f"not run: {told.why}" if told.why and told.kind == "setup" else f"not run ({told.kind})"
    else:
        wrote = (
            f"; wrote {', '.join(name.removeprefix('/work/') for name in came.wrote[:4])}"
            if came.wrote
            else ""
        )
        tests = f"; {came.tests} tests, {came.failed} failed" if came.tests else ""
        health = f"; listens on {came.port}, health answers {came.health}" if came.port else ""
        code = "" if came.exit is None else f" {came.exit}"
        how = f"{came.ended}{code} after {came.seconds:.1f} s{wrote}{tests}{health}"
    return Finding(
        what=f"`{told.text[:300]}`: {how}"[:2000],
        place=attempt.place(path),
        severity=Severity.INFO,
        rule="readme-seen",
    )
