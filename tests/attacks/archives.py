"""A folder -> an archive that no careful extractor takes, and three that it must."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

WHEN = (2026, 1, 1, 0, 0, 0)
ZEROS = b"\0" * (1 << 20)


def honest_zip(folder: Path) -> Path:
    return _zip(folder, top="churn-main/")


def honest_mac_zip(folder: Path) -> Path:
    litter = {"__MACOSX/churn/._train.py": b"\0\5\x16\7", "churn/.DS_Store": b"\0\0\0\1Bud1"}
    return _zip(folder, top="churn/", more=litter.items())


def honest_tar_gz(folder: Path) -> Path:
    sent = folder.with_name("sent.tar.gz")
    with tarfile.open(sent, "w:gz") as archive:
        for path in _files(folder):
            archive.add(path, path.relative_to(folder).as_posix())
    return sent


# ---- zip


def zip_slip(folder: Path) -> Path:
    names = (
        "../../../../escaped.txt",
        "/escaped-absolute.txt",
        "a/../../../escaped-middle.txt",
        "C:\\escaped.txt",
    )
    return _zip(folder, more=[(name, b"out") for name in names])


def zip_bomb(folder: Path) -> Path:
    sent = _zip(folder)
    with zipfile.ZipFile(sent, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("zeros.bin", "w") as file:
        for _ in range(2_000):
            file.write(ZEROS)
    return sent


def zip_bomb_nested(folder: Path) -> Path:
    layer = ZEROS * 100
    for n in range(4):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
            for k in range(8 if n else 1):
                archive.writestr(f"{n}-{k}.zip", layer)
        layer = held.getvalue()
    sent = folder.with_name("sent.zip")
    sent.write_bytes(layer)
    return sent


def zip_overlapping(folder: Path) -> Path:
    """One compressed stream of 20 MB, and a directory of 1,000 entries that all point at it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = b"".join(packer.compress(ZEROS) for _ in range(20)) + packer.flush()
    crc = 0
    for _ in range(20):
        crc = zlib.crc32(ZEROS, crc)
    return _by_hand(folder, [(f"{n:04}.bin".encode(), 0) for n in range(1_000)], body, crc, size=20 << 20)


def zip_lying_size(folder: Path) -> Path:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = b"".join(packer.compress(ZEROS) for _ in range(400)) + packer.flush()
    return _by_hand(folder, [(b"small.txt", 0)], body, zlib.crc32(b"0123456789"), size=10)


def zip_many_entries(folder: Path) -> Path:
    return _zip(folder, more=((f"f{n}", b"") for n in range(100_000)))


def zip_hostile_names(folder: Path) -> Path:
    names = (
        "a\x1b[2Jb.py",
        "a\nb.py",
        "back\\slash.py",
        "\u202egpj.py",
        "nul\0byte.py",
        "CON",
        "trail. ",
        "a:b",
        "~",
        "x" * 300,
    )
    return _zip(folder, more=[(name, b"x") for name in names])


def zip_same_name_twice(folder: Path) -> Path:
    sent = _zip(folder)
    with zipfile.ZipFile(sent, "a") as archive:
        archive.writestr(_info("model.py"), b"print('the other one')\n")
    return sent


def zip_names_collide(folder: Path) -> Path:
    return _zip(
        folder, more=[("MODEL.py", b"x"), ("Model.PY", b"y"), ("caf\u00e9.py", b"x"), ("cafe\u0301.py", b"y")]
    )


def zip_symlink(folder: Path) -> Path:
    sent = _zip(folder)
    with zipfile.ZipFile(sent, "a") as archive:
        for name, target in (("passwd.txt", b"/etc/passwd"), ("up", b"../../../..")):
            link = _info(name)
            link.create_system, link.external_attr = 3, 0o120777 << 16
            archive.writestr(link, target)
        archive.writestr(_info("up/escaped.txt"), b"out")
    return sent


