"""Submission -> its packages, in a folder named by their lock. The same wishes twice are fulfilled once."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from packaging.specifiers import SpecifierSet

from harness.environment.declarations import MAX_WANTED, Declarations, Named, declarations_of
from harness.environment.index import Index
from harness.environment.record import (
    Declared,
    Environment,
    EnvironmentRecord,
    Installed,
    LeftOut,
    Loosened,
    Outcome,
)
from harness.environment.requirement import PYTHON_VERSION, Wanted
from harness.environment.resolve import Choice, entries, resolve, version_of
from harness.environment.texts import Notes
from harness.environment.unpack import told, unpack
from harness.errors import InfraError, SubmissionError
from harness.model import Finding, Severity
from harness.store import folder_being_made, write_text

PLATFORMS = {"amd64": "x86_64-manylinux_2_28", "arm64": "aarch64-manylinux_2_28"}
POLICY = "2"  # part of the key of every remembered resolution: raise it when this package decides differently
MAX_WHEEL_BYTES = 3 * 2**30
DEADLINE_S = 900.0
# The image has these under another name. Plain xgboost brings GPU libraries and is the same module.
SAME_IN_IMAGE = {"xgboost": "xgboost-cpu"}
GPU = re.compile(r"(nvidia|cuda)-.*|triton|pytorch-triton.*")
GPU_BUT_LOADED = re.compile(
    r"nvidia-.*|cuda-(?!bindings)-?.*"
)  # what PyTorch's GPU build cannot be imported without
TORCH_FIX = "set UV_TORCH_BACKEND=cpu where PyTorch's own index can be reached"


def environment_for(
    root: Path, base_lock: Path, shelf: Path, *, architecture: str = "amd64", named: Named | None = None
) -> Environment:
    """The packages the submission in ``root`` asks for beyond those of ``base_lock``, kept on ``shelf``.

    ``named``: what its Dockerfile asks for besides.

    What cannot be had is in the record, never an exception: the rest may still run.

    Raises:
        InfraError: the package index cannot be used, or the disk.
    """
    started = time.monotonic()
    declared = declarations_of(root, named)
    base_text = base_lock.read_text("utf-8")
    if architecture not in PLATFORMS:
        raise InfraError(f"no wheels are known for {architecture!r}: {', '.join(PLATFORMS)}")
    work = _Work(declared, base_text, shelf, PLATFORMS[architecture])
    record = work.record()
    folder = shelf / record.lock_digest[:24] if record.lock_digest else None
    return Environment(folder, record.model_copy(update={"seconds": round(time.monotonic() - started, 3)}))


class _Work:
    """One submission's packages under way."""

    def __init__(self, declared: Declarations, base_text: str, shelf: Path, platform: str) -> None:
        self.declared = declared
        self.base_text = base_text
        self.base = {name: version_of(entry) for name, entry in entries(base_text)[0].items()}
        self.shelf = shelf
        self.platform = platform
        self.wanted = tuple(w for w in declared.wanted if not self._same_in_image(w))

    def record(self) -> EnvironmentRecord:
        """Remembered, or made now."""
        declared, pins = self.declared, {pin.name for pin in self.declared.pins}
        if declared.too_many:
            reason = f"{declared.too_many:,} requirements; at most {MAX_WANTED} are taken"
            return self._complete(_failed(reason, self.platform))
        if not declared.wanted:
            return self._complete(_plain(Outcome.NOTHING_ASKED, self.platform))
        if all(w.name not in pins and self._in_image(w) for w in self.wanted):
            return self._complete(_plain(Outcome.AS_WRITTEN, self.platform, self._image_only()))
        remembered = self._remembered()
        if remembered is not None:
            return self._complete(remembered)
        with _one_at_a_time(self.shelf, self.key()):
            remembered = self._remembered()  # made by another one meanwhile
            if remembered is None:
                remembered = self._make()
                write_text(self._memory(), remembered.model_dump_json(indent=1) + "\n")
        return self._complete(remembered)

    def key(self) -> str:
        """Everything that a resolution depends on but the index itself."""
        facts = {
            "policy": POLICY,
            "platform": self.platform,
            "python": PYTHON_VERSION,
            "base": hashlib.sha256(self.base_text.encode()).hexdigest(),
            "wanted": [asdict(w) for w in self.declared.wanted],
            "pins": [asdict(p) for p in self.declared.pins],
            "torch": os.environ.get("UV_TORCH_BACKEND", ""),
            "newest": os.environ.get("UV_EXCLUDE_NEWER", ""),
        }
        return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()

    def _same_in_image(self, wanted: Wanted) -> bool:
        version = self.base.get(SAME_IN_IMAGE.get(wanted.name, ""))
        return version is not None and _contains(wanted.specifier, version)

    def _in_image(self, wanted: Wanted) -> bool:
        version = self.base.get(wanted.name)
        return version is not None and _contains(wanted.specifier, version)

    def _image_only(self) -> tuple[Installed, ...]:
        names = sorted({SAME_IN_IMAGE.get(w.name, w.name) for w in self.declared.wanted} & self.base.keys())
        return tuple(Installed(name=name, version=self.base[name], origin="image") for name in names)

    def _memory(self) -> Path:
        return self.shelf / "resolutions" / f"{self.key()[:32]}.json"

    def _remembered(self) -> EnvironmentRecord | None:
        with contextlib.suppress(OSError, ValueError):
            found = EnvironmentRecord.model_validate_json(self._memory().read_text("utf-8"))
            if not found.lock_digest or (self.shelf / found.lock_digest[:24]).is_dir():
                return found.model_copy(update={"resolved_now": False})
        return None

    def _make(self) -> EnvironmentRecord:
        control = next(iter(self.base), "packaging")
        index = Index(self.platform, deadline_s=DEADLINE_S, control=control)
        choice = resolve(self.wanted, self.declared.pins, self.base_text, index)
        notes = Notes()
        loosened, left_out = _losses(choice, notes)
        if choice.problem or not choice.lock:
            reason = choice.problem or "nothing that is asked for can be had"
            failed = _failed(f"{reason}: {_reasons(left_out)}", self.platform)
            return failed.model_copy(update={"left_out": left_out, "findings": notes.all()})
        added = {n: e for n, e in choice.lock.items() if version_of(e) != self.base.get(n)}
        _without_gpu(added, notes)
        outcome = Outcome.PARTIAL if left_out else Outcome.LOOSENED if loosened else Outcome.AS_WRITTEN
        installed = tuple(
            Installed(name=n, version=version_of(e), origin="added" if n in added else "image")
            for n, e in sorted(choice.lock.items())
            if n in added or version_of(e) == self.base.get(n)
        )
        record = _plain(outcome, self.platform, installed).model_copy(
            update={"loosened": loosened, "left_out": left_out, "findings": notes.all()}
        )
        return self._put_on_shelf(added, record, index) if added else record

    def _put_on_shelf(
        self, added: dict[str, str], record: EnvironmentRecord, index: Index
    ) -> EnvironmentRecord:
        text = "".join(added[name] for name in sorted(added))
        digest = hashlib.sha256(f"{POLICY} {PYTHON_VERSION} {self.platform}\n{text}".encode()).hexdigest()
        folder = self.shelf / digest[:24]
        sizes = _sizes(index.files("\n".join(f"{n}=={version_of(e)}" for n, e in added.items())))
        total = sum(sizes.values())
        try:
            if total > MAX_WHEEL_BYTES:
                raise SubmissionError(_too_large(total, sizes))
            if not folder.is_dir():
                with folder_being_made(folder) as temporary:
                    unpack(text, temporary, index, wheel_bytes=total)
        except SubmissionError as error:
            image = tuple(package for package in record.installed if package.origin == "image")
            lost = {"outcome": Outcome.FAILED, "reason": str(error), "installed": image, "wheel_bytes": total}
            return record.model_copy(update=lost)
        findings = (*record.findings, *told(folder))
        return record.model_copy(update={"lock_digest": digest, "wheel_bytes": total, "findings": findings})

    def _complete(self, record: EnvironmentRecord) -> EnvironmentRecord:
        """With what was declared where, which is told anew for each submission."""
        declared, pins = self.declared, {pin.name for pin in self.declared.pins}
        listed = tuple(
            Declared(
                name=w.name, specifier=w.specifier, pinned=bool(w.pinned) or w.name in pins, scope=w.scope,
                file=w.file, line=w.line,
            )
            for w in declared.wanted
        )  # fmt: skip
        share = round(sum(d.pinned for d in listed) / len(listed), 4) if listed else None
        return record.model_copy(
            update={
                "sources": declared.sources,
                "lock_file": declared.lock_file,
                "declared": listed,
                "pinned_share": share,
                "findings": (*declared.findings, *record.findings, *_of_failure(record)),
            }
        )


