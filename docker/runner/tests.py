"""The candidate's test command -> its exit code, and /output/junit.xml from pytest, in it or after it.

`python3 -I tests.py -- ARGV...` All of it is the candidate's claim: their conftest runs in the same process
as the tests. The pytest options in their files are switched off, so that what runs is what the command says.
"""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))  # -I leaves the script's folder out

import workspace

PYTEST = ("python", "-m", "pytest")
USAGE = "usage: tests.py -- ARGV..."


def main(words: list[str], places: workspace.Places) -> int:
    """Prepare and run."""
    argv = words[1:] if words[:1] == ["--"] else []
    if not argv:
        workspace.say(USAGE)
        return 2
    os.environ["PYTEST_ADDOPTS"] = options(places.output)
    try:
        # tests judge the code that was sent: training must not write them, or the code, anew
        workspace.prepare(places, os.environ, generated_code=False)
        code = workspace.run(argv, places.work)
        if not (places.output / "junit.xml").exists():
            # unittest and others name no tests; pytest runs those files too, and says which passed
            workspace.run([*PYTEST], places.work)
        return code
    except OSError as error:
        workspace.say(f"stopped: {error}")
        return workspace.CANNOT_KEEP


def options(output: Path) -> str:
    """Our pytest options, for the environment: they reach pytest below make, sh or coverage too."""
    report = ["-o", "junit_family=xunit2", f"--junitxml={output}/junit.xml"]
    return shlex.join(["-p", "no:cacheprovider", "-o", "addopts=", *report, "-q"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], workspace.Places()))