def zip_cut(folder: Path) -> Path:
    sent = _zip(folder)
    whole = sent.read_bytes()
    sent.write_bytes(whole[: len(whole) // 2])
    return sent


def zip_deep(folder: Path) -> Path:
    return _zip(folder, more=[("d/" * 4_000 + "x.py", b"x")])


# ---- tar


def tar_slip(folder: Path) -> Path:
    names = ("../../../../escaped.txt", "/tmp/escaped-absolute.txt", "a/../../../escaped-middle.txt")
    return _tar(folder, [_member(name, size=3) for name in names])


def tar_link_then_write(folder: Path) -> Path:
    link = _member("out", kind=tarfile.SYMTYPE, target="/tmp")
    return _tar(folder, [link, _member("out/escaped.txt", size=3)])


def tar_hard_link(folder: Path) -> Path:
    targets = ("/etc/passwd", "../../../../etc/passwd", "model.py")
    return _tar(folder, [_member(f"hard{n}", kind=tarfile.LNKTYPE, target=t) for n, t in enumerate(targets)])


def tar_devices(folder: Path) -> Path:
    disk = _member("disk", kind=tarfile.BLKTYPE)
    disk.devmajor, disk.devminor = 8, 0
    program = _member("program", size=3)
    program.mode, program.uid, program.uname = 0o6755, 0, "root"
    return _tar(
        folder, [disk, _member("null", kind=tarfile.CHRTYPE), _member("pipe", kind=tarfile.FIFOTYPE), program]
    )


def tar_links_chained(folder: Path) -> Path:
    """Each link stays inside when looked at alone; the last is followed through the others."""
    a = _member("a/b/c", kind=tarfile.SYMTYPE, target=".")
    b = _member("a/b/c/up", kind=tarfile.SYMTYPE, target="../..")
    c = _member("a/out", kind=tarfile.SYMTYPE, target="b/c/up/../..")
    return _tar(folder, [a, b, c, _member("a/out/escaped.txt", size=3)])


def tar_sparse(folder: Path) -> Path:
    hole = tarfile.TarInfo("hole.bin")
    hole.pax_headers = {
        "GNU.sparse.major": "1",
        "GNU.sparse.minor": "0",
        "GNU.sparse.name": "hole.bin",
        "GNU.sparse.realsize": str(1 << 40),
    }
    hole.size = 512
    return _tar(folder, [hole])


def gzip_bomb(folder: Path) -> Path:
    sent = folder.with_name("sent.tar.gz")
    with gzip.open(sent, "wb", compresslevel=9) as file:
        head = tarfile.TarInfo("zeros.bin")
        head.size = 4 << 30
        file.write(head.tobuf())
        for _ in range(4_096):
            file.write(ZEROS)
    return sent


# ---- how they are made


def _files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file())


def _zip(folder: Path, *, top: str = "", more: Iterable[tuple[str, bytes]] = ()) -> Path:
    sent = folder.with_name("sent.zip")
    with zipfile.ZipFile(sent, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in _files(folder):
            archive.write(path, top + path.relative_to(folder).as_posix())
        for name, content in more:
            archive.writestr(_info(name), content)
    return sent


def _info(name: str) -> zipfile.ZipInfo:
    """With the name as it is: the library cuts names at NUL and turns backslashes."""
    info = zipfile.ZipInfo("x", WHEN)
    info.filename = name
    return info


def _by_hand(folder: Path, names: list[tuple[bytes, int]], body: bytes, crc: int, *, size: int) -> Path:
    """One local entry, and a central directory whose entries all point at it."""
    local = struct.pack(
        "<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 0x5C21, crc, len(body), size, len(names[0][0]), 0
    )
    held = local + names[0][0] + body
    listing = b""
    for name, offset in names:
        listing += struct.pack(
            "<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 0x5C21, crc, len(body), size, len(name), 0, 0, 0, 0, 0, offset
        ) + name  # fmt: skip
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, len(names), len(names), len(listing), len(held), 0)
    sent = folder.with_name("sent.zip")
    sent.write_bytes(held + listing + end)
    return sent


def _tar(folder: Path, more: list[tarfile.TarInfo]) -> Path:
    sent = folder.with_name("sent.tar.gz")
    with tarfile.open(sent, "w:gz") as archive:
        for path in _files(folder):
            archive.add(path, path.relative_to(folder).as_posix())
        for member in more:
            archive.addfile(member, io.BytesIO(b"x" * member.size))
    return sent


def _member(name: str, *, kind: bytes = tarfile.REGTYPE, target: str = "", size: int = 0) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname, member.size = kind, target, size
    member.mtime = time.mktime((2026, 1, 1, 0, 0, 0, 0, 0, 0))
    return member


ARCHIVES: dict[str, Callable[[Path], Path | None]] = {
    builder.__name__: builder
    for builder in (
        honest_zip, honest_mac_zip, honest_tar_gz, zip_slip, zip_bomb, zip_bomb_nested, zip_overlapping, zip_lying_size,
        zip_many_entries, zip_hostile_names, zip_same_name_twice, zip_names_collide, zip_symlink, zip_cut, zip_deep,
        tar_slip, tar_link_then_write, tar_hard_link, tar_devices, tar_links_chained, tar_sparse, gzip_bomb,
    )
}  # fmt: skip
