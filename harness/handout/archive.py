"""A folder -> the same zip, byte for byte, on every machine and every day."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip can name
UNIX = 3


def write_zip(folder: Path, archive: Path) -> None:
    """Pack ``folder`` under its own name. Stored and not deflated: zlib's bytes differ between its builds."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as out:
        named = {p.relative_to(folder.parent).as_posix(): p for p in folder.rglob("*") if p.is_file()}
        for name, path in sorted(named.items()):
            entry = zipfile.ZipInfo(name, DAY)
            entry.create_system = UNIX
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            out.writestr(entry, path.read_bytes())
