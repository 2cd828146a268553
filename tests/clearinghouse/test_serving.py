"""The real server: it says where it is, and keeps the index up with changes that a command left behind."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from clearinghouse import indexing, serving
from clearinghouse.enquiries import desk
from clearinghouse.errors import StorageFailed
from clearinghouse.holdings import catalogue
from clearinghouse.holdings.record import Record
from clearinghouse.holdings.resource_fields import apply
from clearinghouse.library import Library, open_library
from clearinghouse.search import tally
from clearinghouse.settings import Settings
from index.whoosh_store import SCHEMA_NUMBER


@contextmanager
def _served(library: Library) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`clearinghouse serve` on the test's library, as a process of its own, and where."""
    server = subprocess.Popen(
        [sys.executable, "-m", "clearinghouse", "serve", "--port", "0"],
        env={**os.environ, "CLEARINGHOUSE_HOME": str(library.settings.home)},
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert server.stdout is not None
    said = server.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:\d+", said)
    assert found, said
    yield server, found[0]
    server.send_signal(signal.SIGINT)
    server.wait(60)
    server.stdout.close()


def _read(address: str) -> str:
    """The page at `address`, whatever its status."""
    try:
        with urllib.request.urlopen(address, timeout=60) as page:
            return str(page.read().decode())
    except urllib.error.HTTPError as page:
        with page:
            return page.read().decode()


def _of_another_version(folder: Path) -> None:
    """Make the index in `folder` look like one of a version before."""
    for path in folder.iterdir():
        if path.suffix == ".toc":
            path.rename(path.with_name(path.name.replace(f"library{SCHEMA_NUMBER}_", "library1_")))


@pytest.fixture
def address(library: Library) -> Iterator[str]:
    """Where the test's library is served."""
    with _served(library) as (_, found):
        yield found


def test_what_a_killed_command_left_behind_is_found_all_the_same(library: Library, address: str) -> None:
    with library.database.writing() as session:  # as far as a command comes that is killed before its sync
        row = catalogue.new_row(session, library, "Hope on an ordinary day")
        apply(session, row, Record(kind="story", audiences=("consumers",)), by_curator=True)
        catalogue.publish_row(session, library, row)
    assert indexing.pending(library)
    deadline = time.monotonic() + 90
    while indexing.pending(library) and time.monotonic() < deadline:
        time.sleep(0.2)
    with urllib.request.urlopen(f"{address}/search?q=ordinary", timeout=60) as page:
        assert "Hope on an" in page.read().decode()


@pytest.mark.parametrize("harm", [_of_another_version, shutil.rmtree], ids=["of-another-version", "not-there"])
def test_an_index_that_is_of_no_use_is_made_again(library: Library, harm: Callable[[Path], None]) -> None:
    with library.database.writing() as session:
        row = catalogue.new_row(session, library, "Hope on an ordinary day")
        apply(session, row, Record(kind="story", audiences=("consumers",)), by_curator=True)
        catalogue.publish_row(session, library, row)
    indexing.sync(library)
    library.engine.close()
    harm(library.settings.home / "index")
    with _served(library) as (_, address):
        deadline = time.monotonic() + 90
        while "Hope on an" not in (page := _read(f"{address}/search?q=ordinary")) and time.monotonic() < deadline:
            time.sleep(0.2)
        assert "Hope on an" in page


def test_it_ends_well_when_its_service_manager_says_so(library: Library) -> None:
    with _served(library) as (server, address):
        with urllib.request.urlopen(f"{address}/search?q=ordinary", timeout=60) as page:
            assert page.status == 200
        server.terminate()
        assert server.wait(60) == 0
    assert [each.searches for each in tally.report(library).days] == [1]


def test_a_web_server_before_it_on_the_same_machine_says_that_it_is_https(address: str) -> None:
    def cookie(**headers: str) -> str:
        asked = urllib.request.Request(f"{address}/ask", headers=headers)
        with urllib.request.urlopen(asked, timeout=60) as page:
            return str(page.headers["Set-Cookie"])

    assert "Secure" in cookie(**{"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"})
    assert "Secure" not in cookie()


def test_a_flood_from_one_address_behind_a_web_server_does_not_shut_out_another(
    library: Library, address: str
) -> None:
    with urllib.request.urlopen(f"{address}/ask", timeout=60) as form:
        token = form.read().decode().split('name="token" value="')[1].split('"')[0]
    time.sleep(2.1)

    def status(sender: str, need: str) -> int:
        headers = {"Sec-Fetch-Site": "same-origin", "X-Forwarded-For": sender}
        asked = urllib.request.Request(f"{address}/ask", f"token={token}&need={need}".encode(), headers)
        try:
            with urllib.request.urlopen(asked, timeout=60) as page:
                return int(page.status)
        except urllib.error.HTTPError as problem:
            problem.close()
            return problem.code

    assert [status("192.0.2.7", f"Spam{at}") for at in range(11)] == [200] * 10 + [429]
    assert status("192.0.2.8", "A question") == 200
    assert len(desk.listing(library)) == 11


def test_a_port_in_use_is_said_in_a_sentence(tmp_path: Path) -> None:
    library = open_library(Settings(home=tmp_path / "home"))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(StorageFailed, match=f"Port {port} is in use already; .* --port"):
            serving.serve(library, "127.0.0.1", port, debug=False, say=print)
    library.close()
