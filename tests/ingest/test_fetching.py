from __future__ import annotations

import ipaddress
import socket
import time
from dataclasses import replace
from pathlib import Path

import pytest

from ingest import (
    Damaged,
    FetchPolicy,
    Gone,
    IngestProblem,
    Refused,
    TooLarge,
    TooSlow,
    TryLater,
    Unreachable,
    fetch,
    formats,
)
from ingest.errors import Silent
from ingest.transport import is_public
from tests.ingest.conftest import Server

POLICY = FetchPolicy(max_bytes=1 << 20, timeout=30, connect_timeout=20, max_redirects=3, allow_private=True)
SHORT = replace(POLICY, timeout=0.5, connect_timeout=0.4)


def refuses(kind: type[IngestProblem], address: str, into: Path, policy: FetchPolicy = POLICY) -> str:
    """The sentence with which `address` is turned down; nothing may be left behind."""
    with pytest.raises(kind) as met:
        fetch(address, into, policy=policy)
    assert type(met.value) is kind
    assert address in str(met.value)
    assert "\n" not in str(met.value)
    assert not into.exists() or list(into.iterdir()) == []
    return str(met.value)


def test_a_page_is_fetched_and_known_by_its_bytes(server: Server, tmp_path: Path, files: Path) -> None:
    source = fetch(server("/guide.html"), tmp_path, policy=POLICY)
    assert source.path.read_bytes() == (files / "guide-with-furniture.html").read_bytes()
    assert (source.media_type, source.name) == (formats.HTML, "guide.html")
    assert source.location == server("/guide.html")


def test_the_final_address_of_a_redirect_is_kept(server: Server, tmp_path: Path) -> None:
    assert fetch(server("/moved"), tmp_path, policy=POLICY).location == server("/guide.html")


def test_a_file_name_from_a_server_cannot_leave_its_folder(server: Server, tmp_path: Path) -> None:
    source = fetch(server("/attached"), tmp_path, policy=POLICY)
    assert source.name == "the charter.docx"
    assert source.path.parent == tmp_path


def test_a_name_is_looked_up_once_and_still_sent_as_host(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = socket.getaddrinfo

    def once(host: str, *rest: object, **more: object) -> object:
        asked.append(host)
        return real("127.0.0.1" if host == "library.test" else host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", once)
    fetch(server("/guide.html").replace("127.0.0.1", "library.test"), tmp_path, policy=POLICY)
    # what comes after is the connection to a number, which needs no name server
    assert asked.count("library.test") == 1
    assert server.hosts[-1].startswith("library.test:")


def test_a_name_that_also_points_inside_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def both(host: str, port: int, **_: object) -> list[object]:
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in ("93.184.216.34", "169.254.169.254")
        ]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    said = refuses(Refused, "http://two-faces.test/", tmp_path, replace(POLICY, allow_private=False))
    assert "private network" in said


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "10.1.2.3",
        "169.254.169.254",
        "0.0.0.0",
        "2130706433",
        "localhost",
    ],
)
def test_addresses_inside_are_refused(host: str, tmp_path: Path) -> None:
    refuses(Refused, f"http://{host}:9/", tmp_path, replace(POLICY, allow_private=False))


def test_a_redirect_to_the_inside_is_refused(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.transport.is_public", lambda address: address.is_loopback)
    assert "private" in refuses(Refused, server("/inside"), tmp_path, replace(POLICY, allow_private=False))


def test_a_redirect_to_a_file_is_refused(server: Server, tmp_path: Path) -> None:
    assert "only http and https" in refuses(Refused, server("/elsewhere"), tmp_path)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "2606:4700:4700::1111"],
)
def test_open_addresses_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "100.64.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
        "64:ff9b:1::7f00:1",
        "::127.0.0.1",
        "::ffff:0:127.0.0.1",
        "fec0::1",
        "100.100.100.200",
        "192.0.0.192",
    ],
)
def test_addresses_that_only_look_open_are_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    ("path", "kind", "words"),
    [
        ("/gone", Gone, "404"),
        ("/fault", TryLater, "500"),
        ("/round", Unreachable, "redirects more than 3 times"),
        ("/broken", Silent, "broke off"),
        ("/announced", TooLarge, "1024 GiB"),
        ("/endless", TooLarge, "At most 1 MiB"),
        ("/empty", Damaged, "empty document"),
    ],
)
def test_a_bad_answer_is_one_clear_sentence(
    server: Server, tmp_path: Path, path: str, kind: type[IngestProblem], words: str
) -> None:
    assert words in refuses(kind, server(path), tmp_path)


@pytest.mark.parametrize("path", ["/slow", "/slow-head"])
def test_a_server_that_drips_is_cut_off_at_the_limit_for_the_whole(
    server: Server, tmp_path: Path, path: str
) -> None:
    start = time.monotonic()
    refuses(TooSlow, server(path), tmp_path, SHORT)
    assert time.monotonic() - start < 30  # it would never end by itself


def test_a_server_that_never_answers_is_given_up(silent: str, tmp_path: Path) -> None:
    assert "did not answer in time" in refuses(TooSlow, silent, tmp_path, SHORT)


def test_a_port_where_no_one_listens_is_unreachable(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert "no server answers" in refuses(Silent, f"http://127.0.0.1:{port}/", tmp_path)


@pytest.mark.parametrize(
    "address", ["http://", "https://exa mple.org/", "ftp://example.org/a", "http://[::1", "http://a:99999/"]
)
def test_what_is_no_web_address_is_refused(address: str, tmp_path: Path) -> None:
    refuses(Refused, address, tmp_path)
