"""Numbers -> an Evidence and an AnswerKey on disk, as `collect` and the data sets leave them. No Docker."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from harness.model import (
    MONITOR_STAGES,
    AnswerKey,
    Claims,
    Commands,
    Ended,
    Evidence,
    Fault,
    Grader,
    Issue,
    Issues,
    OpenQuestion,
    Params,
    Settings,
    StageResult,
    Submission,
    Track,
    Trust,
)

NATURAL, STRESSED, PROBED = 1500, 800, 40
FINISHED = (
    "environment",
    "predict", "predict-one", "predict-shuffled", "predict-retrained",
    "deid", "static", "sabotage", "train", "test", "build", "serve", "readme", "predict-public",
)  # fmt: skip
FILES = {"serve": ("probe.json", "server.json"), "build": ("build.json", "image.json")}


@dataclass(frozen=True)
class Case:
    """Everything a grader gets."""

    evidence: Evidence
    key: AnswerKey
    params: Params


def make_rows(
    seed: int = 1, *, natural: int = NATURAL, stressed: int = STRESSED, probed: int = PROBED
) -> pd.DataFrame:
    """Sealed rows with three probes: spelling (equal, two variants), price (higher), new (finite).

    `signal` is what a model can know of a row; drop it before sealing.
    """
    rng = np.random.default_rng(seed)
    parts = [_plain(rng, "natural", natural), _plain(rng, "stressed", stressed)]
    variants = {
        "spelling": (("case", "equal"), ("typo", "equal")),
        "price": (("dearer", "higher"),),
        "new": (("wallet", "finite"),),
    }
    for probe, others in variants.items():
        base = _plain(rng, "probe", probed).assign(probe=probe, variant="base")
        parts.append(base)
        parts += [base.assign(variant=name, rule=rule) for name, rule in others]
    rows = pd.concat(parts, ignore_index=True)
    rows.insert(0, "id", [f"R{n:06d}" for n in rng.permutation(len(rows))])
    return rows


def _plain(rng: np.random.Generator, role: str, many: int) -> pd.DataFrame:
    signal = rng.normal(size=many)
    chance = 1.0 / (1.0 + np.exp(-(1.8 * signal - 1.2)))
    return pd.DataFrame(
        {
            "role": role,
            "label": (rng.random(many) < chance).astype("int8"),
            "entity": [f"{role}-{n}" for n in range(many)],
            "probe": "",
            "variant": "",
            "rule": "",
            "signal": signal,
        }
    )


def model(rows: pd.DataFrame, *, noise: float, seed: int = 7) -> np.ndarray:
    """Predictions that know the signal up to noise; the noise belongs to the entity, so probes stay equal."""
    rng = np.random.default_rng(seed)
    codes, entities = pd.factorize(rows["entity"] + rows["probe"])
    blur = rng.normal(size=len(entities))[codes] * noise
    dearer = rows["variant"].eq("dearer").to_numpy() * 0.3
    return np.asarray(1.0 / (1.0 + np.exp(-(1.8 * (rows["signal"].to_numpy() + blur + dearer) - 1.2))))


def write_key(folder: Path, rows: pd.DataFrame, *, baseline: np.ndarray, reference: np.ndarray) -> AnswerKey:
    """The sealed half."""
    folder.mkdir(parents=True, exist_ok=True)
    rows.drop(columns="signal", errors="ignore").to_parquet(folder / "rows.parquet")
    anchors = pd.DataFrame({"id": rows["id"], "baseline": baseline, "reference": reference})
    anchors.sample(frac=1.0, random_state=0).to_parquet(folder / "anchors.parquet")
    slices = pd.DataFrame({"id": rows["id"], "plan": np.resize(["basic", "business", ""], len(rows))})
    slices.to_parquet(folder / "slices.parquet")
    return AnswerKey(root=folder)


def write_predictions(folder: Path, stage: str, ids: Iterable[str], values: Iterable[float]) -> None:
    """predictions.csv of a stage."""
    lines = [f"{name},{float(value)!r}" for name, value in zip(ids, values, strict=True)]
    write(folder, stage, "predictions.csv", "id,prediction\n" + "\n".join(lines) + "\n")


NOTES = 60


def write_notes(folder: Path, key: AnswerKey) -> None:
    """Sealed identifiers of two types, and notes in which all but one is gone and all findings are kept."""
    names = [f"N{n:03d}" for n in range(NOTES)]
    phi = [(note, "name", f"Agnes Okonkwo{n}", f"Agnes\x1fOkonkwo{n}") for n, note in enumerate(names)]
    phi += [(note, "phone", f"555-01{n:02d}-777", f"555-01{n:02d}-777") for n, note in enumerate(names)]
    pd.DataFrame(phi, columns=["note_id", "type", "text", "parts"]).to_parquet(key.root / "phi.parquet")
    clinical = [(note, phrase) for note in names for phrase in ("no falls", "Wilson disease")]
    pd.DataFrame(clinical, columns=["note_id", "phrase"]).to_parquet(key.root / "clinical.parquet")
    lines = [f'{note},"[NAME], [PHONE]. No falls; Wilson disease ruled out."' for note in names[:-1]]
    lines += [f"{names[-1]},Agnes: no falls. Wilson disease ruled out"]
    write(folder, "deid", "deidentified.csv", "\n".join(["note_id,text", *lines, ""]))


def write(folder: Path, stage: str, name: str, content: str | bytes) -> None:
    """One evidence file."""
    path = folder / stage / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def make_evidence(
    folder: Path,
    *,
    ended: Mapping[str, Ended] | None = None,
    claims: Claims | None = None,
) -> Evidence:
    """Evidence over what lies in ``folder``; ``ended`` overrides how stages ended."""
    how = dict.fromkeys(FINISHED, Ended.FINISHED) | {"test-sabotaged": Ended.FAILED} | dict(ended or {})
    (folder / "submission").mkdir(parents=True, exist_ok=True)
    tools = {"static", "sabotage", "mutants"}
    return Evidence(
        root=folder,
        submission=Submission(
            root=folder / "submission",
            digest="0" * 64,
            track=Track.REPO,
            settings=Settings(commands=COMMANDS, claims=claims or Claims()),
            files=1,
            size_bytes=1,
        ),
        stages={
            name: StageResult(
                stage=name,
                ended=end,
                reason="" if end is Ended.FINISHED else f"it ended: {end.value}",
                writer=Trust.TOOLS if name in tools else Trust.CANDIDATE,
                exit_code=0 if end is Ended.FINISHED else 1,
                files=FILES.get(name, ()),
            )
            for name, end in how.items()
        },
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

    write_monitor(root, key)
    write(root, "environment", "environment.json", json.dumps(environment()))
    write(root, "serve", "probe.json", json.dumps(probe(dict(zip(ids[some], good[some], strict=True)))))
    write(root, "serve", "server.json", json.dumps(server()))
    write(root, "build", "image.json", json.dumps(image()))
    claims = Claims(metric="roc_auc", value=claim, how="held out", baseline=0.7, weakest="plan=Basic")
    tried = dict.fromkeys(("mutants", "test-mutants", *MONITOR_STAGES), Ended.FINISHED)
    return Case(make_evidence(root, claims=claims, ended=tried), key, params)


COMMANDS = Commands(
    train="python train.py --data {data} --model {model}",
    predict="python predict.py --model {model} --input {input} --output {output}",
    test="pytest",
)


def planned(text: str, line: int = 5, **changes: Any) -> dict[str, Any]:
    """One command of howto.json."""
    return {
        "line": line, "text": text, "run": text, "parts": [text.split()], "kind": "run", "why": "",
        "holes": [], "inline": False,
    } | changes  # fmt: skip


def howto(*commands: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """howto.json: a README that says how to train, predict and test, unless told otherwise."""
    usual = (
        planned("python train.py --data data --model model", 5),
        planned("python predict.py --model model --input data/validation --output predictions.csv", 6),
        planned("pytest", 7),
    )
    found = {"path": "README.md", "names": [], "commands": list(commands or usual), "truncated": False}
    return found | changes


def came(number: int, **changes: Any) -> dict[str, Any]:
    """One entry of readme.json: a command that ended well and left nothing."""
    return {"number": number, "ended": "exit", "exit": 0, "seconds": 1.0, "tail": "", "wrote": []} | changes


def write_readme(root: Path, ids: list[str], values: Any) -> None:
    """A README that was followed to the end, and what its predictions are compared with."""
    done = [
        came(0, wrote=["/work/model/model.joblib"]),
        came(1, wrote=["/work/predictions.csv"], predictions="predictions/1.csv"),
        came(2, tests=6),
    ]
    write(root, "static", "howto.json", json.dumps(howto()))
    write(root, "readme", "readme.json", json.dumps({"commands": done}))
    rows = zip(ids, map(float, values), strict=True)
    lines = "id,prediction\n" + "".join(f"{name},{value!r}\n" for name, value in rows)
    write(root, "readme", "predictions/1.csv", lines)
    write(root, "predict-public", "predictions.csv", lines)


def write_monitor(root: Path, key: AnswerKey, *, shifted: int = 3) -> None:
    """The alarms of a monitor that is right about each of six batches, and the sealed table that says so."""
    numbers = range(1, len(MONITOR_STAGES) + 1)
    for number in numbers:
        write(
            root, f"monitor-{number}", "monitor.json", json.dumps({"alarm": number == shifted, "reasons": []})
        )
    table = pd.DataFrame({"batch": numbers})
    table.assign(shifted=table["batch"].eq(shifted)).to_parquet(key.root / "monitor.parquet")


# what the good case's README names, and leaves nothing out of
ISSUES = Issues(
    issues=(
        Issue(name="cents", kind=Fault.UNITS, about=("monthly_charges", "legacy")),
        Issue(name="closure code", kind=Fault.LEAK, about=("closure_code",)),
    ),
    clean=("partner", "dependents"),
    slices=("contract", "month to month", "two year"),
    open=(OpenQuestion(name="capacity", about=("call*",), says=("how many",)),),
)


def told(grader: Grader[Any]) -> Params:
    """A grader's parameters with what an assignment tells it that was made for `good_case`."""
    known = {"issues": ISSUES, "given": ("# Starter\n\nA small project that runs as it is.",)}
    params: Params = grader.params(**{k: v for k, v in known.items() if k in grader.params.model_fields})
    return params


