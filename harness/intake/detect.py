"""What was not declared, found by the usual names: an ordered list, the first match wins."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from harness.model import Commands, Settings

Detector = Callable[[Path], str]  # root -> command, or "" when it does not apply

MAKE_ARGUMENTS = "DATA={data} MODEL={model} INPUT={input} OUTPUT={output}"
SCRIPT_ARGUMENTS = {
    "train": "--data {data} --model {model}",
    "predict": "--model {model} --input {input} --output {output}",
    "deid": "--input {input} --output {output}",
}
SEARCHED_DEPTH = 3


def complete(settings: Settings, root: Path) -> Settings:
    """Fill what submission.toml left open, and note each find as a sentence."""
    notes: list[str] = []
    found: dict[str, str] = {}
    # somebody who declared a notebook did not mean a stray train.py
    wanted = ("test", "deid") if settings.notebook else ("train", "predict", "test", "deid")
    for name in wanted:
        if getattr(settings.commands, name):
            continue
        for detector in DETECTORS[name]:
            if command := detector(root):
                found[name] = command
                notes.append(f"no {name} command was declared; went by the usual names: {command}")
                break
    notebook = settings.notebook
    predict = settings.commands.predict or found.get("predict", "")
    if not notebook and not predict and (notebook := _only_notebook(root)):
        found.pop("train", None)
        notes.append(f"no predict command was declared; went by the only notebook: {notebook}")
    commands = Commands(**(settings.commands.model_dump() | found))
    return settings.model_copy(
        update={"commands": commands, "notebook": notebook, "detected": (*settings.detected, *notes)}
    )


def _make(target: str) -> Detector:
    def detect(root: Path) -> str:
        for name in ("Makefile", "makefile", "GNUmakefile"):
            path = root / name
            if path.is_file() and re.search(rf"(?m)^{target}\s*:", path.read_text("utf-8", "replace")):
                return f"make {target} {MAKE_ARGUMENTS}" if target != "test" else "make test"
        return ""

    return detect


def _script(stem: str) -> Detector:
    def detect(root: Path) -> str:
        found = sorted(_named(root, f"{stem}.py"), key=lambda p: (len(p.parts), str(p)))
        if not found:
            return ""
        path = found[0]
        arguments = SCRIPT_ARGUMENTS[stem]
        if (root / path).with_name("__init__.py").is_file():
            parts = path.with_suffix("").parts
            start = "env PYTHONPATH=src python" if parts[0] == "src" else "python"
            return f"{start} -m {'.'.join(parts[1:] if parts[0] == 'src' else parts)} {arguments}"
        return f"python {path.as_posix()} {arguments}"

    return detect


def _tests(root: Path) -> str:
    patterns = ("test_*.py", "*_test.py")
    return "python -m pytest" if any(_named(root, pattern) for pattern in patterns) else ""


def _named(root: Path, pattern: str) -> list[Path]:
    """Relative paths of files with this name, near the top, outside hidden folders."""
    return [
        relative
        for path in root.rglob(pattern)
        if path.is_file()
        and len((relative := path.relative_to(root)).parts) <= SEARCHED_DEPTH
        and not any(part.startswith(".") for part in relative.parts)
    ]


def _only_notebook(root: Path) -> str:
    found = _named(root, "*.ipynb")
    return found[0].as_posix() if len(found) == 1 else ""


DETECTORS: dict[str, tuple[Detector, ...]] = {
    "train": (_make("train"), _script("train")),
    "predict": (_make("predict"), _script("predict")),
    "test": (_tests, _make("test")),
    "deid": (_make("deid"), _script("deid")),
}
