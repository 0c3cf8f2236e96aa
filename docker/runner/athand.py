#!/usr/bin/python3 -I
"""pip, uv, poetry, conda and the like where packages are at hand and there is no network.

Called by links with those names. "Install" is done already; "run" runs what follows; the rest does nothing.
"""

import os
import sys
from pathlib import Path

RUN_BY = frozenset({"uv", "poetry", "pipenv", "pdm", "hatch", "rye", "conda", "mamba", "micromamba"})
AT_ONCE = frozenset({"uvx", "sudo"})
NAMES = (*sorted(RUN_BY | AT_ONCE), "pip", "pip3", "apt-get", "apt", "virtualenv")
WITH_VALUE = frozenset(
    {"-n", "-p", "--with", "--python", "--extra", "--group", "--name", "--project", "--env"}
)


def main(name: str, words: list[str]) -> int:
    """Run what is to be run, or say that nothing is to be done."""
    command = words if name in AT_ONCE else words[words.index("run") + 1 :] if _runs(name, words) else []
    while command and command[0].startswith("-"):
        command = command[2 if command[0] in WITH_VALUE else 1 :]
    if not command:
        print(f"takehome: {name}: packages are at hand already", file=sys.stderr)
        return 0
    if command[0].endswith(".py"):
        command = ["python", *command]
    try:
        os.execvp(command[0], command)  # noqa: S606 (a shell is what it must not be)
    except OSError as error:
        print(f"takehome: {command[0]}: {error.strerror}", file=sys.stderr)
        return 127


def _runs(name: str, words: list[str]) -> bool:
    return name in RUN_BY and "run" in words[:4]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[0]).name, sys.argv[1:]))
