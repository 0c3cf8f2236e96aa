"""Predictions -> where they stand between the golden submissions, on the same rows."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from graders import statistics
from graders.answers import HINT, Answers
from graders.statistics import Comparison, Floats, Place, Ranking
from harness.errors import InfraError
from harness.model import Finding, Params, Severity
from harness.model import Place as Where

CANDIDATE, BASELINE, REFERENCE = 0, 1, 2


class StandingParams(Params):
    """How the area maps to a value.

    ``headroom``: what is known to be attainable above the reference, as a share of what the reference
    leaves to a perfect area. A tenth: label noise and chance in the outcome make the rest unreachable.
    """

    headroom: float = Field(default=0.10, gt=0.0, le=1.0)


@dataclass(frozen=True, eq=False)
class Standing:
    """Candidate, baseline and reference on the rows of one role."""

    candidate: Ranking
    comparison: Comparison
    place: Place
    on: str

    def auc(self, model: int = CANDIDATE) -> float:
        """The area of one of the three."""
        return float(self.comparison.aucs[model])

    @property
    def inverted(self) -> bool:
        """Worse than chance beyond doubt."""
        return self.auc() + 2.0 * self.comparison.se() < statistics.NAIVE_AUC

    @property
    def sentence(self) -> str:
        """The comparison in one sentence."""
        difference, se = self.comparison.difference(CANDIDATE, REFERENCE)
        return (
            f"AUC {self.auc():.4f} (standard error {self.comparison.se():.4f}) on "
            f"{self.candidate.labels.size:,} {self.on} rows; "
            f"on the same rows the baseline has {self.auc(BASELINE):.4f} and the reference "
            f"{self.auc(REFERENCE):.4f} (difference {difference:+.4f} +- {1.96 * se:.4f})."
        )

    @property
    def measures(self) -> dict[str, float]:
        """The numbers behind the sentence."""
        difference, se = self.comparison.difference(CANDIDATE, REFERENCE)
        return {
            "auc": self.auc(),
            "auc_se": self.comparison.se(),
            "baseline_auc": self.auc(BASELINE),
            "reference_auc": self.auc(REFERENCE),
            "best_auc": self.place.best,
            "against_reference": difference,
            "against_reference_se": se,
            "normalised": self.place.value,
            "normalised_se": self.place.se,
            "rows": float(self.candidate.labels.size),
            "positives": float(self.candidate.positives),
        }

    def findings(self, stage: str, file: str, fix: str) -> tuple[Finding, ...]:
        """What is lost, and against what; nothing when nothing is lost."""
        value = self.place.value
        if value >= 1.0:
            return ()
        where = Where(file=file, stage=stage)
        if self.inverted:
            what = (
                f"AUC {self.auc():.4f} is below chance: the predictions look inverted; "
                f"1 - prediction would have {1.0 - self.auc():.4f}"
            )
            fix = "predict the probability of the positive class, not of the other one (check classes_)"
            return (Finding(what=what, place=where, severity=Severity.CRITICAL, fix=fix, rule="inverted"),)
        if value >= statistics.REFERENCE_AT:
            severity, than = Severity.INFO, f"the best that is known, {self.place.best:.4f}"
        elif value >= statistics.BASELINE_AT:
            severity, than = Severity.MINOR, f"the reference, {self.auc(REFERENCE):.4f}"
        else:
            severity, than = Severity.MAJOR, f"a simple honest baseline, {self.auc(BASELINE):.4f}"
        what = f"AUC {self.auc():.4f} on {self.on} rows does not exceed {than}"
        return (Finding(what=what, place=where, severity=severity, fix=fix, rule=f"{self.on}-auc"),)


def stand(answers: Answers, predicted: Floats, role: str, *, headroom: float) -> Standing:
    """Compare on the rows of one role.

    Raises:
        InfraError: the key has too few such rows, or its anchors cannot be anchors.
    """
    rows = answers.of(role)
    label = answers.label[rows]
    try:
        rankings = [Ranking(label, p[rows]) for p in (predicted, answers.baseline, answers.reference)]
        comparison = statistics.compare(*rankings)
        place = statistics.place(comparison, headroom=headroom)
    except ValueError as error:
        raise InfraError(f"the answer key cannot grade {role} rows: {error}", hint=HINT) from error
    return Standing(rankings[CANDIDATE], comparison, place, on=role)
