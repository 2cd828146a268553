"""A good guest on other people's servers: robots.txt, pauses, "later", and asking only for what is new."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from ingest import Disallowed, FetchPolicy, Gone, NotModified, Refused, TooLarge, TryLater
from ingest.errors import Silent
from ingest.polite import Manners, Visitor
from tests.site import Said, Site, serving

POLICY = FetchPolicy(max_bytes=1 << 20, timeout=30, connect_timeout=20, max_redirects=3, allow_private=True)
MANNERS = Manners(pause=1.0, longest_pause=60.0, tries=3, first_wait=2.0)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as opened:
        yield opened


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 1))
        self.now += seconds

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def visitor(clock: Clock, manners: Manners = MANNERS, policy: FetchPolicy = POLICY) -> Visitor:
    return Visitor(policy, manners, sleep=clock.sleep, clock=clock)


def test_there_is_a_pause_after_each_request_to_a_host(site: Site, clock: Clock) -> None:
    guest = visitor(clock)
    for path in ("/a", "/b"):
        assert guest.read(site.put(path, "words")).content == b"words"
    assert [each.path for each in site.requests] == ["/robots.txt", "/a", "/b"]
    assert clock.slept == [1.0, 1.0]


def test_two_hosts_do_not_wait_for_one_another(site: Site, clock: Clock) -> None:
    guest = visitor(clock, replace(MANNERS, robots=False))
    guest.read(site.put("/a", "words"))
    with serving() as other:
        guest.read(other.put("/a", "words"))
    assert clock.slept == []


def test_a_redirect_on_the_same_host_is_a_request_like_any_other(site: Site, clock: Clock) -> None:
    site.put("/b", "words")
    body = visitor(clock, replace(MANNERS, robots=False)).read(site.put("/a", Said(b"", 302, {"Location": "/b"})))
    assert body.address == site.address + "/b"
    assert clock.slept == [1.0]


def test_crawl_delay_counts_before_our_own_pause(site: Site, clock: Clock) -> None:
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 7\n")
    guest = visitor(clock)
    guest.read(site.put("/a", "words"))
    guest.read(site.put("/b", "words"))
    assert clock.slept == [7.0, 7.0]


def test_what_robots_txt_forbids_is_not_asked_for(site: Site, clock: Clock) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /private\nAllow: /private/open\n")
    guest = visitor(clock)
    with pytest.raises(Disallowed, match=r"/private/a could not be fetched: its robots\.txt asks programs"):
        guest.read(site.put("/private/a", "secret"))
    assert guest.read(site.put("/private/open", "words")).content == b"words"
    assert site.asked("/private/a") == []
    assert len(site.asked("/robots.txt")) == 1


def test_rules_for_our_name_count_before_those_for_everybody(site: Site, clock: Clock) -> None:
    site.put("/robots.txt", "User-agent: Peer-Support-Clearinghouse\nDisallow: /\n\nUser-agent: *\nDisallow:\n")
    with pytest.raises(Disallowed):
        visitor(clock).read(site.put("/a", "words"))


def test_a_redirect_into_what_is_forbidden_is_not_followed(site: Site, clock: Clock) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /private\n")
    site.put("/private", "secret")
    with pytest.raises(Disallowed):
        visitor(clock).read(site.put("/a", Said(b"", 301, {"Location": "/private"})))
    assert site.asked("/private") == []


def test_a_site_without_rules_allows_everything(site: Site, clock: Clock) -> None:
    site.put("/robots.txt", Said(b"go away", 403))
    assert visitor(clock).read(site.put("/a", "words")).content == b"words"


def test_a_site_that_cannot_say_its_rules_is_left_alone(site: Site, clock: Clock) -> None:
    site.put("/robots.txt", Said(b"oh dear", 503))
    with pytest.raises(TryLater, match=r"robots\.txt cannot be read"):
        visitor(clock).read(site.put("/a", "words"))
    assert site.asked("/a") == []
    assert len(site.asked("/robots.txt")) == MANNERS.tries


def test_a_robots_txt_without_end_is_read_as_far_as_the_limit(site: Site, clock: Clock) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /private\n" + "# words\n" * 200_000)
    with pytest.raises(Disallowed):
        visitor(clock).read(site.put("/private", "secret"))


def later(times: int, status: int = 503, **headers: str) -> list[Said]:
    return [Said(b"busy", status, {name.replace("_", "-"): each for name, each in headers.items()})] * times


def in_turn(site: Site, path: str, *answers: Said) -> str:
    left = list(answers)
    return site.put(path, lambda _query: left.pop(0) if len(left) > 1 else left[0])


def test_a_server_that_is_busy_is_asked_again_with_growing_pauses(site: Site, clock: Clock) -> None:
    address = in_turn(site, "/a", *later(2), Said(b"words"))
    assert visitor(clock, replace(MANNERS, robots=False)).read(address).content == b"words"
    assert clock.slept == [2.0, 4.0]


def test_a_server_is_given_up_after_so_many_tries(site: Site, clock: Clock) -> None:
    with pytest.raises(TryLater, match="503"):
        visitor(clock, replace(MANNERS, robots=False)).read(in_turn(site, "/a", *later(1)))
    assert len(site.asked("/a")) == MANNERS.tries


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_waited_for(site: Site, clock: Clock, status: int) -> None:
    address = in_turn(site, "/a", *later(1, status, Retry_After="30"), Said(b"words"))
    assert visitor(clock, replace(MANNERS, robots=False)).read(address).content == b"words"
    assert clock.slept == [30.0]


def test_retry_after_may_be_a_date(site: Site, clock: Clock) -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=40), usegmt=True)
    address = in_turn(site, "/a", *later(1, Retry_After=moment), Said(b"words"))
    visitor(clock, replace(MANNERS, robots=False)).read(address)
    assert 35 < clock.slept[0] <= 40


def test_a_server_that_wants_to_be_left_alone_for_hours_is_left_alone(site: Site, clock: Clock) -> None:
    with pytest.raises(TryLater, match=r"Try again in 2 hours\.") as met:
        visitor(clock, replace(MANNERS, robots=False)).read(in_turn(site, "/a", *later(1, Retry_After="7200")))
    assert met.value.seconds == 7200
    assert clock.slept == []


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_plain_no_is_not_asked_again(site: Site, clock: Clock, status: int) -> None:
    with pytest.raises(Exception, match="could not be fetched"):
        visitor(clock, replace(MANNERS, robots=False)).read(site.put("/a", Said(b"no", status)))
    assert site.asked("/a") == [status]


def test_what_has_gone_is_told_from_what_is_hidden(site: Site, clock: Clock) -> None:
    for status in (404, 410):
        with pytest.raises(Gone):
            visitor(clock).read(site.put("/a", Said(b"no", status)))


def test_only_what_changed_is_asked_for(site: Site, clock: Clock, tmp_path: Path) -> None:
    address = site.put("/a.txt", "words of hope")
    guest = visitor(clock)
    source = guest.fetch(address, tmp_path)
    assert source.validators.etag
    with pytest.raises(NotModified):
        guest.fetch(address, tmp_path, source.validators)
    site.put("/a.txt", "other words")
    assert guest.fetch(address, tmp_path, source.validators).sha256 != source.sha256
    assert site.asked("/a.txt") == [200, 304, 200]


def test_a_knock_asks_for_the_head_alone_and_tells_the_status(site: Site, clock: Clock) -> None:
    guest = visitor(clock)
    status = guest.knock(site.put("/there", "words"))
    assert (status.code, status.moved_to) == (200, "")
    assert guest.knock(site.address + "/there", status.validators).code == 304
    assert [each.method for each in site.requests if each.path == "/there"] == ["HEAD", "HEAD"]


def test_a_knock_asks_for_the_whole_where_the_head_gives_an_error(site: Site, clock: Clock) -> None:
    site.headless.add("/a")
    guest = visitor(clock)
    assert guest.knock(site.put("/a", "words")).code == 200
    assert guest.knock(site.address + "/nowhere").code == 404
    assert guest.knock(site.put("/fault", Said(b"", 500))).code == 500
    assert [each.method for each in site.requests[1:]] == ["HEAD", "GET"] * 3
    assert clock.slept == [1.0] * 6


def test_a_knock_tells_where_an_address_has_moved_for_good(site: Site, clock: Clock) -> None:
    guest = visitor(clock)
    site.put("/c", "words")
    site.put("/b", Said(b"", 302, {"Location": "/c"}))
    status = guest.knock(site.put("/a", Said(b"", 301, {"Location": "/b"})))
    assert (status.address, status.moved_to) == (site.address + "/c", site.address + "/b")
    assert guest.knock(site.address + "/b").moved_to == ""


def test_a_knock_tells_how_long_a_server_wants_to_be_left_alone(site: Site, clock: Clock) -> None:
    status = visitor(clock).knock(site.put("/busy", Said(b"", 503, {"Retry-After": "3600"})))
    assert (status.code, status.later) == (503, 3600)
    assert site.asked("/busy") == [503]


def test_where_no_server_answers_its_rules_are_not_blamed(clock: Clock) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(Silent, match="no server answers there"):
        visitor(clock).knock(f"http://127.0.0.1:{port}/a")


def test_what_is_read_into_memory_is_bounded(site: Site, clock: Clock) -> None:
    with pytest.raises(TooLarge):
        visitor(clock).read(site.put("/a", b"x" * 5000), max_bytes=4999)


def test_the_guard_against_the_inside_stands_under_every_visit(site: Site, clock: Clock) -> None:
    address = site.put("/a", "words")
    with pytest.raises(Refused, match="private network") as problem:
        visitor(clock, policy=replace(POLICY, allow_private=False)).read(address)
    assert site.requests == []
    said = str(problem.value)
    assert said.startswith(f"{address} could not be fetched: "), "not robots.txt, which nobody asked for"
    assert said.count("could not be fetched") == said.count("Use its public address") == 1


def test_every_request_says_who_is_asking(site: Site, clock: Clock) -> None:
    visitor(clock).read(site.put("/a", "words"))
    assert {each.headers["User-Agent"] for each in site.requests} == {POLICY.user_agent}
