"""A candidate's repository and their handout -> what will run, what will not, and what to do about it.

The same image, stages and judges as a grade; the public validation rows in place of hidden ones; no answer
key, no rubric and no total anywhere near it.
"""

from harness.check.check import Checkup, check
from harness.check.find import Found, find
from harness.check.phases import Phase, State

__all__ = ["Checkup", "Found", "Phase", "State", "check", "find"]
