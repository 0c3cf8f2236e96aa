"""Evidence + AnswerKey -> Score, one module a criterion. The registry is written down here."""

from __future__ import annotations

from typing import Any

from graders.code import conventions, defects, dependencies, ml_smells, repository, structure
from graders.communication import claims, form, issues_named, model_card, readme_runs
from graders.deployment import (
    bad_input,
    image_hygiene,
    monitor,
    observability,
    service_up,
    skew,
    speed,
    stops_well,
    versions,
    webhook,
)
from graders.model_data import (
    calibration,
    deid,
    error_analysis,
    hidden_score,
    honest_evaluation,
    probes,
    reproducible,
    stressed_score,
)
from graders.testing import data_mistakes, kinds, mutation, test_smells, tests_run
from harness.model import Grader

REGISTRY: dict[str, Grader[Any]] = {
    "hidden_score": hidden_score.GRADER,
    "stressed_score": stressed_score.GRADER,
    "probes": probes.GRADER,
    "calibration": calibration.GRADER,
    "reproducible": reproducible.GRADER,
    "error_analysis": error_analysis.GRADER,
    "honest_evaluation": honest_evaluation.GRADER,
    "deid": deid.GRADER,
    "structure": structure.GRADER,
    "defects": defects.GRADER,
    "conventions": conventions.GRADER,
    "tests_run": tests_run.GRADER,
    "mutation": mutation.GRADER,
    "data_mistakes": data_mistakes.GRADER,
    "kinds_of_tests": kinds.GRADER,
    "claims": claims.GRADER,
    "form": form.GRADER,
    "model_card": model_card.GRADER,
    "readme_runs": readme_runs.GRADER,
    "issues_named": issues_named.GRADER,
    "service_up": service_up.GRADER,
    "skew": skew.GRADER,
    "bad_input": bad_input.GRADER,
    "image_hygiene": image_hygiene.GRADER,
    "stops_well": stops_well.GRADER,
    "speed": speed.GRADER,
    "versions": versions.GRADER,
    "webhook": webhook.GRADER,
    "observability": observability.GRADER,
    "ml_smells": ml_smells.GRADER,
    "test_smells": test_smells.GRADER,
    "repository": repository.GRADER,
    "dependencies": dependencies.GRADER,
    "monitor": monitor.GRADER,
}
