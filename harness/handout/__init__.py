"""(assignment, candidate, key) -> a personal edition, and the folder they are sent: nothing secret in it."""

from harness.handout.editions import handout_key, personal
from harness.handout.ledger import differences
from harness.handout.pack import Certified, Handout, make_handout
from harness.handout.spec import PublicSpec, handout_above, read_spec

__all__ = [
    "Certified",
    "Handout",
    "PublicSpec",
    "differences",
    "handout_above",
    "handout_key",
    "make_handout",
    "personal",
    "read_spec",
]
