"""source -> Submission: a frozen, counted copy of what came. Nothing of it is executed here."""

from harness.intake.caps import Caps
from harness.intake.source import label
from harness.intake.submission import check_source, intake, moved

__all__ = ["Caps", "check_source", "intake", "label", "moved"]