def _plain(outcome: Outcome, platform: str, installed: tuple[Installed, ...] = ()) -> EnvironmentRecord:
    return EnvironmentRecord(outcome=outcome, python=PYTHON_VERSION, platform=platform, installed=installed)


def _failed(reason: str, platform: str) -> EnvironmentRecord:
    return EnvironmentRecord(outcome=Outcome.FAILED, reason=reason, python=PYTHON_VERSION, platform=platform)


def _of_failure(record: EnvironmentRecord) -> tuple[Finding, ...]:
    if record.outcome is not Outcome.FAILED:
        return ()
    what = f"only the image's own packages are there: {record.reason}"
    fix = "try `pip install -r requirements.txt` in a fresh environment"
    return (Finding(what=what[:2000], severity=Severity.MAJOR, fix=fix, rule="environment.failed"),)


def _contains(specifier: str, version: str) -> bool:
    return SpecifierSet(specifier).contains(version, prereleases=True)


def _losses(choice: Choice, notes: Notes) -> tuple[tuple[Loosened, ...], tuple[LeftOut, ...]]:
    """What is there in another version, and what is not there."""
    loosened, left_out = [], []
    for rung in choice.rungs:
        wanted = rung.wanted
        file, line = wanted.file, wanted.line
        if rung.gone:
            left_out.append(LeftOut(name=wanted.name, why=rung.why, file=file, line=line))
            what = f"{wanted.name} was left out: {rung.why}"
            notes.add("package.left-out", what, file=file, line=line, severity=Severity.MAJOR)
        elif rung.at and choice.lock:
            got, asked = version_of(choice.lock.get(wanted.name, "")), rung.ladder[0]
            if got and asked and not _contains(asked, got):
                loosened.append(Loosened(name=wanted.name, asked=asked, got=got, file=file, line=line))
                what = f"{wanted.name}{asked} cannot be installed ({rung.why}); {wanted.name}=={got} was"
                notes.add("pin.loosened", what, file=file, line=line, fix=f"ask for {wanted.name}=={got}")
    for pin in choice.pins_dropped:
        got = version_of(choice.lock.get(pin.name, ""))
        if got and got != pin.pinned:
            asked = f"=={pin.pinned}"
            loosened.append(Loosened(name=pin.name, asked=asked, got=got, file=pin.file, line=pin.line))
            what = f"{pin.name}{asked} of the lock cannot be installed; {pin.name}=={got} was"
            notes.add("pin.loosened", what, file=pin.file, line=pin.line, fix="make the lock anew")
    if choice.bounds:
        what = "numpy was kept below 2: wheels that were built before it do not load with it"
        notes.add("package.numpy-1", what, severity=Severity.INFO, fix="pin numpy beside the old versions")
    return tuple(loosened), tuple(left_out)


