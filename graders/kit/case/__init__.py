"""Numbers -> an Evidence and an AnswerKey on disk, as `collect` and the data sets leave them. No Docker."""

from graders.kit.case.code import environment, function, imported, layout, static
from graders.kit.case.evidence import FILES, FINISHED, Case, make_evidence, write
from graders.kit.case.extras import NOTES, write_monitor, write_notes
from graders.kit.case.good import good_case, told
from graders.kit.case.rows import NATURAL, PROBED, STRESSED, make_rows, model, write_key, write_predictions
from graders.kit.case.service import asked, bad, image, probe, server
from graders.kit.case.suites import BROKEN, ON_BROKEN, SAID, broken, junit, some_mutants, trials
from graders.kit.case.texts import GOOD_README, ISSUES, document, documents

__all__ = [
    "BROKEN",
    "FILES",
    "FINISHED",
    "GOOD_README",
    "ISSUES",
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
    "document",
    "documents",
    "environment",
    "function",
    "good_case",
    "image",
    "imported",
    "junit",
    "layout",
    "make_evidence",
    "make_rows",
    "model",
    "probe",
    "server",
    "some_mutants",
    "static",
    "told",
    "trials",
    "write",
    "write_key",
    "write_monitor",
    "write_notes",
    "write_predictions",
]
