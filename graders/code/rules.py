"""Which of the linter's rules are defects, and how bad. Style is not: RUBRIC fact 8.

The analyser in the tools container selects the rules; what it selects and is not here is not charged.
"""

from __future__ import annotations

from dataclasses import dataclass

from harness.model import Severity

# Cost of one occurrence, in defect points. A critical one is wrong whenever its line runs; a major one hides
# or causes wrong results in ordinary use; a minor one makes the reader stumble.
COST = {Severity.CRITICAL: 8.0, Severity.MAJOR: 3.0, Severity.MINOR: 0.5, Severity.INFO: 0.0}


@dataclass(frozen=True)
class Rule:
    """A defect, what to do about it, and how many occurrences are charged at most."""

    severity: Severity
    fix: str
    cap: int = 4


_CRITICAL, _MAJOR, _MINOR, _INFO = Severity.CRITICAL, Severity.MAJOR, Severity.MINOR, Severity.INFO
_SWALLOWED = "catch the exception you expect, and log or raise the rest"
_UNUSED = "delete it, or use it"
_SHELL = "run a list of arguments without a shell"
_CODE = "never run text as code: parse it, or look it up in a dict"

# the longest entry that an occurrence's code starts with decides
RULES: dict[str, Rule] = {
    "invalid-syntax": Rule(_CRITICAL, "make it Python"),
    "E9": Rule(_CRITICAL, "make it Python"),
    "E902": Rule(_INFO, "the file could not be read"),
    "F821": Rule(_CRITICAL, "define the name; in a notebook, restart and run all cells"),
    "F822": Rule(_MAJOR, "define what __all__ names"),
    "F823": Rule(_CRITICAL, "assign the local name before it is used"),
    "F5": Rule(_CRITICAL, "make the placeholders and the arguments agree"),
    "F54": Rule(_MINOR, "drop the f, or fill the string in"),
    "F6": Rule(_MAJOR, "this comparison or assertion does not do what it reads like"),
    "F7": Rule(_CRITICAL, "move the statement to where Python allows it"),
    "F811": Rule(_MAJOR, "two definitions share a name and the first is lost: rename or delete one"),
    "F401": Rule(_MINOR, _UNUSED),
    "F403": Rule(_MINOR, "import the names you use"),
    "F405": Rule(_INFO, "import the names you use"),
    "F841": Rule(_MINOR, _UNUSED),
    "E711": Rule(_MINOR, "compare with `is None`; for a column use .isna()"),
    "E722": Rule(_MAJOR, _SWALLOWED),
    "E731": Rule(_INFO, "use def"),
    "E741": Rule(_INFO, "choose a name that cannot be taken for a digit"),
    "BLE001": Rule(_MAJOR, _SWALLOWED),
    "S110": Rule(_MAJOR, _SWALLOWED),
    "S112": Rule(_MAJOR, _SWALLOWED),
    "B": Rule(_MINOR, "this does not do what it reads like", cap=2),
    "B006": Rule(_MAJOR, "default to None and make the value inside"),
    "B008": Rule(_MINOR, "the call runs once, when the function is defined: make the value inside"),
    "B012": Rule(_MAJOR, "this hides the exception: move it out of finally"),
    "B015": Rule(_MAJOR, "the comparison has no effect: assert it or delete it"),
    "B018": Rule(_INFO, "the expression has no effect"),
    "B020": Rule(_MAJOR, "the loop overwrites what it loops over"),
    "B023": Rule(_MAJOR, "the function sees the loop's last value: bind it as a default"),
    "B025": Rule(_MAJOR, "the second handler never runs"),
    "B026": Rule(_MINOR, "put the starred argument first"),
    "B904": Rule(_MINOR, "raise ... from error, so that the cause is kept"),
    "B909": Rule(_MAJOR, "do not change what you loop over"),
    "PLE": Rule(_CRITICAL, "this fails when it runs"),
    "PLR0124": Rule(_MAJOR, "a value is compared with itself"),
    "PLW": Rule(_MINOR, "this does not do what it reads like", cap=2),
    "PLW0177": Rule(_MAJOR, "nothing equals NaN: use isna()"),
    "PLW0603": Rule(_MINOR, "pass the value in and return it"),
    "S102": Rule(_CRITICAL, _CODE),
    "S307": Rule(_CRITICAL, _CODE),
    "S602": Rule(_MAJOR, _SHELL),
    "S604": Rule(_MAJOR, _SHELL),
    "S605": Rule(_MAJOR, _SHELL),
    "S608": Rule(_MAJOR, "pass values as query parameters"),
    "S105": Rule(_MAJOR, "read secrets from the environment", cap=2),
    "S106": Rule(_MAJOR, "read secrets from the environment", cap=2),
    "S107": Rule(_MAJOR, "read secrets from the environment", cap=2),
    "S108": Rule(_MINOR, "take the path from configuration or tempfile"),
    "S113": Rule(_MINOR, "give the request a timeout"),
    "S301": Rule(_MINOR, "load only files that your own training wrote, and say so", cap=1),
    "S501": Rule(_MAJOR, "leave certificate checks on"),
    "S506": Rule(_MAJOR, "use yaml.safe_load"),
    "PD002": Rule(_MINOR, "assign the result: inplace saves no memory and breaks chains"),
    "NPY002": Rule(_MINOR, "use numpy.random.default_rng(seed): the global generator is shared"),
    "A00": Rule(_INFO, "the name hides one of Python's own"),
    "LOG": Rule(_MINOR, "use the logging module as its manual shows"),
    "NPY": Rule(_MINOR, "this name is gone or going from NumPy"),
    "RUF006": Rule(_MAJOR, "keep a reference to the task, or it may vanish"),
    "SIM115": Rule(_MINOR, "open files in a with statement"),
    "T201": Rule(_MINOR, "use logging, so that whoever runs it can choose", cap=2),
    "T203": Rule(_MINOR, "use logging, so that whoever runs it can choose", cap=2),
    "TRY": Rule(_MINOR, "raise or let pass an exception that says what happened", cap=2),
    "ARG": Rule(_MINOR, _UNUSED, cap=2),
    "ERA001": Rule(_MINOR, "delete code that is commented out: git keeps it", cap=2),
}


def rule_for(code: str) -> Rule | None:
    """The entry for ``code``: its own, or that of the longest family it belongs to."""
    for length in range(len(code), 0, -1):
        if found := RULES.get(code[:length]):
            return found
    return None
