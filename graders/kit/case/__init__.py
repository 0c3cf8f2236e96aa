"""Numbers -> an Evidence and an AnswerKey on disk, as `collect` and the data sets leave them. No Docker."""

from graders.kit.case.code import environment, function, imported, layout, static
from graders.kit.case.evidence import COMMANDS, FILES, FINISHED, Case, make_evidence, write
from graders.kit.case.extras import NOTES, write_monitor, write_notes, write_reports
from graders.kit.case.good import good_case, told
from graders.kit.case.readme import came, howto, planned, write_readme
from graders.kit.case.rows import NATURAL, PROBED, STRESSED, make_rows, model, write_key, write_predictions
from graders.kit.case.service import (
    LEAST,
    asked,
    bad,
    health,
    image,
    load,
    probe,
    restart,
    restarts,
    server,
    stated,
    webhook,
)
from graders.kit.case.suites import BROKEN, ON_BROKEN, SAID, broken, junit, some_mutants, trials
from graders.kit.case.texts import GOOD_README, ISSUES, document, documents

__all__ = [
    "BROKEN",
    "COMMANDS",
    "FILES",
    "FINISHED",
    "GOOD_README",
    "ISSUES",
    "LEAST",
    "NATURAL",
    "NOTES",
    "ON_BROKEN",
    "PROBED",
    "SAID",
    "STRESSED",
    "Case",
    "asked",
    "bad",
    "broken",
    "came",
    "document",
    "documents",
    "environment",
    "function",
    "good_case",
    "health",
    "howto",
    "image",
    "imported",
    "junit",
    "layout",
    "load",
    "make_evidence",
    "make_rows",
    "model",
    "planned",
    "probe",
    "restart",
    "restarts",
    "server",
    "some_mutants",
    "stated",
    "static",
    "told",
    "trials",
    "webhook",
    "write",
    "write_key",
    "write_monitor",
    "write_notes",
    "write_predictions",
    "write_readme",
    "write_reports",
]
