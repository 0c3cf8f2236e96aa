"""source -> Submission: a frozen, counted copy of what came. Nothing of it is executed here."""

from harness.intake.copy import Caps
from harness.intake.submission import intake

__all__ = ["Caps", "intake"]
