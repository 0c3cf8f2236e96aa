"""D8: a request leaves a line that a machine reads and that tells nothing of it; /metrics counts requests.

value = (.4 log + .3 private + .3 metrics) x (1, or .5 when the answers to all rows are one)

log       after all else the server is sent requests, good ones and bad ones in an order of chance. 1 when its
          log has, in that order, lines that are JSON objects with their status and how long they took; .75
          without how long; .5 for lines of text with method or path and status, which a person has to read
private   1 when nothing of what stood in those requests is in the log or in /metrics: each carried a made-up
          address or word, or a number that no other row has. 0 when it is there, and when nothing is
          logged, as silence keeps any secret
metrics   1 when GET /metrics is in Prometheus' text format (prometheus_client reads it) and a counter there
          grew by at least the requests that were answered; .7 when one grew by less, as with several
          processes that count apart; .3 when it is in form and nothing in it moves

The log is the end of what the container wrote (harness/sandbox/verdict.py), and theirs to write: lines that
were written beforehand would have to know the order of the requests.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from prometheus_client.parser import text_string_to_metric_families

from graders.deployment import observed
from graders.deployment.observed import PROBE, STAGE, Marked, quoted
from graders.deployment.parts import Part, score
from harness.errors import InfraError
from harness.model import AnswerKey, Evidence, Finding, Grader, NoParams, Place, Score, Serve, Severity

METRICS_AT = "/metrics"
LOG, PRIVATE, METRICS = 0.4, 0.3, 0.3
WITHOUT_TIME, IN_WORDS = 0.75, 0.5
LESS, STILL = 0.7, 0.3
STUB = 0.5
DEEP = 3  # levels of an object in which a status is looked for
AROUND = 12  # lines of requests that are not ours: health checks, the two looks at /metrics
STATUS_NAME = re.compile(r"status|code", re.IGNORECASE)
TIME_NAME = re.compile(
    r"duration|latency|elapsed|took|seconds|time_taken|(response|request|process)_?time|_ms$|^ms$",
    re.IGNORECASE,
)
STATUS_WORD = re.compile(r"(?<![\w.])([1-5]\d\d)(?![\w.])")
COUNTERS = frozenset({"counter", "histogram", "summary"})
COUNTED = ("_total", "_count")
ACT_LOG = "write one line of JSON a request to stdout: method, path, status and how long it took"
ACT_PRIVATE = "log the ids that you need, and never a body, a field's value or an error that quotes one"
ACT_METRICS = "GET /metrics with a counter of requests in Prometheus' text format"


@dataclass(frozen=True)
class Line:
    """A line of the log that may tell of a request: the numbers in it that could be its status."""

    statuses: frozenset[int]
    timed: bool = False


def grade(evidence: Evidence, key: AnswerKey, params: NoParams) -> Score:
    """The three parts."""
    found = observed.probe(evidence)
    if isinstance(found, Score):
        return found
    if found.marked is None:
        raise InfraError("the prober sent no marked request", hint="inputs/serve/plan.json needs `marked`")
    tail = evidence.result(STAGE).tail
    path = (evidence.submission.settings.serve or Serve()).predict
    log = _log(tail, found.marked, path=path)
    parts = [log, _private(tail, found.marked, log), _metrics(found.marked)]
    what = "The answers to different rows are all the same: there is little to observe"
    because = _finding(what, "one-answer", "answer each row with its own prediction", Severity.MAJOR)
    factor = 1.0 if found.answers else STUB
    return score(parts, factor=factor, because=because, measures={})


def _log(tail: str, marked: Marked, *, path: str) -> Part:
    wanted = [status for status in marked.statuses if status]
    if not wanted:
        told = "Nothing was answered any more when the log was looked at."
        return Part("log", LOG, 0.0, told, (_finding(told, "nothing-answered", ACT_LOG),), ACT_LOG)
    lines = [line for line in tail.splitlines() if line.strip()]
    read = list(_structured(lines))
    if kept := _in_order(wanted, read):
        if all(line.timed for line in kept):
            return Part("log", LOG, 1.0, f"The log has a line of JSON for each of {len(wanted)} requests.")
        told = f"The log has a line of JSON for each of {len(wanted)} requests, without how long it took."
        return Part("log", LOG, WITHOUT_TIME, told, (_finding(told, "no-duration", ACT_LOG),), ACT_LOG)
    if _in_order(wanted, list(_in_words(lines, path))):
        told = f"The log has a line of text for each of {len(wanted)} requests."
        return Part("log", LOG, IN_WORDS, told, (_finding(told, "unstructured-log", ACT_LOG),), ACT_LOG)
    last = quoted(lines[-1].strip()) if lines else "nothing"
    told = f"The log does not have {len(wanted)} requests with their statuses in order; it ends with {last}."
    return Part("log", LOG, 0.0, told, (_finding(told, "no-request-log", ACT_LOG, Severity.MAJOR),), ACT_LOG)


def _structured(lines: Sequence[str]) -> Iterator[Line]:
    for line in lines:
        told = _object(line) or {}
        if statuses := frozenset(map(int, _values(told, STATUS_NAME, DEEP))):
            timed = any(True for _ in _values(told, TIME_NAME, DEEP, low=0.0, high=1e9))
            yield Line(statuses, timed)


def _object(line: str) -> dict[str, object] | None:
    """A line's object; a logger's prefix before it does not count as one."""
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


def _values(
    told: Mapping[str, object], name: re.Pattern[str], deep: int, *, low: float = 100.0, high: float = 599.0
) -> Iterator[float]:
    """The numbers in that range under such a name, outermost first; numbers as text count."""
    inner = []
    for key, value in told.items():
        if isinstance(value, dict):
            inner.append((name.search(str(key)) is not None, value))
        elif name.search(str(key)) and (number := _number(value)) is not None and low <= number <= high:
            yield number
    for _, value in inner if deep > 1 else ():
        yield from _values(value, name, deep - 1, low=low, high=high)


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        return float(value)
    except (ValueError, OverflowError):
        return None


def _in_words(lines: Sequence[str], path: str) -> Iterator[Line]:
    for line in lines:
        is_request = path in line or "POST" in line or "GET" in line
        if is_request and (statuses := frozenset(map(int, STATUS_WORD.findall(line)))):
            yield Line(statuses)


def _in_order(wanted: Sequence[int], lines: Sequence[Line]) -> list[Line]:
    """The last lines that are those requests in their order, others between them; empty without."""
    rest, kept = list(wanted), list[Line]()
    for line in reversed(lines[-(len(wanted) + AROUND) :]):
        if rest and rest[-1] in line.statuses:
            rest.pop()
            kept.append(line)
    return [] if rest else kept[::-1]


def _private(tail: str, marked: Marked, log: Part) -> Part:
    marks = [mark.lower() for mark in marked.marks]
    places = [
        where
        for where, text in (("the log", tail), *((METRICS_AT, scrape.body) for scrape in marked.metrics))
        if any(mark in text.lower() for mark in marks)
    ]
    if places:
        where = " and ".join(dict.fromkeys(places))
        line = next((x for x in tail.splitlines() if any(mark in x.lower() for mark in marks)), "")
        told = f"What stood in requests is in {where}"
        what = f"{told}: {quoted(line.strip())}" if line else f"{told}."
        finding = _finding(what, "private-logged", ACT_PRIVATE, Severity.MAJOR)
        return Part("private", PRIVATE, 0.0, f"{told}.", (finding,), ACT_PRIVATE)
    if log.value == 0.0:
        told = "As requests are not logged, nothing shows that they would be without their contents."
        return Part("private", PRIVATE, 0.0, "", (_finding(told, "silent", ACT_LOG),), ACT_LOG)
    return Part("private", PRIVATE, 1.0, "Nothing of what stood in them was written down.")


def _metrics(marked: Marked) -> Part:
    before, after = marked.metrics
    if after.status != 200 or after.fault:
        why = after.fault or (f"status {after.status}" if after.status else "no answer")
        return _lost(0.0, f"GET /metrics: {why}.", "no-metrics")
    counts = counters(after.body)
    if not counts:
        return _lost(
            0.0, "GET /metrics is not in Prometheus' text format, or has nothing in it.", "no-metrics"
        )
    told = counters(before.body) or {}
    grew = {name: value - told.get(name, 0.0) for name, value in counts.items()}
    most = max(grew, key=lambda name: grew[name])
    answered = sum(status == 200 for status in marked.statuses)
    if grew[most] >= max(1, answered):
        said = f"In /metrics {quoted(most)} grew by {grew[most]:g} over {len(marked.statuses)} requests."
        return Part("metrics", METRICS, 1.0, said)
    if grew[most] > 0:
        what = (
            f"In /metrics {quoted(most)} grew by {grew[most]:g} over {answered} requests that were answered."
        )
        return _lost(LESS, what, "metrics-lag")
    return _lost(
        STILL,
        f"Nothing in /metrics counts: {len(marked.statuses)} requests moved no counter.",
        "metrics-still",
    )


def _lost(value: float, told: str, rule: str) -> Part:
    return Part("metrics", METRICS, value, told, (_finding(told, rule, ACT_METRICS),), ACT_METRICS)


def counters(text: str) -> dict[str, float] | None:
    """Counter -> its sum over all labels, of a text in Prometheus' format; None for any other text.

    A gauge or a sample without a type is there with its value 0: it is in form, and counts nothing.
    """
    found: dict[str, float] = {}
    try:
        for family in text_string_to_metric_families(text):
            for sample in family.samples:
                counts = family.type in COUNTERS and sample.name.endswith(COUNTED)
                found[sample.name] = found.get(sample.name, 0.0) + (sample.value if counts else 0.0)
    except (ValueError, KeyError, IndexError):  # what the parser raises for what is none
        return None
    return found


def _finding(what: str, rule: str, fix: str, severity: Severity = Severity.MINOR) -> Finding:
    return Finding(
        what=what[:2000], place=Place(file=PROBE, stage=STAGE), severity=severity, fix=fix, rule=rule
    )


GRADER = Grader(name="observability", needs=(), params=NoParams, grade=grade)
