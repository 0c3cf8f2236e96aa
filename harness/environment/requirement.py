"""One line of theirs -> a name with versions, or why not. Only these parts ever reach the resolver."""

from __future__ import annotations

import re
from dataclasses import dataclass

from packaging.markers import Marker, UndefinedComparison, UndefinedEnvironmentName
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

PYTHON = "3.11.2"  # of the candidate image
PYTHON_VERSION = "3.11"
MAX_CHARACTERS = 400
# what a marker may ask, answered as the container would: the host's own answers must not matter
CONTAINER = {
    "implementation_name": "cpython",
    "implementation_version": PYTHON,
    "os_name": "posix",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "platform_release": "",
    "platform_system": "Linux",
    "platform_version": "",
    "python_full_version": PYTHON,
    "python_version": PYTHON_VERSION,
    "sys_platform": "linux",
    "extra": "",
}
SAFE_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.!+*_-]{0,80}")
# what `pip freeze` lists on other systems (pkg-resources: on Debian, by mistake)
NOT_HERE = frozenset(
    [
        "pywin32",
        "pypiwin32",
        "pywinpty",
        "win32-setctime",
        "wmi",
        "appnope",
        "pyobjc-core",
        "pkg-resources",
        "tensorflow-macos",
    ]
)
# names of modules that people write where the name of the package belongs
MODULE_NAMES = {
    "sklearn": "scikit-learn",
    "cv2": "opencv-python-headless",
    "pil": "pillow",
    "skimage": "scikit-image",
    "bs4": "beautifulsoup4",
}


@dataclass(frozen=True)
class Wanted:
    """A package they ask for: name, extras and specifiers, and where they say so."""

    name: str  # normalised
    specifier: str = ""
    extras: tuple[str, ...] = ()
    file: str = ""
    line: int = 0
    scope: str = "runtime"

    @property
    def pinned(self) -> str:
        """The one version asked for, or "" when more would do."""
        found = re.fullmatch(r"={2,3}([^,*]+)", self.specifier)
        return found[1] if found else ""

    def with_specifier(self, specifier: str) -> str:
        """The line for the resolver. Every part has been through ``read``: no options, no addresses."""
        extras = f"[{','.join(self.extras)}]" if self.extras else ""
        return f"{self.name}{extras}{specifier}"


class NotARequirementError(ValueError):
    """The rule that is broken, and a sentence; nobody is blamed here."""

    def __init__(self, rule: str, why: str) -> None:
        super().__init__(why)
        self.rule = rule


def read(text: str, *, file: str, line: int, scope: str = "runtime") -> tuple[Wanted | None, str]:
    """What a PEP 508 line asks for, and a remark on it ("": none). None: it is for another system.

    Raises:
        NotARequirementError: it is not a name with versions.
    """
    if len(text) > MAX_CHARACTERS:
        raise NotARequirementError("requirement.too-long", f"{len(text):,} characters")
    try:
        found = Requirement(text)
        applies = found.marker is None or _applies(found.marker)
        specifier = _safe(found.specifier)
    except (InvalidRequirement, InvalidSpecifier, InvalidVersion, RecursionError, ValueError) as error:
        raise NotARequirementError("requirement.unreadable", "not a name with versions") from error
    if not applies:
        return None, ""
    name, remark = str(canonicalize_name(found.name)), ""
    if found.url:
        specifier = ""
        remark = f"the address is not followed: the package index's {name} is taken instead"
    if name in MODULE_NAMES:
        remark = f"{name} is a module; the package is {MODULE_NAMES[name]}, which is taken instead"
        name, specifier = MODULE_NAMES[name], ""
    if name in NOT_HERE:
        return None, f"{name} is for another system"
    extras = tuple(sorted(str(canonicalize_name(extra)) for extra in found.extras))
    return Wanted(name, specifier, extras, file, line, scope), remark


def _applies(marker: Marker) -> bool:
    try:
        return marker.evaluate(CONTAINER)
    except (UndefinedComparison, UndefinedEnvironmentName):
        return True


def _safe(specifier: SpecifierSet) -> str:
    """The specifiers in sorted order, each of an operator and a version and nothing else."""
    parts = []
    for one in sorted(specifier, key=str):
        if not SAFE_VERSION.fullmatch(one.version):
            raise InvalidSpecifier(str(one))
        if one.operator == "===":
            Version(one.version)
            parts.append(f"=={one.version}")
        else:
            parts.append(f"{one.operator}{one.version}")
    return ",".join(parts)


def allows_our_python(specifier: str) -> bool:
    """Whether a requires-python admits the image's.

    Raises:
        ValueError: it is no specifier.
    """
    if len(specifier) > MAX_CHARACTERS:
        raise ValueError("too long")
    return SpecifierSet(specifier).contains(PYTHON, prereleases=True)


def from_caret(text: str) -> str:
    """Poetry's version language (``^1.2``, ``~1.2``, ``1.2``, ``*``) -> PEP 440.

    Raises:
        ValueError: it is neither.
    """
    parts = []
    for word in filter(None, (part.strip() for part in text[:MAX_CHARACTERS].split(","))):
        if "|" in word:
            raise ValueError("alternatives (||) have no counterpart")
        if word in ("*", "x"):
            continue
        if word[0] in "^~" and not word.startswith("~="):
            parts += _range(word[0], word[1:].strip())
        elif word[0].isdigit():
            parts.append(f"=={word}")
        else:
            parts.append(re.sub(r"^=(?!=)", "==", word).replace(" ", ""))
    return _safe(SpecifierSet(",".join(parts)))


def _range(sign: str, text: str) -> list[str]:
    numbers = list(Version(text.removesuffix(".*")).release)
    if sign == "~":
        kept = numbers[:1] if len(numbers) == 1 else numbers[:2]
    else:  # ^0.2.3 -> <0.3: the first number that is not zero may not change
        first = next((i for i, n in enumerate(numbers) if n), len(numbers) - 1)
        kept = numbers[: first + 1]
    upper = [*kept[:-1], kept[-1] + 1]
    return [f">={text.removesuffix('.*')}", f"<{'.'.join(map(str, upper))}"]
