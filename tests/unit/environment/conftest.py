"""A package index on this machine: tiny wheels made on the spot, served as a real index serves them."""

from __future__ import annotations

import base64
import hashlib
import http.server
import io
import json
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

JSON = "application/vnd.pypi.simple.v1+json"


@dataclass
class FakeIndex:
    """Serves what was added; answers ``status`` to everything when that is set; counts what it was asked."""

    files: dict[str, bytes] = field(default_factory=dict)
    pages: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    status: int = 0
    asked: list[str] = field(default_factory=list)
    url: str = ""

    def wheel(
        self,
        name: str,
        version: str = "1.0",
        *,
        needs: tuple[str, ...] = (),
        files: dict[str, str] | None = None,
        tag: str = "py3-none-any",
        size: int | None = None,
        uploaded: str = "2026-01-01T00:00:00Z",
        scripts: str = "",
    ) -> None:
        """Publish one version."""
        module = name.replace("-", "_")
        info = f"{module}-{version}.dist-info"
        metadata = "".join(
            [f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"]
            + [f"Requires-Dist: {need}\n" for need in needs]
        )
        content = {f"{module}/__init__.py": f"version = {version!r}\n"} if files is None else dict(files)
        content[f"{info}/METADATA"] = metadata
        content[f"{info}/WHEEL"] = f"Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: {tag}\n"
        if scripts:
            content[f"{info}/entry_points.txt"] = f"[console_scripts]\n{scripts}\n"
        self.archive(name, f"{module}-{version}-{tag}.whl", zipped(content, info), size, uploaded)

    def sdist(self, name: str, version: str = "1.0") -> None:
        """Publish a version that would have to be built."""
        self.archive(name, f"{name}-{version}.tar.gz", b"no archive", None, "2026-01-01T00:00:00Z")

    def archive(self, name: str, file: str, raw: bytes, size: int | None, uploaded: str) -> None:
        """Publish a file."""
        self.files[file] = raw
        entry = {
            "filename": file,
            "url": f"../../files/{file}",
            "hashes": {"sha256": hashlib.sha256(raw).hexdigest()},
            "size": len(raw) if size is None else size,
            "upload-time": uploaded,
        }
        self.pages.setdefault(name, []).append(entry)

    def answer(self, path: str) -> tuple[int, str, bytes]:
        """Status, type and body."""
        self.asked.append(path)
        if self.status:
            return self.status, "text/plain", b"no"
        parts = path.strip("/").split("/")
        if parts[0] == "files" and parts[-1] in self.files:
            return 200, "application/octet-stream", self.files[parts[-1]]
        if parts[0] == "simple" and parts[-1] in self.pages:
            page = {"meta": {"api-version": "1.1"}, "name": parts[-1], "files": self.pages[parts[-1]]}
            return 200, JSON, json.dumps(page).encode()
        return 404, "text/plain", b"not here"


def zipped(content: dict[str, str], info: str) -> bytes:
    """A wheel with its RECORD."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        record = ""
        for path, text in content.items():
            raw = text.encode()
            archive.writestr(path, raw)
            digest = base64.urlsafe_b64encode(hashlib.sha256(raw).digest()).rstrip(b"=").decode()
            record += f"{path},sha256={digest},{len(raw)}\n"
        archive.writestr(f"{info}/RECORD", f"{record}{info}/RECORD,,\n")
    return out.getvalue()


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeIndex]:
    """An index that has the image's one package, ``basis``."""
    fake = FakeIndex()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, kind, body = fake.answer(self.path)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        do_HEAD = do_GET  # noqa: N815 - the name http.server asks for

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    fake.url = f"http://127.0.0.1:{server.server_address[1]}/simple"
    use(monkeypatch, fake.url, tmp_path)
    fake.wheel("basis", "2.0")
    fake.wheel("basis", "1.0")
    yield fake
    server.shutdown()
    server.server_close()
    thread.join()


def use(monkeypatch: pytest.MonkeyPatch, url: str, tmp_path: Path) -> None:
    """Point uv at ``url``, with a cache of its own and no second try."""
    for name in ("UV_EXTRA_INDEX_URL", "UV_FIND_LINKS", "UV_INDEX", "UV_TORCH_BACKEND", "UV_EXCLUDE_NEWER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("UV_INDEX_URL", url)
    monkeypatch.setenv("UV_DEFAULT_INDEX", url)
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "uv-cache"))
    monkeypatch.setenv("UV_LINK_MODE", "hardlink")


@pytest.fixture
def base_lock(tmp_path: Path) -> Path:
    """The image's lock: one package."""
    path = tmp_path / "base.lock"
    path.write_text(f"basis==2.0 \\\n    --hash=sha256:{'0' * 64}\n")
    return path
