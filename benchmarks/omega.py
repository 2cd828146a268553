"""The peer of the whole page: Xapian Omega's own CGI page, over HTTP, on the same texts as small HTML files."""

from __future__ import annotations

import html
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from benchmarks import children
from benchmarks.corpus import Text

CGI = Path("/usr/lib/cgi-bin/omega/omega")
TEMPLATES = Path("/var/lib/xapian-omega/templates")
_FILES_A_FOLDER = 1000


def is_installed() -> bool:
    """Whether omindex and Omega's CGI program are here (Debian: xapian-omega)."""
    return shutil.which("omindex") is not None and CGI.is_file()


@dataclass(frozen=True, slots=True)
class Indexed:
    """An Omega database."""

    folder: Path
    seconds: float
    size: int


def index(work: Path, texts: Sequence[Text]) -> Indexed:
    """Write `texts` as HTML files under `work`, untimed, and index them with omindex, timed."""
    pages = work / "html"
    for number, text in enumerate(texts):
        folder = pages / str(number // _FILES_A_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        title, body = html.escape(text.title), html.escape(text.body)
        page = f'<!DOCTYPE html><meta charset="utf-8"><title>{title}</title><body><h1>{title}</h1><p>{body}</p>'
        (folder / f"{number}.html").write_text(page, encoding="utf-8")
    database = work / "data" / "default"
    database.parent.mkdir()
    ran = children.run(("omindex", "--db", str(database), "--url", "/", str(pages)))
    (work / "omega.conf").write_text(
        f"database_dir {database.parent}\ntemplate_dir {TEMPLATES}\nlog_dir {work}\ncdb_dir {work}\n"
    )
    return Indexed(work, ran.seconds, sum(path.stat().st_size for path in database.iterdir()))


def addresses(questions: Sequence[str]) -> list[str]:
    """The page of ten results for each question, as Omega's own form asks for it."""
    return [f"/omega?{urlencode({'P': each, 'DEFAULTOP': 'and', 'HITSPERPAGE': 10})}" for each in questions]


@contextmanager
def served(indexed: Indexed) -> Iterator[int]:
    """The port of a server that runs Omega for each request, as a web server does."""
    environment = {"OMEGA_CONFIG_FILE": str(indexed.folder / "omega.conf"), "REQUEST_METHOD": "GET"}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        #: Head and body go out apart: without this the second waits 40 ms for word of the first.
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            given = {**environment, "QUERY_STRING": urlsplit(self.path).query, "PATH": os.defpath}
            said = subprocess.run([CGI], env=given, stdout=subprocess.PIPE, check=True, close_fds=False).stdout
            body = said.partition(b"\n\n")[2]
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *_: object) -> None:  # noqa: A002 - the name it overrides
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