def document(path: str, *statements: str, kind: str = "readme", **changes: Any) -> dict[str, Any]:
    """One entry of documents.json: a heading, and what is said below it, a line each."""
    said = [
        {"text": text, "line": n + 3, "cell": None, "section": "Churn"} for n, text in enumerate(statements)
    ]
    found = {"path": path, "kind": kind, "problem": None, "truncated": False, "links": [], "code": []}
    heading = {"level": 1, "text": "Churn", "line": 1, "cell": None}
    return found | {"headings": [heading], "statements": said} | changes


GOOD_README = (
    "The retention desk decides with it whom to call; it is not for setting prices.",
    "It was trained on 6,000 customers of one export, second accounts of a customer left out.",
    "The AUC is .83 for contract month to month.",
    "The AUC is .71 for contract two year.",
    "A limit: it cannot tell why somebody leaves, and nothing is known of business customers.",
    "We would watch the share of unknown spellings each month and retrain when the AUC falls.",
    "The figures are in metrics.json.",
    "monthly_charges: LEGACY counts in cents, so they are divided by a hundred.",
    "closure_code is known only after an account is closed, so it is no feature.",
    "Nobody said how many calls the desk can make; I assumed 150 a week.",
)


def documents(
    *found: dict[str, Any], paths: tuple[str, ...] = ("README.md", "metrics.json")
) -> dict[str, Any]:
    """documents.json: a README with nothing wrong in it, unless told otherwise."""
    return {"documents": list(found) or [document("README.md", *GOOD_README)], "paths": list(paths)}


