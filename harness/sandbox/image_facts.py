"""A recipe and what became of it -> facts for graders of deployment readiness: observed, not claimed."""

from __future__ import annotations

import re
from pathlib import Path

from harness.dockerfile import BuildStage, Copy, Recipe, Run
from harness.dockerfile.syntax import SyntaxFaultError, parse
from harness.model import Built
from harness.sandbox.context import survey

DATA = re.compile(r".*\.(csv|tsv|parquet|feather|xlsx?|db|sqlite3?|npy|npz)")
# lines of .dockerignore that keep the history out
GIT_IGNORED = frozenset(
    {".git", ".git/", "/.git", "/.git/", ".git/**", "**/.git", "**/.git/", ".git*", ".*", "*"}
)
Facts = dict[str, str | int | bool | list[str] | dict[str, int]]


def inspect_built(recipe: Recipe, built: Built, context: Path) -> Facts:
    """Plain values only, fit for JSON. Nothing of the image is run or unpacked for it."""
    if not recipe.stages:
        return {"built": False, "why_not": recipe.refused}
    final = recipe.final
    image = final.image
    needed = [stage for stage in recipe.stages if stage.needed]
    root = next(s for s in needed if s.parent is None)
    reference, _, digest = root.base.partition("@")
    tag = reference.rpartition("/")[2].partition(":")[2]
    last = _chain(recipe)
    copies = [s for stage in last for s in stage.steps if isinstance(s, Copy)]
    own_copies = [s for s in copies if s.origin is None and not s.provided]
    return {
        "built": built.image_id is not None,
        "why_not": built.reason,
        "seconds": round(built.seconds),
        "base": root.base,
        "base_tag": tag,
        "base_is_latest": not digest and tag in ("", "latest"),
        "base_is_pinned": bool(digest),
        "stages": len(needed),
        "layers": sum(len(stage.steps) for stage in last),
        "size_over_base_bytes": built.size_bytes,
        "user": image.user,
        "runs_as_root": image.user.partition(":")[0] in ("", "root", "0"),
        "healthcheck": " ".join(image.healthcheck),
        "ports": list(image.ports),
        "workdir": image.workdir,
        "entrypoint": list(image.entrypoint),
        "cmd": list(image.cmd),
        "shell_form": list(image.shell_form),
        "has_dockerignore": (context / ".dockerignore").is_file(),
        "ignores_git": _ignores_git(context),
        "lines": _lines(context / recipe.file),
        "copies_everything": any(s.strip("./") == "" for step in own_copies for s in step.sources),
        "data_inside": _data(recipe, own_copies, context),
        "dependencies_before_code": _dependencies_first(last[-1].steps),
    }


def _chain(recipe: Recipe) -> list[BuildStage]:
    """The final stage and those it continues, first one first."""
    chain, stage = [recipe.final], recipe.final
    while stage.parent is not None:
        stage = recipe.stages[stage.parent]
        chain.insert(0, stage)
    return chain


def _ignores_git(context: Path) -> bool:
    """Whether .dockerignore names .git: a copy that was sent has none, the candidate's own folder does."""
    try:
        lines = (context / ".dockerignore").read_text("utf-8", "replace").splitlines()
    except OSError:
        return False
    return any(line.strip() in GIT_IGNORED for line in lines)


def _lines(path: Path) -> dict[str, int]:
    """keyword -> the last line that has it, for findings to point at."""
    try:
        return {it.keyword: it.line for it in parse(path.read_bytes()).instructions}
    except (OSError, SyntaxFaultError):
        return {}


def _data(recipe: Recipe, copies: list[Copy], context: Path) -> list[str]:
    found = survey(context, recipe.file, max_bytes=1 << 40, max_files=100_000)
    inside = {name for step in copies for source in step.sources for name in found.below(source)}
    return sorted(name for name in inside if name in found.files and DATA.fullmatch(name.lower()))[:50]


def _dependencies_first(steps: tuple[Copy | Run, ...]) -> bool:
    """Packages are installed before the code is copied, so a change of code does not install them again."""
    for step in steps:
        if isinstance(step, Run) and re.search(r"\b(pip|uv|poetry)\b.*\b(install|sync)\b", step.text):
            return True
        if isinstance(step, Copy) and any(s.strip("./") == "" for s in step.sources):
            return False
    return True
