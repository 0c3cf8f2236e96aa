"""A real git server behind TLS: the login reaches it in one header only, and trouble has the right owner."""

from __future__ import annotations

import base64
import os
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from harness.errors import InfraError, SubmissionError
from harness.intake import Caps, intake

LOGIN = "ann:s3cret-token"
pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl to make a certificate with")


@dataclass
class Served:
    """What the handlers share."""

    root: Path
    open_to_all: bool = True
    redirect_to: str = ""
    silent: bool = False
    seen: list[str] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)


class Handler(BaseHTTPRequestHandler):
    """``git http-backend`` as its manual has it."""

    served: Served

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        authorization = self.headers.get("Authorization", "")
        self.served.seen.append(f"{self.path} {authorization}")
        if self.served.redirect_to:
            return self._plain(302, {"Location": f"{self.served.redirect_to}{self.path}"})
        if (
            not self.served.open_to_all
            and authorization != f"Basic {base64.b64encode(LOGIN.encode()).decode()}"
        ):
            return self._plain(401, {"WWW-Authenticate": 'Basic realm="x"'})
        if self.served.silent and self.command == "POST":
            return self._hang()
        return self._backend()

    def _plain(self, code: int, headers: dict[str, str]) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _hang(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.served.stopped.wait(30)

    def _backend(self) -> None:
        path, _, query = self.path.partition("?")
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        environment = {
            "PATH": os.environ["PATH"], "GIT_PROJECT_ROOT": str(self.served.root), "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
            "PATH_INFO": path, "QUERY_STRING": query, "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""), "CONTENT_LENGTH": str(len(body)),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
        }  # fmt: skip
        done = subprocess.run(
            ("git", "http-backend"), input=body, env=environment, capture_output=True, check=False
        )
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n") if line)
        self.send_response(int(headers.pop("Status", "200").split()[0]))
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Silent."""


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    argv = (
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "1",
        "-subj",
        "/CN=localhost",
    )
    names = ("-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(cert))
    subprocess.run((*argv, *names), check=True, capture_output=True)
    monkeypatch.setenv("GIT_SSL_CAINFO", str(cert))
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return key, cert


@pytest.fixture
def served(repository: Path, certificate: tuple[Path, Path]) -> Iterator[tuple[Served, str]]:
    """The server's behaviour, and the address it answers at."""
    behaviour = Served(repository.parent)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"served": behaviour}))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate[1], certificate[0])
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield behaviour, f"localhost:{server.server_port}"
    behaviour.stopped.set()
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_public_repository_is_cloned_at_a_ref(served: tuple[Served, str], tmp_path: Path) -> None:
    address = f"https://{served[1]}/theirs/.git"
    assert intake(address, tmp_path / "1" / "submission").files == 4
    assert intake(f"{address}#first", tmp_path / "2" / "submission").files == 3


def test_a_private_one_is_cloned_with_its_login_which_is_left_nowhere(
    served: tuple[Served, str], tmp_path: Path
) -> None:
    behaviour, host = served
    behaviour.open_to_all = False
    taken = intake(f"https://{LOGIN}@{host}/theirs/.git", tmp_path / "run" / "submission")
    assert taken.files == 4
    word = base64.b64encode(LOGIN.encode())
    for path in (tmp_path / "run").rglob("*"):
        assert path.is_dir() or not any(secret in path.read_bytes() for secret in (b"s3cret-token", word))
    assert "s3cret" not in taken.model_dump_json()


@pytest.mark.parametrize("login", ["", "ann:wrong@"])
def test_a_private_one_without_its_login_is_refused_with_a_hint(
    served: tuple[Served, str], tmp_path: Path, login: str
) -> None:
    behaviour, host = served
    behaviour.open_to_all = False
    with pytest.raises(SubmissionError, match="not there, or not to be read") as refusal:
        intake(f"https://{login}{host}/theirs/.git", tmp_path / "run" / "submission")
    assert "USER:TOKEN@" in refusal.value.hint
    assert "wrong" not in str(refusal.value)


def test_a_repository_that_is_not_there_is_the_candidates(served: tuple[Served, str], tmp_path: Path) -> None:
    with pytest.raises(SubmissionError, match="not there, or not to be read"):
        intake(f"https://{served[1]}/nobody/.git", tmp_path / "run" / "submission")


def test_a_login_is_not_carried_to_where_a_server_sends_us(
    served: tuple[Served, str], tmp_path: Path
) -> None:
    behaviour, host = served
    behaviour.redirect_to = f"https://{host}/elsewhere"
    with pytest.raises((SubmissionError, InfraError)):
        intake(f"https://{LOGIN}@{host}/theirs/.git", tmp_path / "run" / "submission")
    assert not any(line.startswith("/elsewhere") for line in behaviour.seen)


def test_a_redirect_to_another_protocol_is_not_followed(served: tuple[Served, str], tmp_path: Path) -> None:
    behaviour, host = served
    behaviour.redirect_to = f"http://{host}"
    with pytest.raises((SubmissionError, InfraError)):
        intake(f"https://{host}/theirs/.git", tmp_path / "run" / "submission")
    assert len(behaviour.seen) == 1


def test_a_certificate_that_nobody_vouches_for_is_not_the_candidates_fault(
    served: tuple[Served, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GIT_SSL_CAINFO")
    with pytest.raises(InfraError, match="the server could not be reached"):
        intake(f"https://{served[1]}/theirs/.git", tmp_path / "run" / "submission")


def test_a_server_that_falls_silent_is_left_at_the_deadline_and_nobody_blamed(
    served: tuple[Served, str], tmp_path: Path
) -> None:
    behaviour, host = served
    behaviour.silent = True
    with pytest.raises(InfraError, match="needs more than 3 s"):
        intake(f"https://{host}/theirs/.git", tmp_path / "run" / "submission", caps=Caps(seconds=3))
    assert list((tmp_path / "run").iterdir()) == []
