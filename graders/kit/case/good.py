"""A right answer, whole: every file that a grader of the registry reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from graders.kit.case.code import environment, static
from graders.kit.case.evidence import Case, make_evidence, write
from graders.kit.case.extras import write_monitor, write_notes, write_reports
from graders.kit.case.readme import write_readme
from graders.kit.case.rows import make_rows, model, write_key, write_predictions
from graders.kit.case.service import image, load, probe, restarts, server, webhook
from graders.kit.case.suites import ON_BROKEN, broken, junit, some_mutants, trials
from graders.kit.case.texts import ISSUES, documents
from harness.model import (
    MONITOR_STAGES,
    PERMUTED_STAGES,
    Claims,
    Ended,
    Grader,
    Params,
)


def good_case(folder: Path, params: Params, *, claim: float = 0.85) -> Case:
    """A submission with nothing wrong in it that any grader of the registry would see."""
    rows = make_rows()
    good, root = model(rows, noise=0.1), folder / "evidence"
    key = write_key(
        folder / "key",
        rows,
        baseline=model(rows, noise=1.2, seed=3),
        reference=model(rows, noise=0.4, seed=4),
    )
    ids = rows["id"].to_numpy()
    one, some = rows.index[rows["role"] == "natural"][:1], np.arange(len(rows))[::4][:300]
    write_predictions(root, "predict", ids, good)
    write_predictions(root, "predict-retrained", ids, good)
    write_predictions(root, "predict-one", ids[one], good[one])
    write_predictions(root, "predict-shuffled", ids[some][::-1], good[some][::-1])
    write_notes(root, key)
    write(root, "static", "static.json", json.dumps(static()))
    names = [f"test_{n}" for n in range(6)]
    write(root, "static", "documents.json", json.dumps(documents()))
    write_readme(root, list(ids[some]), good[some])
    write(root, "test", "junit.xml", junit(dict.fromkeys(names, "")))
    write(root, "test-sabotaged", "junit.xml", junit(dict.fromkeys(names, "failure")))
    mutants = some_mutants()
    write(root, "mutants", "mutants.json", json.dumps(mutants))
    write(root, "test-mutants", "trials.jsonl", trials({m["id"]: int(not m["neutral"]) for m in mutants}))
    write(root, "broken", "broken.json", json.dumps(broken()))
    write_monitor(root, key)
    write_reports(root, claim)
    write(root, "environment", "environment.json", json.dumps(environment()))
    served = {str(name): float(value) for name, value in zip(ids[some], good[some], strict=True)}
    write(root, "serve", "probe.json", json.dumps(probe(served)))
    write(root, "serve-load", "load.json", json.dumps(load(served)))
    write(root, "serve-versions", "restarts.json", json.dumps(restarts(served)))
    write(root, "serve-webhook", "webhook.json", json.dumps(webhook(served)))
    write(root, "serve", "server.json", json.dumps(server()))
    write(root, "build", "image.json", json.dumps(image()))
    claims = Claims(metric="roc_auc", value=claim, how="held out", baseline=0.7, weakest="plan=Basic")
    tried = (
        dict.fromkeys(("mutants", "test-mutants", *MONITOR_STAGES, *PERMUTED_STAGES), Ended.FINISHED)
        | ON_BROKEN
    )
    return Case(make_evidence(root, claims=claims, ended=tried), key, params)


def told(grader: Grader[Any]) -> Params:
    """A grader's parameters with what an assignment tells it that was made for `good_case`."""
    known = {"issues": ISSUES, "given": ("# Starter\n\nA small project that runs as it is.",)}
    params: Params = grader.params(**{k: v for k, v in known.items() if k in grader.params.model_fields})
    return params
