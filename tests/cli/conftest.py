"""A real web server on this machine, in place of the outside network, and real child processes."""

from __future__ import annotations

import http.server
import json
import os
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

import pytest

from tests.conftest import Ran, Run

Put = Callable[[str, str | bytes], Path]
SHOWN = ("--kind", "guideline", "--audience", "staff")


class _Pages(http.server.BaseHTTPRequestHandler):
    """Answers by path; what a page holds can be changed between requests."""

    pages: ClassVar[dict[str, str]] = {}
    released = threading.Event()

    def do_GET(self) -> None:
        if self.path == "/silent":
            self.released.wait(20)
        elif self.path.startswith("/round"):
            self.send_response(302)
            self.send_header("Location", f"/round{time.monotonic_ns()}")
            self.end_headers()
        elif self.path == "/endless":
            self._send_without_end()
        elif self.path in self.pages:
            self._answer(200, self.pages[self.path])
        else:
            self._answer(500 if self.path == "/broken" else 404, "no")

    def _answer(self, status: int, content: str) -> None:
        body = content.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _send_without_end(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        try:
            for _ in range(400):
                self.wfile.write(b"peer support " * 800)
        except OSError:
            return  # the reader has had enough, as it should

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in http.server
        """Say nothing."""


class Site:
    """The server: its address, and what its pages hold."""

    def __init__(self, address: str) -> None:
        self.address = address

    def put(self, path: str, content: str) -> str:
        """Let `path` hold `content`; returns its address."""
        _Pages.pages[path] = content
        return self.address + path

    def __truediv__(self, path: str) -> str:
        return f"{self.address}/{path}"


@pytest.fixture
def site() -> Iterator[Site]:
    """A web server on the loopback address."""
    _Pages.pages.clear()
    _Pages.released.clear()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.server_port}")
    _Pages.released.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def child(tmp_path: Path) -> Callable[..., Ran]:
    """Run a command as a program of its own, as a person or another program would."""
    root = str(Path(__file__).parents[2])

    def command(*arguments: object, **settings: str) -> Ran:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("CLEARINGHOUSE_")}
        ended = subprocess.run(
            [sys.executable, "-m", "clearinghouse", *map(str, arguments)],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            cwd=tmp_path,
            env={**kept, "PYTHONPATH": root, **{f"CLEARINGHOUSE_{name}": each for name, each in settings.items()}},
        )
        return Ran(ended.returncode, ended.stdout, ended.stderr)

    return command


@pytest.fixture
def no_file_grows_past(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs a command on a system that lets no file grow past so many bytes, as a full disk would not."""
    if resource.getrlimit(resource.RLIMIT_FSIZE)[1] != resource.RLIM_INFINITY:
        pytest.skip("Files are limited here already.")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CLEARINGHOUSE_")}
    root = str(Path(__file__).parents[2])

    def command(most: int, *arguments: object) -> subprocess.CompletedProcess[str]:
        limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most})); "
        run = "from clearinghouse.cli import main; main(prog_name='clearinghouse')"
        return subprocess.run(
            [sys.executable, "-c", limited + run, *map(str, arguments)],
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
            env={**kept, "CLEARINGHOUSE_HOME": str(tmp_path / "home"), "PYTHONPATH": root},
        )

    return command


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Write a file beside the library."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def shelf(run: Run, put: Put) -> Run:
    """A library of three records and a document, made by commands."""
    rows = [
        {"title": "Peer supervision", "kind": "guideline", "audiences": ["staff"], "year": 2012, "topics": "hope"},
        {"title": "Hiring peer workers", "kind": "policy", "audiences": ["providers", "staff"], "year": 2020},
        {"title": "A plan", "kind": "template", "audiences": ["carers"], "status": "draft"},
    ]
    assert run("import", put("c.json", json.dumps(rows))).code == 0
    text = "# Groups\n\nPeer groups meet.\n\n## Later\n\nSupervision of peer workers lasts.\n"
    assert run("add", put("groups.md", text), *SHOWN, "--author", "A Person", "--year", 2015).code == 0
    return run


@pytest.fixture
def no_home(run: Run, tmp_path: Path) -> None:
    """Let a command find no library, as the first one does."""
    shutil.rmtree(tmp_path / "home")
