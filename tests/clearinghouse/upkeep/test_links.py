"""Links to other places: which there are, what each answers over the days, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from clearinghouse.acquisition import visits
from clearinghouse.holdings import catalogue, editions
from clearinghouse.library import Library
from clearinghouse.models import HelpLine, LinkCheck
from clearinghouse.settings import Settings
from clearinghouse.upkeep import link_checks, links
from clearinghouse.upkeep.link_checks import Asked
from clearinghouse.upkeep.links import Link
from ingest import Validators
from ingest.errors import Silent
from ingest.polite import Status, Visitor
from tests.clearinghouse.making import a_resource
from tests.site import Said, Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as opened:
        yield opened


@pytest.fixture
def alone(library: Library) -> Library:
    """A library whose help lines lead nowhere."""
    with library.database.writing() as session:
        for row in session.query(HelpLine):
            session.delete(row)
    return library


@pytest.fixture
def guest(library: Library) -> Visitor:
    """Asks this machine, without pauses."""
    return visits.visitor(Settings(home=library.settings.home, allow_private=True, fetch_pause=0))


def leads_to(library: Library, *addresses: str) -> tuple[str, ...]:
    """A resource for each address, that links there."""
    return tuple(a_resource(library, f"Linked {number}", link=each) for number, each in enumerate(addresses, 1))


def ask(library: Library, guest: Visitor, **limits: int) -> list[Asked]:
    return list(link_checks.check(library, link_checks.due(library, **limits), guest))


def yesterday(library: Library, days: int = 1) -> None:
    """Let everything that was asked have been asked so many days earlier."""
    with library.database.writing() as session:
        for row in session.query(LinkCheck):
            row.asked_at -= timedelta(days=days)
            row.failing_since = row.failing_since and row.failing_since - timedelta(days=days)


def link(library: Library, address: str) -> Link:
    with library.database.reading() as session:
        return next(each for each in links.every(session) if each.address == address)


def test_every_address_that_something_leads_to_is_known_with_what_leads_there(library: Library) -> None:
    licence = "https://creativecommons.org/licenses/by/4.0/"
    slug = a_resource(library, "A film", link="https://example.org/film", licence=licence)
    with library.database.writing() as session:
        row = catalogue.find(session, slug)
        editions.linked(session, row, "https://example.org/film", "video", "en", "")
        editions.linked(
            session, row, "https://example.org/audio", "audio", "en", ""
        ).location = "https://a.example/a"
    a_resource(library, "Gone", link="https://example.org/gone")
    catalogue.withdraw(library, "gone", "Old")
    with library.database.reading() as session:
        found = links.uses(session)
    assert [(each.what, each.slug, each.key) for each in found["https://example.org/film"]] == [
        ("resource", "a-film", ""),
        ("form", "a-film", "video-en"),
    ]
    assert [each.what for each in found["https://a.example/a"]] == ["source"]
    assert [(each.what, each.cure) for each in found[licence]] == [
        ("licence", "clearinghouse edit a-film --licence")
    ]
    assert "https://example.org/gone" not in found
    assert {each.what for each in found["https://www.13yarn.org.au"]} == {"help line"}


class Resolver:
    """Asks a server on this machine for what it would ask doi.org."""

    def __init__(self, guest: Visitor, site: Site) -> None:
        self.guest, self.site = guest, site

    def knock(self, address: str, known: Validators | None = None) -> Status:
        return self.guest.knock(address.replace("https://doi.org", self.site.address), known)


def test_a_doi_is_asked_for_like_a_link_with_what_it_leads_to(alone: Library, site: Site, guest: Visitor) -> None:
    site.put("/paper", "words")
    site.answers["/10.5555/alive"] = Said(b"", 302, {"Location": "/paper"})
    site.answers["/10.5555/lost"] = Said(b"", 302, {"Location": "/no-such-page"})
    for doi in ("10.5555/alive", "10.5555/lost", "10.5555/never<there>"):
        a_resource(alone, f"Paper {doi}", identifiers={"doi": doi})
    asked = list(link_checks.check(alone, link_checks.due(alone), Resolver(guest, site)))
    assert {each.address: each.outcome for each in asked} == {
        "https://doi.org/10.5555/alive": "answered",
        "https://doi.org/10.5555/lost": "failed",
        "https://doi.org/10.5555/never%3Cthere%3E": "failed",
    }
    yesterday(alone)
    list(link_checks.check(alone, link_checks.due(alone), Resolver(guest, site)))
    report = links.report(alone)
    assert [each.address for each in report.broken] == [
        "https://doi.org/10.5555/lost",
        "https://doi.org/10.5555/never%3Cthere%3E",
    ]
    (use,) = report.broken[0].uses
    assert (use.what, use.cure) == ("DOI", "clearinghouse edit paper-10-5555-lost --doi")
    shown = catalogue.show(alone, "paper-10-5555-lost").view
    assert list(links.silent(alone, shown)) == ["https://doi.org/10.5555/lost"]


def test_what_answers_is_well_and_not_asked_again_for_a_month(alone: Library, site: Site, guest: Visitor) -> None:
    leads_to(alone, site.put("/a", "words"))
    assert [each.outcome for each in ask(alone, guest)] == ["answered"]
    assert link_checks.due(alone) == ()
    yesterday(alone, 29)
    assert link_checks.due(alone) == ()
    assert link_checks.due(alone, older_than=29) == (site.address + "/a",)
    yesterday(alone, 1)
    assert ask(alone, guest)[0].outcome == "answered"
    assert site.asked("/a") == [200, 304]
    assert links.report(alone).well == 1


def test_it_takes_failures_on_two_days_to_call_a_link_broken(alone: Library, site: Site, guest: Visitor) -> None:
    leads_to(alone, site.address + "/gone")
    (first,) = ask(alone, guest)
    assert (first.outcome, first.broken, first.sentence) == ("failed", False, "There is no such page (404).")
    assert link_checks.due(alone) == ()  # the same day tells nothing new
    assert next(iter(link_checks.check(alone, [first.address], guest))).broken is False
    assert [each.address for each in links.report(alone).failed_once] == [first.address]
    yesterday(alone)
    (second,) = ask(alone, guest)
    assert second.broken is True
    (broken,) = links.report(alone).broken
    assert (broken.failed_days, broken.status) == (2, 404)
    assert broken.failing_since == (datetime.now(UTC).astimezone() - timedelta(days=1)).date()


def test_a_link_that_answers_again_is_well_again(alone: Library, site: Site, guest: Visitor) -> None:
    leads_to(alone, site.address + "/a")
    ask(alone, guest)
    yesterday(alone)
    ask(alone, guest)
    site.put("/a", "words")
    yesterday(alone)
    assert ask(alone, guest)[0].outcome == "answered"
    assert (link(alone, site.address + "/a").failed_days, links.report(alone).broken) == (0, ())


def test_a_failure_long_after_another_was_mended_counts_anew(alone: Library, site: Site, guest: Visitor) -> None:
    leads_to(alone, site.address + "/a")
    ask(alone, guest)
    yesterday(alone)
    site.put("/a", "words")
    ask(alone, guest)
    yesterday(alone, 40)
    del site.answers["/a"]
    assert [each.broken for each in ask(alone, guest)] == [False]


@pytest.mark.parametrize(
    ("answer", "outcome", "sentence"),
    [
        (Said(b"", 410), "failed", "The page is gone for good (410)."),
        (Said(b"", 500), "failed", "Its server has a fault (500)."),
        (Said(b"", 503), "failed", "Its server has a fault (503)."),
        (Said(b"", 302, {"Location": "/round"}), "failed", "It redirects more than 5 times."),
        (Said(b"", 403), "unsure", "It lets no program in, so a person must look."),
        (Said(b"", 401), "unsure", "It asks for a password, so a person must look."),
        (Said(b"", 400), "unsure", "It answers 400 to a program, so a person must look."),
        (Said(b"", 429), "put off", "It asked to be left alone for a while."),
        (Said(b"", 503, {"Retry-After": "3600"}), "put off", "It asked to be left alone for a while."),
    ],
)
def test_each_answer_is_said_in_a_sentence(
    alone: Library, site: Site, guest: Visitor, answer: Said, outcome: str, sentence: str
) -> None:
    leads_to(alone, site.put("/round", answer))
    assert [(each.outcome, each.sentence) for each in ask(alone, guest)] == [(outcome, sentence)]


def test_a_server_that_is_not_there_has_failed(alone: Library, guest: Visitor) -> None:
    guest.manners = type(guest.manners)(pause=0, tries=1)
    leads_to(alone, "http://127.0.0.1:9/", "http://nowhere.invalid/")
    assert sorted((each.outcome, each.sentence) for each in ask(alone, guest)) == [
        ("failed", "No server answers there."),
        ("failed", "There is no server of the name nowhere.invalid."),
    ]


def test_robots_txt_is_kept_to_and_nothing_is_said_against_the_link(
    alone: Library, site: Site, guest: Visitor
) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /private\n")
    leads_to(alone, site.put("/private/a", "words"))
    assert [each.outcome for each in ask(alone, guest)] == ["not asked"]
    assert site.asked("/private/a") == []
    report = links.report(alone)
    assert (report.broken, report.failed_once, len(report.unsure)) == ((), (), 1)


def test_an_address_inside_this_network_is_not_asked(alone: Library, site: Site) -> None:
    leads_to(alone, site.put("/a", "words"))
    (asked,) = link_checks.check(alone, link_checks.due(alone))
    assert (asked.outcome, asked.sentence) == ("not asked", "127.0.0.1 points inside a private network.")
    assert site.requests == []


def test_a_server_that_says_later_is_left_alone_for_as_long(alone: Library, site: Site, guest: Visitor) -> None:
    site.put("/1", Said(b"", 503, {"Retry-After": "7200"}))
    leads_to(alone, site.address + "/1", site.put("/2", "words"))
    assert [each.outcome for each in ask(alone, guest)] == ["put off"]
    assert site.asked("/2") == []
    assert link_checks.due(alone, older_than=0) == (site.address + "/2",)


def test_where_a_link_has_moved_for_good_is_told(alone: Library, site: Site, guest: Visitor) -> None:
    site.put("/new", "words")
    leads_to(alone, site.put("/old", Said(b"", 308, {"Location": "/new"})))
    assert [(each.outcome, each.moved_to) for each in ask(alone, guest)] == [("answered", site.address + "/new")]
    (moved,) = links.report(alone).moved
    assert moved.uses[0].cure == "clearinghouse edit linked-1 --link"


def test_a_run_that_is_cut_off_goes_on_where_it_was(alone: Library, site: Site, guest: Visitor) -> None:
    addresses = [site.put(f"/{number}", "words") for number in range(5)]
    leads_to(alone, *addresses)
    run = link_checks.check(alone, link_checks.due(alone), guest)
    asked = {next(run).address, next(run).address}
    run.close()  # type: ignore[attr-defined]
    assert set(link_checks.due(alone)) == set(addresses) - asked
    assert len(link_checks.due(alone, limit=2)) == 2


def test_what_nothing_leads_to_any_more_is_forgotten(alone: Library, site: Site, guest: Visitor) -> None:
    (slug,) = leads_to(alone, site.put("/a", "words"))
    ask(alone, guest)
    catalogue.withdraw(alone, slug, "Old")
    assert link_checks.due(alone, older_than=0) == ()
    with alone.database.reading() as session:
        assert session.query(LinkCheck).count() == 0


def test_hosts_take_turns() -> None:
    addresses = ["http://a.example/1", "http://a.example/2", "http://b.example/1", "http://A.example/3"]
    assert list(link_checks._mixed(addresses)) == [addresses[0], addresses[2], addresses[1], addresses[3]]


def test_what_was_failing_is_asked_before_what_is_only_old(alone: Library, site: Site, guest: Visitor) -> None:
    leads_to(alone, site.put("/old", "words"), site.address + "/failing")
    ask(alone, guest)
    yesterday(alone, 40)
    leads_to(alone, site.put("/new", "words"))
    assert [each.rsplit("/", 1)[1] for each in link_checks.due(alone)] == ["new", "failing", "old"]
    assert [each.rsplit("/", 1)[1] for each in link_checks.due(alone, older_than=90)] == ["new", "failing"]


def test_where_nothing_answers_at_all_nothing_is_said_against_the_links(alone: Library, guest: Visitor) -> None:
    guest.manners = type(guest.manners)(pause=0, tries=1)
    leads_to(alone, *(f"http://nowhere-{number}.invalid/" for number in range(3)))
    with pytest.raises(Silent, match="this machine seems to have no way out; nothing was written down"):
        ask(alone, guest)
    assert links.report(alone).never_asked == 3


def test_where_only_broken_links_are_due_one_that_answered_lately_tells_that_we_are_heard(
    alone: Library, site: Site, guest: Visitor
) -> None:
    guest.manners = type(guest.manners)(pause=0, tries=1)
    leads_to(alone, site.put("/a", "words"), *(f"http://nowhere-{number}.invalid/" for number in range(3)))
    assert sorted(each.outcome for each in ask(alone, guest)) == ["answered", "failed", "failed", "failed"]
    yesterday(alone)
    assert [each.broken for each in ask(alone, guest)] == [True, True, True]
