"""How far a prediction moved, on a scale that no monotone transformation of the predictions can shrink."""

from __future__ import annotations

import numpy as np

from graders.statistics import Floats


class Ruler:
    """Measures changes in probability, and again after giving both models the same spread.

    Squeezing every prediction towards .5, or flattening them into steps with a tiny slope, keeps the AUC
    and makes every |dp| small. So a change is also read as the change of rank among the model's own
    natural predictions, translated to the reference's probability at that rank; the larger one counts.
    For a model with the reference's spread the two agree.
    """

    def __init__(self, own: Floats, reference: Floats) -> None:
        self.values, counts = np.unique(own, return_counts=True)
        self.ranks = (np.cumsum(counts) - counts / 2.0) / own.size
        self.reference = np.sort(reference)
        self.reference_ranks = (np.arange(reference.size) + 0.5) / reference.size

    def shifts(self, base: Floats, variant: Floats) -> Floats:
        """The larger of |dp| and its translation, for each pair."""
        moved: Floats = np.maximum(np.abs(variant - base), np.abs(self._common(variant) - self._common(base)))
        return moved

    def _common(self, p: Floats) -> Floats:
        rank = np.interp(p, self.values, self.ranks)
        return np.interp(rank, self.reference_ranks, self.reference)
