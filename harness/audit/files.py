"""What files say beside their content: headers, archive members, links, times of files that are rows."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from harness.audit.findings import Chance, Measured, Noted, Weight
from harness.audit.laid import Laid
from harness.audit.leftovers import HANDED_OUT, SEALED_COLUMNS
from harness.audit.signal import enough, rank_test

SCAN = "files"
USUAL_KEYS = (b"pandas", b"ARROW:schema")
LEAST_FILES = 40  # in one folder and named by ids: each file is a row
GZIP_NAME = 0x08


def scan(laid: Laid) -> Measured:
    """Every file that is handed out."""
    measured = Measured()
    for top in HANDED_OUT:
        for path in sorted((laid.folder / top).rglob("*")):
            measured.noted += list(_told(path, path.relative_to(laid.folder).as_posix(), laid))
            if path.is_dir():
                _files_as_rows(path, laid, measured)
    return measured


def _told(path: Path, at: str, laid: Laid) -> Iterator[Noted]:
    if path.is_symlink():
        yield _odd(at, f"a link to {path.readlink()}", "write a regular file")
    elif path.name.startswith(".") or path.name.startswith("~"):
        yield _odd(at, "a hidden file that nobody meant to send", "remove it")
    elif path.suffix == ".parquet":
        yield from _parquet(path, at)
    elif path.suffix == ".gz":
        yield from _gzip(path, at)
    elif path.suffix == ".zip":
        yield from _zip(path, at, laid)


def _parquet(path: Path, at: str) -> Iterator[Noted]:
    schema = pq.read_schema(path)
    for key in sorted(set(schema.metadata or {}) - set(USUAL_KEYS)):
        yield _odd(
            at,
            f"its metadata has a key {key.decode(errors='replace')!r}",
            "write it without metadata of ours",
        )
    about_pandas = (schema.metadata or {}).get(b"pandas", b"").decode(errors="replace")
    for name in SEALED_COLUMNS:
        if f'"name": "{name}"' in about_pandas and name not in schema.names:
            yield _odd(
                at, f"its metadata still knows a column {name!r}", "write it with preserve_index=False"
            )


def _gzip(path: Path, at: str) -> Iterator[Noted]:
    head = path.read_bytes()[:10]
    if len(head) == 10 and (int.from_bytes(head[4:8], "little") or head[3] & GZIP_NAME):
        yield _odd(at, "its header has a time or a name", "compress with mtime=0 and no name")


def _zip(path: Path, at: str, laid: Laid) -> Iterator[Noted]:
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        comment = archive.comment
    if comment or any(m.comment for m in members):
        yield _odd(at, "it carries a comment", "write it without comments")
    if len({m.date_time for m in members}) > 1:
        yield _odd(at, "its members have different times", "give every member the same date_time")
    label = _by_id(laid).reindex([Path(m.filename).stem for m in members]).dropna()
    if len(label) >= LEAST_FILES and enough(found := label.to_numpy(dtype=np.bool_)):
        auc, p = rank_test(found, np.arange(found.size, dtype=np.float64))
        if p < 1e-6:
            yield _odd(
                at, f"the order of its members tells the label (AUC {auc:.3f})", "sort members by name"
            )


def _files_as_rows(folder: Path, laid: Laid, measured: Measured) -> None:
    """Where a file is a row: its time and its place in the folder's own order against the label."""
    files = [p for p in folder.iterdir() if p.is_file()]
    label = _by_id(laid).reindex([p.stem for p in files])
    known = label.notna().to_numpy()
    if known.sum() < LEAST_FILES or not enough(found := label[known].to_numpy(dtype=np.bool_)):
        return
    at = folder.relative_to(laid.folder).as_posix()
    times = np.array([p.stat().st_mtime_ns for p in files], dtype=np.float64)[known]
    act = "write the files in an order drawn after the labels, then set one time on all (os.utime)"
    for what, values in (
        ("the time of a file", times),
        ("the suffix and mode of a file", _modes(files)[known]),
    ):
        auc, p = rank_test(found, values)
        measured.chances.append(Chance(SCAN, at, "", f"{what} tells the label", "AUC", auc, p, act))


def _modes(files: list[Path]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([p.stat().st_mode + sum(p.suffix.encode()) * 1e6 for p in files], dtype=np.float64)


def _by_id(laid: Laid) -> pd.Series[bool]:
    parts = [pd.Series(p.label, index=p.main[laid.about.id]) for p in laid.parts]
    together = pd.concat(parts)
    first: pd.Series[bool] = together[~together.index.duplicated()]
    return first


def _odd(at: str, what: str, act: str) -> Noted:
    return Noted(
        scan=SCAN,
        weight=Weight.FLAW,
        table=at,
        what=what,
        act=act,
        source="a data file carries its data only",
    )