def function(name: str, **changes: Any) -> dict[str, Any]:
    """One entry of static.json's functions."""
    entry = {"path": "src/churn.py", "name": name, "line": 1, "length": 20, "nesting": 1, "cognitive": 4,
             "statements": 12, "shape": f"shape of {name}", "used": True}  # fmt: skip
    return entry | {"is_test": False, "asserts": 0, "public": True} | changes


def some_mutants(mistakes: int = 10, neutral: int = 4) -> list[dict[str, Any]]:
    """mutants.json: two copies that are changed throughout, small mistakes, and edits that change nothing.

    The functions are those of `static`. The first of all is the copy in which every function fails.
    """
    place = {"file": "src/churn.py", "operator": "comparison", "was": "a < b", "now": "a <= b"}
    whole = [
        {"id": f"w{n}", "function": "every function", "line": 1, "neutral": bool(n), "whole": True, **place}
        for n in range(2)
    ]
    single = [
        {
            "id": f"m{n:03}",
            "function": f"f{n % 10}",
            "line": n % 10 * 25 + 1,
            "neutral": n >= mistakes,
            "whole": False,
            **place,
        }
        for n in range(mistakes + neutral)
    ]
    return whole + single


def trials(codes: Mapping[str, int | None], *, covered: list[list[Any]] | None = None) -> str:
    """trials.jsonl: the exit code of the tests on each mutant, None for one that never ended."""
    called = [["src/churn.py", n * 25 + 1] for n in range(10)] if covered is None else covered
    lines: list[dict[str, Any]] = [{"covered": called, "seconds": 1.0, "exit": 0}]
    lines += [
        {"id": name, "ended": "timeout" if code is None else "exit", "exit": code, "seconds": 1.0}
        for name, code in codes.items()
    ]
    return "".join(json.dumps(line) + "\n" for line in lines)


