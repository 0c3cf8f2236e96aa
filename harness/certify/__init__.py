"""An assignment -> a certificate: the controls through the real line, and the data through every scan.

``certify`` grades the golden submissions (again only where something changed), asks for the order that their
``expect/<name>.yaml`` promises, and audits the edition. ``inspect`` is the audit alone and needs no engine.
"""

from harness.certify.certify import Desk, certify, inspect
from harness.certify.controls import Kind, controls_of

__all__ = ["Desk", "Kind", "certify", "controls_of", "inspect"]
