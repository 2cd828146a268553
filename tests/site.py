"""Another site on this machine, in place of the outside network: what it answers is written by the test."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Said:
    """One answer."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Request:
    """One request that came."""

    path: str
    """With its query."""
    headers: Mapping[str, str]
    at: float
    """Moment on the monotonic clock."""
    status: int
    """What it was answered."""
    method: str = "GET"


Answers = Said | str | bytes | Callable[[Mapping[str, str]], Said]


class Site:
    """The server: what its paths answer, and what it was asked.

    An answer may be text, bytes, a `Said`, or a function of the query. Good answers carry an ETag, and a request
    that knows it is answered with 304.
    """

    def __init__(self) -> None:
        self.answers: dict[str, Answers] = {}
        self.requests: list[Request] = []
        self.headless: set[str] = set()
        """Paths at which HEAD is not known."""
        self.address = ""

    def put(self, path: str, answer: Answers, **headers: str) -> str:
        """Let `path` answer so; returns its address."""
        if headers and isinstance(answer, str | bytes):
            body = answer.encode() if isinstance(answer, str) else answer
            answer = Said(body, headers={name.replace("_", "-"): value for name, value in headers.items()})
        self.answers[path] = answer
        return self.address + path

    def asked(self, path: str) -> list[int]:
        """With which status each request for `path` was answered; its query counts only where `path` has one."""
        whole = "?" in path
        return [each.status for each in self.requests if (each.path if whole else each.path.split("?")[0]) == path]

    def answer(self, path: str, headers: Mapping[str, str]) -> Said:
        """What this server says to a request."""
        parts = urlsplit(path)
        found = self.answers.get(parts.path, Said(b"no such page", 404))
        said = found(dict(parse_qsl(parts.query))) if callable(found) else found
        if isinstance(said, str | bytes):
            said = Said(said.encode() if isinstance(said, str) else said)
        if said.status == 200:
            tag = f'"{sha256(said.body).hexdigest()[:16]}"'
            if headers.get("If-None-Match") == tag:
                return Said(b"", 304, {"ETag": tag})
            said = Said(said.body, 200, {"ETag": tag, **said.headers})
        return said


_WORDS = (
    "peer",
    "worker",
    "support",
    "hope",
    "group",
    "listen",
    "carer",
    "plan",
    "story",
    "learn",
    "trust",
    "choice",
)


def some_words(seed: str, count: int = 120) -> str:
    """Words in an order that only `seed` has."""
    return " ".join(Random(seed).choices(_WORDS, k=count))


@contextlib.contextmanager
def serving() -> Iterator[Site]:
    """A site, for as long as the block lasts."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_HEAD(self) -> None:
            self.do_GET()

        def do_GET(self) -> None:
            moment = time.monotonic()
            said = site.answer(self.path, self.headers)  # type: ignore[arg-type]
            if self.command == "HEAD" and urlsplit(self.path).path in site.headless:
                said = Said(b"no such method", 405)
            site.requests.append(Request(self.path, dict(self.headers), moment, said.status, self.command))
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                self.send_response(said.status)
                for name, value in {"Content-Length": str(len(said.body)), **said.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(said.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in http.server
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    site.address = f"http://127.0.0.1:{server.server_port}"
    yield site
    server.shutdown()
    server.server_close()
    thread.join()
