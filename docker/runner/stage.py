"""ARGV -> ARGV run at a writable copy of the repository. `python3 -I stage.py [--keep-work] -- ARGV...`

Exit code: that of the command; 128 + n after signal n; 127 and 126 when it could not be started; 73 when what
it wrote (`--keep-work`) or the repository itself did not fit.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))  # -I leaves the script's folder out

import workspace

USAGE = "usage: stage.py [--keep-work] -- ARGV..."


def main(words: list[str], places: workspace.Places) -> int:
    """Parse, prepare, run, keep."""
    keep, argv = parse(words)
    if not argv:
        workspace.say(USAGE)
        return 2
    try:
        workspace.prepare(places, os.environ)
        code = workspace.run(argv, places.work)
        if keep and code == 0:
            workspace.keep_work(places)
    except OSError as error:
        workspace.say(f"stopped: {error}")
        return workspace.CANNOT_KEEP
    return code


def parse(words: list[str]) -> tuple[bool, list[str]]:
    """``([--keep-work] --, argv)``; an empty argv when the words do not fit."""
    keep = words[:1] == ["--keep-work"]
    rest = words[1:] if keep else words
    return keep, rest[1:] if rest[:1] == ["--"] else []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], workspace.Places()))
