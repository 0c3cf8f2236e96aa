"""How a stage of theirs failed -> what to do about it: an ordered list, the first match wins."""

from __future__ import annotations

import re

from harness.model import Ended, Limits, StageResult

RUN_IT = "run the same command in a fresh clone; the end of its output is below"
LOCAL = "add {0} to requirements.txt, or to the repository if it is yours; .takehome/image.lock lists ours"
PATTERNS: tuple[tuple[str, str], ...] = (
    (r"No module named '?([\w.]+)", LOCAL),
    (r"Temporary failure in name resolution|URLError|ConnectionError|Network is unreachable|Max retries",
     "there is no network while your code runs: put what it needs into the repository or the dependencies"),
    (r"Read-only file system|Permission denied",
     "write to {{model}} in train and to {{output}} in predict; everything else is read-only or thrown away"),
    (r"No such file or directory: '?([^'\n]+)|FileNotFoundError",
     "{0} is not there: read from {{data}} and {{input}}, and keep other paths relative to the root"),
    (r"No space left on device", "write less: only {{model}} and {{output}} are kept, and both are capped"),
    (r"unrecognized arguments|error: the following arguments are required|No such option",
     "the command in submission.toml and your argument parser disagree"),
    (r"KeyError: '([^']+)'",
     "{0} is not in every table: the rows to predict have no outcome"),
)  # fmt: skip


def for_stage(result: StageResult, limits: Limits) -> str:
    """One sentence for whoever has to mend it."""
    if result.ended is Ended.TIMEOUT:
        return f"it may take {limits.timeout_s:.0f} s on {limits.cpus:g} core: a smaller model, fewer tries"
    if result.ended is Ended.OUT_OF_MEMORY:
        return f"it may use {limits.memory_mb} MB; read fewer columns, or in pieces"
    if result.ended is Ended.OVER_QUOTA:
        return f"it may write {limits.output_mb} MB in {limits.output_files} files"
    for pattern, told in PATTERNS:
        # the last one is why it ended; earlier ones may have been caught
        if found := list(re.finditer(pattern, result.tail)):
            what = (found[-1].group(1) if found[-1].re.groups else None) or "it"
            return told.format(what.strip())
    return RUN_IT
