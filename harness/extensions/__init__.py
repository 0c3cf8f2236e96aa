"""Graders that are not ours, as code on this machine -> a Grader that is sound, with its source, or an error.

Two doors, and nothing is looked for elsewhere: distributions with an entry point in ``takehome.graders``
(`installed`), and the ``checks.py`` of an assignment's folder (`own`). Both are trusted like our own code.
"""

from harness.extensions.checks import CHECKS, own
from harness.extensions.installed import GROUP, installed

__all__ = ["CHECKS", "GROUP", "installed", "own"]
