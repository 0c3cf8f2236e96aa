"""PARENT SCRIPT ARGUMENT... -> the script, which ends with the process that started it.

A generator that outlives a killed grading goes on writing into a folder that the next one has swept up. Linux
tells a child of its parent's end; elsewhere the script is only run.
"""

from __future__ import annotations

import ctypes
import os
import runpy
import signal
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1  # prctl(2)


def main(words: list[str]) -> None:
    """Run it in this process, as ``python SCRIPT ARGUMENT...`` would."""
    parent, script, *_ = words
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != int(parent):  # it ended in between
            sys.exit(128 + signal.SIGKILL)
    sys.argv = words[1:]
    sys.path[0] = str(Path(script).resolve().parent)
    runpy.run_path(script, run_name="__main__")


if __name__ == "__main__":
    main(sys.argv[1:])
