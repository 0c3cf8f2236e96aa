"""The nouns, frozen and strict. No I/O here but reading what an Evidence or an AnswerKey points at."""

from harness.model.asked import (
    Assignment,
    Criterion,
    DatasetRef,
    ExtraStage,
    Level,
    Limits,
    Metric,
    Told,
    Track,
    stage_limits,
)
from harness.model.card import LeftOut, Line, Scorecard
from harness.model.findings import Chart, Finding, Place, Severity
from harness.model.grader import Grader, NoParams, P, Params
from harness.model.judged import Score, Verdict, as_score, points
from harness.model.observed import MAX_EVIDENCE_BYTES, AnswerKey, Evidence, PublicHalf
from harness.model.planted import Fault, Issue, Issues, OpenQuestion
from harness.model.sandbox import Built, Sandbox, Served, Service
from harness.model.sent import Claims, Commands, Serve, Settings, Submission
from harness.model.stages import (
    AS_GOOD,
    AS_GOOD_STAGES,
    BREAKAGES,
    BROKEN_STAGES,
    MONITOR_STAGES,
    SABOTAGED_TESTS,
    Ended,
    Mount,
    Stage,
    StageResult,
    Trust,
)
from harness.model.values import Frozen

__all__ = [
    "AS_GOOD",
    "AS_GOOD_STAGES",
    "BREAKAGES",
    "BROKEN_STAGES",
    "MAX_EVIDENCE_BYTES",
    "MONITOR_STAGES",
    "SABOTAGED_TESTS",
    "AnswerKey",
    "Assignment",
    "Built",
    "Chart",
    "Claims",
    "Commands",
    "Criterion",
    "DatasetRef",
    "Ended",
    "Evidence",
    "ExtraStage",
    "Fault",
    "Finding",
    "Frozen",
    "Grader",
    "Issue",
    "Issues",
    "LeftOut",
    "Level",
    "Limits",
    "Line",
    "Metric",
    "Mount",
    "NoParams",
    "OpenQuestion",
    "P",
    "Params",
    "Place",
    "PublicHalf",
    "Sandbox",
    "Score",
    "Scorecard",
    "Serve",
    "Served",
    "Service",
    "Settings",
    "Severity",
    "Stage",
    "StageResult",
    "Submission",
    "Told",
    "Track",
    "Trust",
    "Verdict",
    "as_score",
    "points",
    "stage_limits",
]
