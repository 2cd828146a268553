"""Real documents, and a real server on this machine in place of the outside network."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

FILES = Path(__file__).resolve().parent.parent / "files"


@pytest.fixture(autouse=True)
def _readers_last() -> None:
    """Not here: where readers come from is what is tested."""


@pytest.fixture(scope="session")
def files() -> Path:
    """The folder of documents named by what is special in them."""
    return FILES


@dataclass(frozen=True)
class Server:
    address: str
    hosts: list[str]
    """The Host header of each request, in order."""

    def __call__(self, path: str) -> str:
        return self.address + path


class _Answers(BaseHTTPRequestHandler):
    """Each path behaves as its name says."""

    protocol_version = "HTTP/1.1"
    hosts: list[str]

    def do_GET(self) -> None:
        self.server.hosts.append(self.headers["Host"])  # type: ignore[attr-defined]
        name = self.path.strip("/").split("/")[0].replace("-", "_").split(".")[0]
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            getattr(self, f"say_{name}")()

    def say_guide(self) -> None:
        self._send(200, (FILES / "guide-with-furniture.html").read_bytes(), {"Content-Type": "application/pdf"})

    def say_attached(self) -> None:
        name = 'attachment; filename="../../etc/the charter.docx"'
        self._send(200, (FILES / "charter.docx").read_bytes(), {"Content-Disposition": name})

    def say_empty(self) -> None:
        self._send(200, b"", {})

    def say_gone(self) -> None:
        self._send(404, b"no such page", {})

    def say_fault(self) -> None:
        self._send(500, b"oh dear", {})

    def say_moved(self) -> None:
        self._send(302, b"", {"Location": "/guide.html#top"})

    def say_round(self) -> None:
        self._send(302, b"", {"Location": "/round"})

    def say_inside(self) -> None:
        self._send(302, b"", {"Location": "http://10.0.0.1/secret"})

    def say_elsewhere(self) -> None:
        self._send(302, b"", {"Location": "file:///etc/passwd"})

    def say_announced(self) -> None:
        self._send(200, b"", {"Content-Length": str(1 << 40)})

    def say_endless(self) -> None:
        self._begin()
        while True:
            self.wfile.write(b"words and more words\n" * 500)

    def say_slow(self) -> None:
        self._begin()
        while True:
            self.wfile.write(b".")
            time.sleep(0.05)

    def say_slow_head(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            self.wfile.write(b"X-Wait: yes\r\n")
            time.sleep(0.05)

    def say_broken(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "5000")
        self.end_headers()
        self.wfile.write(b"only the beginning")
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""

    def _begin(self) -> None:
        self.close_connection = True
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A web server that behaves well and badly (see `_Answers`)."""
    web = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    web.daemon_threads = True
    web.hosts = []  # type: ignore[attr-defined]
    web.handle_error = lambda *_: None  # type: ignore[method-assign]
    thread = threading.Thread(target=web.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield Server(f"http://127.0.0.1:{web.server_address[1]}", web.hosts)  # type: ignore[attr-defined]
    web.shutdown()
    web.server_close()


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of a server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
