"""D7: the version changes with the model, a rollback is exact, port and model path come from outside.

value = .45 version + .25 rollback + .15 port + .15 model path

version      with another model (trained on four fifths of the rows) another version is stated, and with the
             first model the first again, wherever one is stated (docker/runner/stated.py). A constant never
             changes; what is drawn or read off a clock does not come back. A training that wrote the same
             bytes again has no other version to state: the part is left out
rollback     the other model gives other answers, and then the first gives the first answers, bit for bit;
             .5 to 1e-9
port         started with another PORT, it listens there
model path   started with another TAKEHOME_MODEL, it serves the model that lies there
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from graders.deployment import observed
from graders.deployment.observed import Asked, Entry, Probe, Stated, quoted
from graders.deployment.parts import Part, first_of, score
from harness.model import AnswerKey, Ended, Evidence, Finding, Grader, NoParams, Place, Score, Severity

STAGE, FILE = "serve-versions", "restarts.json"
VERSION, ROLLBACK, PORT, PATH = 0.45, 0.25, 0.15, 0.15
NEARLY, FOR_NEARLY = 1e-9, 0.5
SHOWN_CHARS = 60
STATE = (
    "derive the version from the model's files (their digest, say) or write it beside the model when you "
    "train, and state it as a field `model_version` of /health or the answer, or as GET /version"
)
SWAP = "read the model from $TAKEHOME_MODEL when the server starts, and answer by nothing else"


class Start(Entry):
    """One more start. ``port``: where it answered; None when it never was healthy."""

    wanted_port: int = Field(ge=1, le=65535)
    model: str
    port: int | None = Field(ge=1, le=65535)
    ended: Ended
    reason: str = Field(max_length=2000)
    stated: Stated
    one: tuple[Asked, ...] = Field(max_length=5000)

    @property
    def answers(self) -> dict[str, float]:
        """By row; only those that came."""
        return {one.id: one.prediction for one in self.one if one.prediction is not None}


class Restarts(Entry):
    """restarts.json. ``changed``: when the training for it ended well; ``moved``: when it was needed."""

    version: Literal[1]
    retrained: Ended
    why: str
    same_model: bool
    changed: Start | None
    again: Start
    moved: Start | None

    @property
    def back(self) -> Start:
        """The start with the first model that answers."""
        return self.moved if self.moved is not None and not self.again.answers else self.again


def grade(evidence: Evidence, key: AnswerKey, params: NoParams) -> Score:
    """The four parts."""
    found = observed.probe(evidence)
    if isinstance(found, Score):
        return found
    seen = observed.read(evidence, STAGE, FILE, Restarts)
    parts = [_version(found, seen), _rollback(found, seen), _port(seen), _path(found, seen)]
    return score([part for part in parts if part is not None], measures={})


def _version(found: Probe, seen: Restarts) -> Part | None:
    first, back = found.stated.places, seen.back.stated.places
    if seen.same_model:
        return None
    if seen.changed is None or not seen.changed.answers:
        return _lost("version", VERSION, _no_other_model(seen), "retraining-broken")
    if not first:
        told = "No version is stated, in /version, health, the answer or their headers."
        return _lost("version", VERSION, told, "no-version", STATE)
    if not seen.back.answers:
        told = f"Started again with its first model: {_fate(seen.back)}"
        return _lost("version", VERSION, told, "no-restart")
    restless = sorted({*found.stated.restless, *(p for p in first if back.get(p, "") != first[p])})
    if restless:
        place = restless[0]
        told = (
            f"{place}: the same model is {_shown(first, place)} at its first start and "
            f"{_shown(back, place)} at another, so it is no version of the model."
        )
        return _lost("version", VERSION, told, "restless-version", STATE)
    other = seen.changed.stated.places
    if changed := [place for place in first if other.get(place, "") not in ("", first[place])]:
        place = changed[0]
        told = (
            f"The version of {place} follows the model: {_shown(first, place)}, with another model "
            f"{_shown(other, place)}, and back."
        )
        return Part("version", VERSION, 1.0, told)
    place = next(iter(first))
    told = f"{place} is {_shown(first, place)} whichever of two different models is served."
    return _lost("version", VERSION, told, "constant-version", STATE)


def _rollback(found: Probe, seen: Restarts) -> Part:
    first = {one.id: one.prediction for one in found.one if one.prediction is not None}
    back = seen.back.answers
    if not found.answers:
        told = "Different rows get one answer, so that a rollback shows nothing."
        return _lost("rollback", ROLLBACK, told, "one-answer", "answer each row with its own prediction")
    if not back:
        return _lost(
            "rollback", ROLLBACK, f"Started again with its first model: {_fate(seen.back)}", "no-restart"
        )
    if not _reads_its_model(first, seen):
        return _lost("rollback", ROLLBACK, _why_no_other_answers(seen), "model-not-swapped", SWAP)
    gaps = {name: abs(back.get(name, float("inf")) - value) for name, value in first.items()}
    differ = [name for name, gap in gaps.items() if gap != 0.0]
    if not differ:
        told = f"With its first model again, {len(first)} rows got their first answers, bit for bit."
        return Part("rollback", ROLLBACK, 1.0, told)
    value = FOR_NEARLY if max(gaps.values()) <= NEARLY else 0.0
    told = f"With its first model again, {len(differ)} of {len(first)} rows got another answer."
    findings = [
        _finding(
            f"row {quoted(name)}: {first[name]!r} at first, {back.get(name)!r} after the rollback",
            "rollback",
            SWAP,
        )
        for name in differ
    ]
    return Part("rollback", ROLLBACK, value, told, first_of(findings), SWAP)


def _port(seen: Restarts) -> Part:
    starts = [seen.again, *([seen.moved] if seen.moved else [])]
    if any(start.port == start.wanted_port for start in starts):
        return Part("port", PORT, 1.0, "")
    wanted = seen.again.wanted_port
    heard = next((start.port for start in starts if start.port is not None), None)
    where = f"it listens at {heard}" if heard else _fate(starts[-1])
    told = f"Started with PORT={wanted}, {where}."
    return _lost("port", PORT, told, "port-ignored", "listen at the port of $PORT")


def _path(found: Probe, seen: Restarts) -> Part:
    first = {one.id: one.prediction for one in found.one if one.prediction is not None}
    answers = seen.again.answers
    model = f"TAKEHOME_MODEL={seen.again.model}"
    if not answers:
        told = f"Started with {model}, {_fate(seen.again)}"
    elif not found.answers or not _reads_its_model(first, seen):
        told = f"Whether it reads {model} cannot be seen: {_why_no_other_answers(seen)}"
    elif any(abs(answers.get(name, float("inf")) - value) > NEARLY for name, value in first.items()):
        told = f"Started with {model}, it answers as another model does."
    else:
        return Part("model_path", PATH, 1.0, "")
    return _lost("model_path", PATH, told, "model-path-ignored", SWAP)


def _reads_its_model(first: dict[str, float], seen: Restarts) -> bool:
    """Another model gave another answer to some row; or there is no other model."""
    if seen.same_model:
        return True
    return seen.changed is not None and any(
        first.get(name, value) != value for name, value in seen.changed.answers.items()
    )


def _why_no_other_answers(seen: Restarts) -> str:
    if seen.changed is None or not seen.changed.answers:
        return _no_other_model(seen)
    return "With another model in its place, every row gets the answer of the first."


def _no_other_model(seen: Restarts) -> str:
    if seen.changed is None:
        why = (seen.why or seen.retrained.value).rstrip(".")
        return f"Trained again on four fifths of the rows, there was no model: {why}."
    return f"Started with a model of a second training: {_fate(seen.changed)}"


def _fate(start: Start) -> str:
    if start.port is None:
        return f"it never was healthy ({(start.reason or start.ended.value).rstrip('.')})."
    said = next((one.told for one in start.one), "nothing")
    return f"it was healthy, and answered a row with {said}."


def _shown(places: dict[str, str], place: str) -> str:
    return quoted(places[place][:SHOWN_CHARS]) if place in places else "not stated"


def _lost(name: str, weight: float, told: str, rule: str, fix: str = "") -> Part:
    fix = fix or "let the service start and answer with whatever model your training wrote"
    return Part(name, weight, 0.0, told, (_finding(told, rule, fix),), fix)


def _finding(what: str, rule: str, fix: str) -> Finding:
    place = Place(file=FILE, stage=STAGE)
    return Finding(what=what[:2000], place=place, severity=Severity.MAJOR, fix=fix, rule=rule)


GRADER = Grader(name="versions", needs=(STAGE,), params=NoParams, grade=grade)
