"""D5: the image as an operator would want it, read from the built image and from the Dockerfile.

    value = (.30 not root + .15 base with a version + .15 health check + .15 exec form + .15 nothing of the
             data or the history inside + .10 small) x (1, or .5 when no answers came from it)

Small is what lies over the base without the packages: 1 up to ``small_mb``, 0 from ``large_mb`` on.
"""

from __future__ import annotations

from pydantic import Field

from graders.deployment import observed
from graders.deployment.observed import BUILD, STAGE, Image, Probe
from graders.deployment.parts import Part, score
from graders.statistics import ramp
from harness.model import AnswerKey, Evidence, Finding, Grader, Params, Place, Score, Severity

USER, BASE, HEALTHCHECK, EXEC, INSIDE, SIZE = 0.30, 0.15, 0.15, 0.15, 0.15, 0.10
NEVER_SERVED = 0.5  # a tidy image of nothing


class ImageHygieneParams(Params):
    """Megabytes over the base, packages not counted."""

    small_mb: float = Field(default=100.0, gt=0.0)
    large_mb: float = Field(default=1000.0, gt=0.0)


def grade(evidence: Evidence, key: AnswerKey, params: ImageHygieneParams) -> Score:
    """Six looks at one image."""
    image = observed.image(evidence)
    asked_for = STAGE in evidence.stages
    found = observed.probe(evidence) if asked_for else None
    serves = found is None or (isinstance(found, Probe) and found.answers)
    parts = [
        _user(image),
        _base(image),
        _healthcheck(image),
        _exec(image),
        _inside(image),
        _size(image, params),
    ]
    because = _finding(
        Place(stage=STAGE), "No predictions came from this image, which halves what its tidiness is worth",
        "first an image that serves", "nothing-served",
    )  # fmt: skip
    megabytes = image.size_over_base_bytes / 2**20
    return score(
        parts,
        factor=1.0 if serves else NEVER_SERVED,
        because=because,
        measures={"size_over_base_mb": megabytes, "layers": float(image.layers)},
    )


def _user(image: Image) -> Part:
    if not image.runs_as_root:
        return Part("user", USER, 1.0, "")
    named = f"its last USER is {image.user}" if image.user else "it names no USER"
    return _lost("user", USER, image.place("USER", "CMD"), f"The container runs as root: {named}.",
                 "create a user without rights and switch to it with USER", "runs-as-root")  # fmt: skip


def _base(image: Image) -> Part:
    if not image.base_is_latest:
        return Part("base", BASE, 1.0, "")
    return _lost("base", BASE, image.place("FROM"), f"The base {image.base} is whatever is latest.",
                 "name a version of the base image", "latest-base")  # fmt: skip


def _healthcheck(image: Image) -> Part:
    if image.healthcheck:
        return Part("healthcheck", HEALTHCHECK, 1.0, "")
    return _lost("healthcheck", HEALTHCHECK, image.place("CMD"), "The image has no HEALTHCHECK.",
                 "add a HEALTHCHECK that asks the health path", "no-healthcheck")  # fmt: skip


def _exec(image: Image) -> Part:
    own = "CMD" in image.lines or "ENTRYPOINT" in image.lines
    if own and not image.shell_form:
        return Part("exec_form", EXEC, 1.0, "")
    if not own:
        return _lost("exec_form", EXEC, image.place(), "The image has no CMD of its own.",
                     'end it with CMD ["python", "-m", "..."]', "no-command")  # fmt: skip
    names = " and ".join(image.shell_form)
    return _lost("exec_form", EXEC, image.place(*image.shell_form),
                 f"{names} runs below a shell, which signals do not pass.",
                 'write it as a list: CMD ["python", "-m", "..."]', "shell-form")  # fmt: skip


def _inside(image: Image) -> Part:
    told, value = [], 1.0
    if image.data_inside:
        value -= 0.6
        told.append(f"Data lies in the image: {', '.join(image.data_inside[:5])}.")
    if image.copies_everything and not image.ignores_git:
        value -= 0.4
        told.append("COPY takes the whole folder, and no .dockerignore keeps .git out.")
    if not told:
        return Part("inside", INSIDE, 1.0, "")
    place, act = image.place("COPY", "ADD"), "copy what runs, and name .git and data in .dockerignore"
    findings = tuple(_finding(place, what, act, "inside-the-image") for what in told)
    return Part("inside", INSIDE, max(0.0, value), " ".join(told), findings, act)


def _size(image: Image, params: ImageHygieneParams) -> Part:
    megabytes = image.size_over_base_bytes / 2**20
    value = ramp(megabytes, zero=params.large_mb, full=params.small_mb)
    if value == 1.0:
        return Part("size", SIZE, 1.0, "")
    told = f"The image adds {megabytes:,.0f} MB to its base; {params.small_mb:g} MB is plenty for a service."
    act = "leave caches, tools and data out; build in one stage and copy into another"
    return Part("size", SIZE, value, told, (_finding(image.place("COPY"), told, act, "large-image"),), act)


def _lost(name: str, weight: float, place: Place, told: str, act: str, rule: str) -> Part:
    return Part(name, weight, 0.0, told, (_finding(place, told, act, rule),), act)


def _finding(place: Place, what: str, act: str, rule: str) -> Finding:
    return Finding(what=what[:2000], place=place, severity=Severity.MINOR, fix=act, rule=rule)


GRADER = Grader(name="image_hygiene", needs=(BUILD,), params=ImageHygieneParams, grade=grade)
