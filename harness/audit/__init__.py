"""An edition's folder -> what in it gives the label away, and what does not. Pure: no engine, no network.

``audit`` runs every scan. A scan is one module and one function ``scan(laid) -> Measured``: tests of "this
tells nothing about the label" with their chance under that, and facts that need none. What is told apart
from chance is decided once, in `findings.py`.
"""

from harness.audit.audit import Audit, audit
from harness.audit.findings import Noted, Weight
from harness.audit.laid import Laid, Part, read_edition

__all__ = ["Audit", "Laid", "Noted", "Part", "Weight", "audit", "read_edition"]
