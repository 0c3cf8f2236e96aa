"""Predictions -> where they stand between the golden submissions, on the same rows."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from graders import statistics
from graders.answers import HINT, Answers
from graders.ranking import Floats, Ranking
from graders.statistics import Comparison, Place
from harness.errors import InfraError
from harness.model import Finding, Metric, Params, Severity
from harness.model import Place as Where

CANDIDATE, BASELINE, REFERENCE = 0, 1, 2


class StandingParams(Params):
    """How the area maps to a value.

    ``headroom``: what is known to be attainable above the reference, as a share of what the reference
    leaves to a perfect area. A tenth: label noise and chance in the outcome make the rest unreachable.
    ``metric``: the assignment's; it is told to every criterion.
    """

    metric: Metric = Metric.ROC_AUC
    headroom: float = Field(default=0.10, gt=0.0, le=1.0)


@dataclass(frozen=True, eq=False)
class Standing:
    """Candidate, baseline and reference on the rows of one role."""

    candidate: Ranking
    comparison: Comparison
    place: Place
    on: str
    metric: Metric

    def area(self, model: int = CANDIDATE) -> float:
        """The area of one of the three: what the assignment's metric says of it."""
        return float(self.comparison.areas[model])

    @property
    def said(self) -> str:
        """The candidate's area at the front of a sentence."""
        return f"{sentence_case(self.metric.label)} {self.area():.4f}"

    @property
    def inverted(self) -> bool:
        """Worse than chance beyond doubt."""
        return self.area() + 2.0 * self.comparison.se() < self.comparison.chance

    @property
    def sentence(self) -> str:
        """The comparison in one sentence."""
        difference, se = self.comparison.difference(CANDIDATE, REFERENCE)
        return (
            f"{self.said} (standard error {self.comparison.se():.4f}) on "
            f"{self.candidate.labels.size:,} {self.on} rows; "
            f"on the same rows the baseline has {self.area(BASELINE):.4f} and the reference "
            f"{self.area(REFERENCE):.4f} (difference {difference:+.4f} +- {1.96 * se:.4f})."
        )

    @property
    def measures(self) -> dict[str, float]:
        """The numbers behind the sentence."""
        difference, se = self.comparison.difference(CANDIDATE, REFERENCE)
        name = self.metric.key
        return {
            name: self.area(),
            f"{name}_se": self.comparison.se(),
            f"baseline_{name}": self.area(BASELINE),
            f"reference_{name}": self.area(REFERENCE),
            f"best_{name}": self.place.best,
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
                f"{self.said} is below chance: the predictions look inverted; "
                f"1 - prediction would have {self.candidate.reversed.area(self.metric):.4f}"
            )
            fix = "predict the probability of the positive class, not of the other one (check classes_)"
            return (Finding(what=what, place=where, severity=Severity.CRITICAL, fix=fix, rule="inverted"),)
        if value >= statistics.REFERENCE_AT:
            severity, than = Severity.INFO, f"the best that is known, {self.place.best:.4f}"
        elif value >= statistics.BASELINE_AT:
            severity, than = Severity.MINOR, f"the reference, {self.area(REFERENCE):.4f}"
        else:
            severity, than = Severity.MAJOR, f"a simple honest baseline, {self.area(BASELINE):.4f}"
        what = f"{self.said} on {self.on} rows does not exceed {than}"
        return (
            Finding(what=what, place=where, severity=severity, fix=fix, rule=f"{self.on}-{self.metric.key}"),
        )


def stand(answers: Answers, predicted: Floats, role: str, params: StandingParams) -> Standing:
    """Compare on the rows of one role.

    Raises:
        InfraError: the key has too few such rows, or its anchors cannot be anchors.
    """
    rows = answers.of(role)
    label = answers.label[rows]
    try:
        rankings = [Ranking(label, p[rows]) for p in (predicted, answers.baseline, answers.reference)]
        comparison = statistics.compare(*rankings, metric=params.metric)
        place = statistics.place(comparison, headroom=params.headroom)
    except ValueError as error:
        raise InfraError(f"the answer key cannot grade {role} rows: {error}", hint=HINT) from error
    return Standing(rankings[CANDIDATE], comparison, place, on=role, metric=params.metric)


def sentence_case(label: str) -> str:
    """With a capital at the front, the rest as it is."""
    return label[:1].upper() + label[1:]
