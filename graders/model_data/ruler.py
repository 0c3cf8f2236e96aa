"""How far a prediction moved, on a scale that no monotone transformation of the predictions can shrink."""

from __future__ import annotations

import numpy as np

from graders.ranking import Floats


class Ruler:
    """Measures changes in probability, and again by the natural rows that were overtaken on the way.

    Squeezing every prediction towards .5, or flattening them into steps with a tiny slope, keeps the AUC
    and makes every |dp| small. So a change is also read as the ranks it passes among the model's own natural
    predictions (rows it ties with are not passed), translated to the reference's probabilities at those
    ranks; the larger one counts. For a model with the reference's spread the two agree.
    """

    def __init__(self, own: Floats, reference: Floats) -> None:
        self.own = np.sort(own)
        self.reference = np.sort(reference)
        self.ranks = (np.arange(reference.size) + 0.5) / reference.size

    def shifts(self, base: Floats, variant: Floats) -> Floats:
        """The larger of |dp| and its translation, for each pair."""
        low, high = np.minimum(base, variant), np.maximum(base, variant)
        passed_from = np.searchsorted(self.own, low, side="right") / self.own.size
        passed_to = np.searchsorted(self.own, high, side="left") / self.own.size
        translated = self._reference_at(passed_to) - self._reference_at(passed_from)
        moved: Floats = np.maximum(high - low, translated)
        return moved

    def _reference_at(self, rank: Floats) -> Floats:
        return np.interp(rank, self.ranks, self.reference)
