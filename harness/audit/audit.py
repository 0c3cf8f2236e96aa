"""All scans over one edition, and one judgement of what chance explains."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from harness.audit import columns, files, ids, leftovers, order, roles, times, traps, twins
from harness.audit.findings import ALPHA, Measured, Noted, Weight, decide
from harness.audit.laid import Laid, read_edition
from harness.model import Frozen

Said = Callable[[str], None]


class Audit(Frozen):
    """What the scans came to. ``tests``: how many hypotheses shared the error rate."""

    edition: str
    tests: int
    noted: tuple[Noted, ...]

    @property
    def flaws(self) -> tuple[Noted, ...]:
        """What makes the edition unfit."""
        return tuple(n for n in self.noted if n.weight is Weight.FLAW)


def audit(
    folder: Path,
    *,
    reference_auc: float | None = None,
    handed_out: tuple[Path, ...] = (),
    alpha: float = ALPHA,
    said: Said = lambda scan: None,
) -> Audit:
    """Every scan of the edition in ``folder``.

    ``reference_auc``: the reference's area on the natural hidden rows, if it was measured. ``handed_out``:
    files beside the edition that candidates get. ``said`` hears the name of each scan before it runs.

    Raises:
        SpecError: the folder is no edition; the message names the file.
    """
    laid = read_edition(folder)
    measured = Measured()
    for name, scan in scans(laid, reference_auc, handed_out).items():
        said(name)
        measured.add(scan())
    return Audit(edition=folder.name, tests=len(measured.chances), noted=decide(measured, alpha=alpha))


def scans(
    laid: Laid, reference_auc: float | None, handed_out: tuple[Path, ...]
) -> dict[str, Callable[[], Measured]]:
    """Every scan by name: what the README lists, written down."""
    return {
        leftovers.SCAN: lambda: leftovers.scan(laid),
        files.SCAN: lambda: files.scan(laid),
        columns.SCAN: lambda: columns.scan(laid, reference_auc),
        order.SCAN: lambda: order.scan(laid),
        ids.SCAN: lambda: ids.scan(laid),
        times.SCAN: lambda: times.scan(laid),
        twins.SCAN: lambda: twins.scan(laid),
        roles.SCAN: lambda: roles.scan(laid),
        traps.SCAN: lambda: traps.scan(laid, handed_out),
    }
