"""What following a README leaves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from graders.kit.case.evidence import write


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
