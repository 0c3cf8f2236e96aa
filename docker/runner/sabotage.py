"""/submission -> /output/tree: the same files, but every function outside the tests fails.

Tests that stay green on it check nothing. `python3 -I sabotage.py --seed N` in the tools container; nothing
is executed. At the top of each function stands a statement that fails (twins.py); code outside functions
stays, unless the submission has no function at all: then each script fails when it is run. Test modules,
conftest.py and everything below a folder called test or tests stay as they are. Exit code 0, 2 for other
words, or 73 when /output has no room.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))  # -I leaves the script's folder out

import syntax
import twins
import workspace

TEST_FOLDERS = frozenset({"test", "tests"})


def main(words: list[str], places: workspace.Places) -> int:
    """Copy everything, then rewrite what is not a test."""
    if words[:1] != ["--seed"] or len(words) != 2 or not words[1].isdigit():
        workspace.say("usage: sabotage.py --seed N")
        return 2
    tree = places.output / "tree"
    try:
        tree.mkdir(parents=True, exist_ok=True)
        workspace.copy_tree(places.submission, tree)
        found = syntax.sources(tree)
        changed, answers = broken(found, random.Random(int(words[1])), fails=True)  # noqa: S311 - a draw
        for source, text in changed.items():
            _, encoding = syntax.decode(syntax.read(source.path))
            replace(source.path, text.encode(encoding))
        for name, why in answers.items():
            workspace.say(f"left as it is: {name}: {why}")
    except OSError as error:
        workspace.say(f"stopped: {error}")
        return workspace.CANNOT_KEEP
    return 0


def broken(
    found: list[syntax.Source],
    rng: random.Random,
    *,
    fails: bool,
    only: Mapping[str, Collection[int]] | None = None,
) -> tuple[dict[syntax.Source, str], dict[str, str]]:
    """The texts of what is not a test with a statement in every function, and why others stay as they are.

    ``only``: by file the lines of the functions in which it fails; in all others it does nothing.
    """
    targets = [source for source in found if is_target(source)]
    form = twins.form_for(
        _texts(source for source in found if source.kind == "python" and not is_target(source))
    )
    seed = rng.getrandbits(64)

    def rewrite(source: syntax.Source, *, script: bool) -> dict[str, Any]:
        text, _ = syntax.decode(syntax.read(source.path))
        own = random.Random(f"{seed}:{source.name}")  # noqa: S311 - a draw
        lines = None if only is None else only.get(source.name, ())
        changed, count = twins.spread(text, form, own, fails=fails, script=script, only=lines)
        return {"text": changed, "count": count}

    answers = syntax.each(targets, lambda source: rewrite(source, script=False))
    if not any(answer["count"] for answer in answers if not isinstance(answer, str)):
        answers = syntax.each(targets, lambda source: rewrite(source, script=True))
    both = list(zip(targets, answers, strict=True))
    changed = {s: a["text"] for s, a in both if not isinstance(a, str) and a["count"]}
    return changed, {s.name: a for s, a in both if isinstance(a, str)}


def _texts(tests: Iterable[syntax.Source]) -> Iterable[str]:
    for source in tests:
        try:
            yield syntax.decode(syntax.read(source.path))[0]
        except syntax.UnreadableError:
            continue


def is_target(source: syntax.Source) -> bool:
    """A Python module that is not part of the tests."""
    path = PurePosixPath(source.name)
    if source.kind != "python" or source.is_test or path.name == "conftest.py":
        return False
    return not TEST_FOLDERS.intersection(path.parts[:-1])


def replace(path: Path, content: bytes) -> None:
    """New content under the same mode."""
    mode = path.stat().st_mode & 0o777
    path.write_bytes(content)
    path.chmod(mode)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], workspace.Places()))