def _reasons(left_out: tuple[LeftOut, ...]) -> str:
    return "; ".join(f"{lost.name}: {lost.why}" for lost in left_out[:5])


def _without_gpu(added: dict[str, str], notes: Notes) -> None:
    """Take GPU libraries out of what is to be installed: there is no GPU, and they are gigabytes."""
    with_torch = "torch" in added and "+cpu" not in version_of(added["torch"])
    for name in sorted(added):
        if GPU.fullmatch(name) and not (with_torch and GPU_BUT_LOADED.fullmatch(name)):
            del added[name]
    if with_torch and any(GPU.fullmatch(name) for name in added):
        what = "PyTorch is the build for GPUs, with gigabytes of libraries that are not used here"
        notes.add("package.gpu", what, severity=Severity.INFO, fix=TORCH_FIX)


def _sizes(pylock: str) -> dict[str, int]:
    """name -> bytes of its largest wheel, of a pylock table; {} where the index does not say."""
    found = {}
    for block in pylock.split("[[packages]]")[1:]:
        name = re.search(r'name = "([^"]+)"', block)
        sizes = [int(size) for size in re.findall(r"\bsize = (\d{1,15})", block)]
        if name and sizes:
            found[name[1]] = max(sizes)
    return found


def _too_large(total: int, sizes: dict[str, int]) -> str:
    largest = sorted(sizes, key=lambda name: -sizes[name])[:3]
    listed = ", ".join(f"{name} {sizes[name] / 2**20:,.0f} MiB" for name in largest)
    limit = MAX_WHEEL_BYTES / 2**30
    return f"the packages are {total / 2**30:.1f} GiB to download, at most {limit:.0f} are taken ({listed})"


@contextlib.contextmanager
def _one_at_a_time(shelf: Path, key: str) -> Iterator[None]:
    """Twenty submissions with the same wishes ask the index once; where there is no flock, twenty times."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    path = shelf / "resolutions" / f".{key[:32]}.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    while True:
        with path.open("a") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            try:
                same = path.stat().st_ino == os.fstat(held.fileno()).st_ino
            except FileNotFoundError:
                same = False
            if not same:
                continue  # its last holder removed it while we waited
            try:
                yield
            finally:
                path.unlink(missing_ok=True)
            return
