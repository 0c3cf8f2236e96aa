"""Wheels without an index: a third party's, and our own as pyproject.toml describes it."""

from __future__ import annotations

import base64
import hashlib
import shutil
import tomllib
import zipfile
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def third_party(
    site: Path, name: str, files: Mapping[str, str], points: Mapping[str, str], *, version: str = "1.4"
) -> Path:
    """A real wheel of ``files``, unpacked into ``site`` as an installer does; ``points``: its graders."""
    info = f"{name.replace('-', '_')}-{version}.dist-info"
    listed = "".join(f"{point} = {value}\n" for point, value in points.items())
    parts = dict(files) | {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: a test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": f"[takehome.graders]\n{listed}",
    }
    record = "".join(f"{path},sha256={_sha256(text)},{len(text.encode())}\n" for path, text in parts.items())
    site.mkdir(parents=True, exist_ok=True)
    wheel = site.parent / f"{name.replace('-', '_')}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as packed:
        for path, text in (parts | {f"{info}/RECORD": f"{record}{info}/RECORD,,\n"}).items():
            packed.writestr(path, text)
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(site)
    return wheel


def our_wheel(site: Path) -> Path:
    """What our own wheel holds, by what pyproject.toml lists; nothing else of the checkout."""
    setuptools = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]
    for package in setuptools["packages"]:
        source = ROOT / setuptools["package-dir"].get(package, package.replace(".", "/"))
        target = site / package.replace(".", "/")
        for pattern in (
            "*.py" if package not in setuptools["package-dir"] else "",
            *_data(setuptools, package),
        ):
            for path in sorted(source.glob(pattern) if pattern else ()):
                if path.is_file():
                    copy = target / path.relative_to(source)
                    copy.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(path, copy)
    return site


def _data(setuptools: Mapping[str, Mapping[str, list[str]]], package: str) -> list[str]:
    return setuptools["package-data"].get(package, [])


def _sha256(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")
