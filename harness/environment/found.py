"""What the files of one submission ask for, collected: wishes, pins, and why something was left out."""

from __future__ import annotations

from harness.environment.requirement import NotARequirementError, Wanted, read
from harness.environment.texts import Notes, Tree, shown
from harness.model import Severity


class Found:
    """Collects what the files of one submission ask for; the first file that names a package wins."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.notes: Notes = tree.notes
        self.wanted: dict[str, Wanted] = {}
        self.pins: dict[str, Wanted] = {}  # of lock and constraint files: no wish, a version if it is needed
        self.pythons: list[tuple[str, str, int | None]] = []  # (specifier or version, file, line)

    def line(self, text: str, *, file: str, line: int, scope: str = "runtime", pin: bool = False) -> None:
        """Take one PEP 508 line, or note why not."""
        try:
            wanted, remark = read(text, file=file, line=line, scope=scope)
        except NotARequirementError as error:
            what = f"{shown(text)} was left out: {error}"
            self.notes.add(error.rule, what, file=file, line=line, severity=Severity.MAJOR)
            return
        if wanted is None and remark:
            self.notes.add("requirement.other-system", remark, file=file, line=line, severity=Severity.INFO)
        elif remark:
            rule = "requirement.address" if "address" in remark else "requirement.module-name"
            self.notes.add(rule, remark, file=file, line=line, fix="name the package and its version")
        if wanted is not None:
            self.add(wanted, pin=pin)

    def add(self, wanted: Wanted, *, pin: bool = False) -> None:
        """Take a wish; a second one for the same package counts only where the first has no versions."""
        kept = self.pins if pin else self.wanted
        before = kept.setdefault(wanted.name, wanted)
        if before is wanted or before.specifier == wanted.specifier or not wanted.specifier:
            return
        if not before.specifier:
            kept[wanted.name] = wanted
        elif not pin and before.pinned != wanted.pinned:
            what = f"{wanted.name}{wanted.specifier} here, {before.specifier} in {before.file}:{before.line}"
            fix = "keep one place for each version"
            self.notes.add("requirement.twice", what, file=wanted.file, line=wanted.line, fix=fix)
