"""Who must act. Every error of ours says what happened, where, and what to do about it.

    TakehomeError
    ├── UsageError        2   the person at the keyboard
    ├── SpecError         2   the assignment's author: a file and a field
    ├── SubmissionError   2   the candidate: their file, their choice
    └── InfraError        3   whoever runs the machine: engine, disk, a damaged answer key

A bug of ours is none of these: it is any other exception, and exits 1.
Inside ``judge`` a SubmissionError becomes a MISSING score (0, with its reason); anything else
becomes UNGRADED and withholds the total.
"""

from __future__ import annotations


class TakehomeError(Exception):
    """The root. ``str()`` is the whole message; ``hint`` is the act, if there is one."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class UsageError(TakehomeError):
    """The command cannot mean anything: no such path, no such assignment, flags at odds."""

    exit_code = 2


class SpecError(TakehomeError):
    """A file that an assignment's author wrote is wrong; the message starts with its path."""

    exit_code = 2


class SubmissionError(TakehomeError):
    """Something the candidate sent cannot be used; the message says which file and why."""

    exit_code = 2


class InfraError(TakehomeError):
    """Ours or the machine's fault. It never costs a candidate a point."""

    exit_code = 3