def static(
    *,
    files: list[dict[str, Any]] | None = None,
    functions: list[dict[str, Any]] | None = None,
    tests: int = 6,
    asserts: int = 2,
    lint: list[dict[str, Any]] | None = None,
    smells: list[dict[str, Any]] | None = None,
    test_smells: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """static.json: one clean module of ten functions and a test module, unless told otherwise."""
    plain = [{"path": "src/churn.py", "lines": 260, "kind": "python", "parse_error": None}]
    test_file = {"path": "tests/test_churn.py", "lines": 80, "kind": "python", "parse_error": None}
    of_tests = [
        function(
            f"test_{n}", path="tests/test_churn.py", line=n * 10 + 1, length=6, is_test=True, asserts=asserts
        )
        for n in range(tests)
    ]
    own = [function(f"f{n}", line=n * 25 + 1) for n in range(10)] if functions is None else functions
    return {
        "files": [*(plain if files is None else files), test_file],
        "functions": [*own, *of_tests],
        "lint": lint or [],
        "smells": smells or [],
        "test_smells": test_smells or [],
        "layout": layout(),
        "imported": [imported("pandas"), imported("sklearn"), imported("pytest", tests=True)],
        "leaked": [],
        "tools": {"ruff": "0.17.6", "complexipy": "8.3.0"},
    }


def layout(**changes: Any) -> dict[str, Any]:
    """static.json's layout of a tidy submission."""
    tidy = {
        "files": 9,
        "bytes": 20_000,
        "large": [],
        "data": [],
        "models": [],
        "ignored": None,
        "notebooks": [],
    }
    return tidy | changes


def imported(module: str, **changes: Any) -> dict[str, Any]:
    """One entry of static.json's imported."""
    place = {"module": module, "path": "src/churn.py", "line": 3, "cell": None}
    return place | {"optional": False, "tests": False} | changes


def environment(*declared: str, **changes: Any) -> dict[str, Any]:
    """environment.json of a submission that got what it declared: "name" or "name>=1"."""
    wanted = []
    for line, text in enumerate(declared or ("pandas>=2,<4", "scikit-learn==1.9.1"), 1):
        name = re.split(r"[<>=~]", text)[0]
        entry = {"name": name, "specifier": text[len(name) :], "pinned": "==" in text, "scope": "runtime"}
        wanted.append(entry | {"file": "requirements.txt", "line": line})
    found = {
        "outcome": "as written", "reason": "", "sources": ["requirements.txt"], "lock_file": "",
        "declared": wanted,
        "installed": [{"name": d["name"], "version": "1", "origin": "image"} for d in wanted], "left_out": [],
        "wheel_bytes": 0,
    }  # fmt: skip
    return found | changes


def junit(cases: Mapping[str, str], *, classname: str = "tests.test_churn") -> str:
    """junit.xml as pytest writes it: a name and "", failure, error or skipped."""
    body = "".join(
        f'<testcase classname="{classname}" name="{name}">{_CHILD[state]}</testcase>'
        for name, state in cases.items()
    )
    return f'<?xml version="1.0" encoding="utf-8"?><testsuites><testsuite>{body}</testsuite></testsuites>'


_CHILD = {"": ""} | {state: f'<{state} message="so"/>' for state in ("failure", "error", "skipped")}


def asked(name: str, prediction: float | None, **changes: Any) -> dict[str, Any]:
    """One row that was asked."""
    return {
        "id": name, "prediction": prediction, "status": 200, "seconds": 0.01, "fault": "", "said": "",
    } | changes  # fmt: skip


def bad(why: str, field: str = "", **changes: Any) -> dict[str, Any]:
    """One bad request, refused with a message that names its field."""
    said = f'{{"detail": "the field {field} is not right"}}'
    return {
        "why": why, "field": field, "sent": "{}", "status": 422, "request_s": 0.01, "fault": "", "said": said,
    } | changes  # fmt: skip


def probe(served: Mapping[str, float], **changes: Any) -> dict[str, Any]:
    """probe.json of a service that answers what the batch command says, and refuses what it should."""
    rows = [asked(str(name), float(value)) for name, value in served.items()]
    health = {"seconds": 1.5, "tries": 9, "status": 200, "request_s": 0.01, "fault": "", "said": "ok"}
    found = {
        "version": 1,
        "health": health,
        "listens": ["00000000"],
        "one": rows[:40],
        "many": rows,
        "renamed": [row | {"id": f"Z{row['id']}", "of": row["id"]} for row in rows[:20]],
        "at_once": rows[:20],
        "edges": [asked(f"E{n}", 0.25, why="odd, and valid") for n in range(8)],
        "bad": [bad("an empty body"), bad("text for a number", "tenure"), bad("a field is missing", "plan")],
        "openapi": {"status": 200, "describes_predict": True},
        "after": {"health": health, "one": rows[0]},
    }
    return found | changes


def server(**changes: Any) -> dict[str, Any]:
    """server.json of one that stopped when it was told to."""
    return {
        "ended": "finished", "reason": "", "healthy": True, "stop_s": 0.4, "grace_s": 10.0, "exit_code": 0,
        "seconds": 30.0, "peak_memory_mb": 200.0, "port": 8080,
    } | changes  # fmt: skip


def image(**changes: Any) -> dict[str, Any]:
    """image.json of a tidy image."""
    return {
        "file": "Dockerfile", "built": True, "why_not": "", "seconds": 9, "base": "python:3.11-slim",
        "base_tag": "3.11-slim", "base_is_latest": False, "base_is_pinned": False, "stages": 1, "layers": 4,
        "size_over_base_bytes": 1 << 20, "user": "app", "runs_as_root": False,
        "healthcheck": "CMD python -m app.health", "ports": ["8080/tcp"], "workdir": "/app",
        "entrypoint": [], "cmd": ["python", "-m", "app"], "shell_form": [], "has_dockerignore": True,
        "ignores_git": True, "copies_everything": False, "data_inside": [], "dependencies_before_code": True,
        "lines": {"FROM": 1, "WORKDIR": 2, "COPY": 4, "USER": 6, "HEALTHCHECK": 7, "CMD": 8},
    } | changes  # fmt: skip
