"""Harvesting the pages of a site, by its sitemap or its feed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from clearinghouse import indexing, lease
from clearinghouse.acquisition.harvesting import running, sources, trying
from clearinghouse.acquisition.harvesting.options import Options
from clearinghouse.acquisition.harvesting.running import Ended
from clearinghouse.acquisition.wanted import Outcome
from clearinghouse.errors import Invalid
from clearinghouse.holdings import catalogue
from clearinghouse.holdings.record import Record
from clearinghouse.indexing import Drift
from clearinghouse.library import Library
from ingest.polite import Visitor
from tests.clearinghouse.acquisition.harvesting.conftest import Run
from tests.clearinghouse.making import STAFF, take_in, wanted
from tests.site import Said, Site, some_words

Add = Callable[..., str]


def page(title: str, words: str = "Words of hope.") -> str:
    filler = f"<p>{some_words(title)}</p>"  # of its own, so that no page is nearly the same as another
    return (
        f"<!doctype html><html lang='en'><head><title>{title}</title></head><body><main><h1>{title}</h1>"
        f"<p>{words}</p>{filler}</main></body></html>"
    )


def sitemap(site: Site, **changed: str) -> str:
    """A sitemap of pages, each with its last change (empty where it does not say)."""
    for name in changed:
        site.answers.setdefault(f"/{name}", page(name.title()))
    urls = (
        f"<url><loc>{site.address}/{name}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>"
        for name, day in changed.items()
    )
    return site.put("/sitemap.xml", f"<urlset>{''.join(urls)}</urlset>")


def titles(library: Library, status: str | None = None) -> list[str]:
    return [card.title for card in catalogue.listing(library, status=status)]


def test_every_page_of_a_site_becomes_a_draft(library: Library, site: Site, add: Add, run: Run) -> None:
    assert add(sitemap(site, one="2026-01-01", two="2026-01-02")) == "sitemap"
    assert run().counts == {"added": 2}
    assert titles(library, "draft") == ["One", "Two"]


def test_with_audience_and_kind_they_are_shown_at_once(library: Library, site: Site, add: Add, run: Run) -> None:
    add(sitemap(site, one="2026-01-01"), said=STAFF)
    run()
    assert titles(library, "published") == ["One"]


def test_a_page_that_has_not_changed_is_not_asked_for(site: Site, add: Add, run: Run) -> None:
    add(sitemap(site, one="2026-01-01", two=""))
    run()
    site.requests.clear()
    assert run().counts == {"unchanged": 1}
    assert (site.asked("/one"), site.asked("/two")) == ([], [304])


def test_a_changed_page_is_taken_and_its_earlier_original_kept(
    library: Library, site: Site, add: Add, run: Run
) -> None:
    add(sitemap(site, one="2026-01-01"))
    run()
    site.put("/one", page("One", "Other words."))
    sitemap(site, one="2026-02-01")
    assert run().counts == {"updated": 1}
    (old, new) = next(
        each.details["original"] for each in catalogue.history(library, "one") if each.what == "updated"
    )
    assert library.originals.path(old) != library.originals.path(new)
    assert "Other words." in catalogue.show(library, "one").texts[0][0].text


def test_a_curators_word_is_not_undone_by_the_harvest(library: Library, site: Site, add: Add, run: Run) -> None:
    add(sitemap(site, one="2026-01-01"), said=STAFF)
    run()
    catalogue.revise(library, "one", Record(title="The first", kind="policy", audiences=("carers",)))
    site.put("/one", page("One, renamed", "Other words."))
    sitemap(site, one="2026-02-01")
    run()
    card = catalogue.show(library, "one").view.card
    assert (card.title, card.kind, card.audiences) == ("The first", "policy", ("carers",))


def test_what_a_curator_withdrew_or_kept_as_a_draft_is_not_shown_by_the_harvest(
    library: Library, site: Site, add: Add, run: Run
) -> None:
    add(sitemap(site, one="2026-01-01"), said=STAFF)
    run()
    catalogue.withdraw(library, "one", "It is old.")
    site.put("/one", page("One", "Other words."))
    sitemap(site, one="2026-02-01")
    run()
    assert titles(library, "withdrawn") == ["One"]


def test_a_page_that_fails_stops_nothing_and_is_tried_again(
    library: Library, site: Site, add: Add, run: Run, told: list[Outcome]
) -> None:
    site.put("/bad", Said(b"no", 403))
    add(sitemap(site, bad="2026-01-01", good="2026-01-01"))
    assert run().counts == {"failed": 1, "added": 1}
    assert "does not let this program in" in str(told[0].error)
    (trouble,) = sources.show(library, "ours").troubles
    assert (trouble.state, trouble.identifier) == ("failed", site.address + "/bad")
    site.put("/bad", page("Bad"))
    assert run().counts == {"added": 1}
    assert sources.show(library, "ours").troubles == ()


def test_a_page_that_is_gone_is_told_and_stays(
    library: Library, site: Site, add: Add, run: Run, told: list[Outcome]
) -> None:
    add(sitemap(site, one="2026-01-01", two="2026-01-01"), said=STAFF)
    run()
    site.put("/two", Said(b"gone", 410))
    sitemap(site, one="2026-01-01")
    ended = run()
    assert ended.counts == {"missing": 1}
    assert [(each.identifier, each.slug, each.withdrawn) for each in ended.gone] == [
        (site.address + "/two", "two", False)
    ]
    assert [each.outcome for each in told] == ["missing"]
    assert titles(library, "published") == ["One", "Two"]
    assert "No longer at its source since" in sources.gone(library, "two")[0]
    assert run().gone == ()


def test_a_page_that_left_the_sitemap_and_is_still_there_is_not_gone(site: Site, add: Add, run: Run) -> None:
    add(sitemap(site, one="2026-01-01", two="2026-01-01"))
    run()
    sitemap(site, one="2026-01-01")
    assert run().counts == {"unchanged": 1}


def test_what_is_gone_is_withdrawn_only_where_that_is_asked_for(
    library: Library, site: Site, add: Add, run: Run
) -> None:
    add(sitemap(site, one="2026-01-01", two="2026-01-01"), said=STAFF)
    run()
    site.put("/two", Said(b"gone", 404))
    sitemap(site, one="2026-01-01")
    run()
    assert titles(library, "withdrawn") == []
    run(withdraw_missing=True)
    assert titles(library, "withdrawn") == ["Two"]


def test_a_page_that_comes_back_is_no_longer_gone(library: Library, site: Site, add: Add, run: Run) -> None:
    add(sitemap(site, one="2026-01-01"))
    run()
    site.put("/one", Said(b"gone", 404))
    sitemap(site)
    run()
    site.put("/one", page("One"))
    sitemap(site, one="2026-01-01")
    run()
    assert sources.gone(library, "one") == ()


def test_when_all_is_gone_at_once_nothing_is_withdrawn(library: Library, site: Site, add: Add, run: Run) -> None:
    names = [f"p{number}" for number in range(11)]
    add(sitemap(site, **dict.fromkeys(names, "2026-01-01")), said=STAFF)
    run()
    for name in names:
        site.put(f"/{name}", Said(b"gone", 404))
    sitemap(site, **dict.fromkeys(names, "2026-02-01"))
    ended = run(withdraw_missing=True)
    assert len(ended.gone) == 11
    assert "none was withdrawn" in ended.notes[0]
    assert titles(library, "withdrawn") == []


def test_a_server_that_wants_to_be_left_alone_stops_the_run_and_the_next_goes_on(
    library: Library, site: Site, add: Add, run: Run
) -> None:
    site.put("/two", Said(b"later", 429, {"Retry-After": "7200"}))
    add(
        sitemap(site, one="2026-01-01", two="2026-01-01", three="2026-01-01", four="2026-01-01", five="2026-01-01")
    )
    ended = run()
    assert "wants to be left alone" in ended.sentence
    assert sources.show(library, "ours").unfinished
    assert site.asked("/five") == []
    site.put("/two", page("Two"))
    site.requests.clear()
    ended = run()
    assert (ended.continued, ended.sentence) == (True, "")
    assert site.asked("/sitemap.xml") == site.asked("/one") == []
    run()
    assert titles(library) == ["Five", "Four", "One", "Three", "Two"]


def test_a_run_killed_before_the_index_was_written_is_found_after_the_next(
    library: Library, site: Site, visitor: Visitor, add: Add, run: Run
) -> None:
    add(sitemap(site, one="2026-01-01"), said=STAFF)
    with lease.held(library.database):  # nobody else can write the index meanwhile
        assert isinstance(next(running.run(library, "ours", visitor=visitor)), Outcome)
    assert indexing.pending(library) > 0
    run()
    assert indexing.check(library) == Drift()


def test_robots_txt_is_kept_to(library: Library, site: Site, add: Add, run: Run, told: list[Outcome]) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /private\n")
    site.answers["/private"] = page("Private")
    add(sitemap(site, private="2026-01-01", open="2026-01-01"))
    run()
    assert titles(library) == ["Open"]
    assert "asks programs to stay away" in str(told[0].error)
    assert site.asked("/private") == []


def test_a_redirect_into_this_network_is_refused(
    library: Library, site: Site, visitor: Visitor, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.put("/inside", Said(b"", 302, {"Location": "http://10.0.0.1/secret"}))
    add(sitemap(site, inside="2026-01-01"))
    monkeypatch.setattr("ingest.transport.is_public", lambda address: address.is_loopback)
    guarded = Visitor(replace(visitor.policy, allow_private=False), visitor.manners, sleep=lambda _: None)
    failed, ended = running.run(library, "ours", visitor=guarded)
    assert isinstance(failed, Outcome)
    assert "10.0.0.1 points inside a private network" in str(failed.error)
    assert isinstance(ended, Ended)
    assert ended.counts == {"failed": 1}


def test_only_pages_that_fit_a_pattern_are_taken(library: Library, site: Site, add: Add, run: Run) -> None:
    add(sitemap(site, one="2026-01-01", two="2026-01-01"), options=Options(only=("*/t*",)))
    run()
    assert titles(library) == ["Two"]


def test_a_site_says_in_its_robots_txt_where_its_sitemap_is(site: Site, add: Add, run: Run) -> None:
    site.put("/robots.txt", f"User-agent: *\nDisallow:\nSitemap: {sitemap(site, one='2026')}\n")
    site.put("/", page("Home"))
    assert add(site.address + "/", kind="sitemap") == "sitemap"
    assert run().counts == {"added": 1}


def test_a_dry_run_says_what_is_new_and_writes_nothing(library: Library, site: Site, add: Add, run: Run) -> None:
    add(sitemap(site, one="2026-01-01"))
    run()
    sitemap(site, one="2026-02-01", two="2026-02-01")
    *outcomes, _ = trying.run(library, "ours")
    assert [each.outcome for each in outcomes if isinstance(each, Outcome)] == ["changed", "new"]
    assert site.asked("/two") == []
    assert titles(library) == ["One"]
    assert run().counts["added"] == 1


def test_what_a_curator_discarded_does_not_come_back(library: Library, site: Site, add: Add, run: Run) -> None:
    add(sitemap(site, one="2026-01-01"))
    run()
    with library.database.writing() as session:
        session.delete(catalogue.find(session, "one"))
    sitemap(site, one="2026-02-01")
    assert run().counts == {}
    assert titles(library) == []


def test_a_page_that_a_curator_added_before_stays_theirs(library: Library, site: Site, add: Add, run: Run) -> None:
    address = sitemap(site, one="2026-01-01")
    take_in(library, wanted(site.address + "/one", Record(kind="policy", audiences=("carers",))))
    add(address, said=STAFF)
    assert run().counts == {"duplicate": 1}
    assert catalogue.show(library, "one").view.card.kind == "policy"


FEED = '<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'


def feed(site: Site, *names: str) -> str:
    for name in names:
        site.answers.setdefault(f"/{name}", page(name.title()))
    items = "".join(
        f"<item><guid>{name}</guid><link>{site.address}/{name}</link>"
        "<pubDate>Mon, 02 Nov 2026 10:00:00 GMT</pubDate></item>"
        for name in names
    )
    return site.put("/feed", FEED.format(items=items))


def test_the_pages_of_a_feed_are_taken_and_old_entries_stay(
    library: Library, site: Site, add: Add, run: Run
) -> None:
    assert add(feed(site, "one", "two")) == "feed"
    assert run().counts == {"added": 2}
    feed(site, "two", "three")
    ended = run()
    assert (ended.counts, ended.gone) == ({"added": 1}, ())
    assert titles(library) == ["One", "Three", "Two"]


def test_a_feed_that_has_not_changed_is_not_read_again(site: Site, add: Add, run: Run) -> None:
    add(feed(site, "one"))
    run()
    assert run().counts == {}
    assert site.asked("/feed") == [200, 200, 304]


def test_a_page_that_offers_a_feed_can_stand_for_it(site: Site, add: Add) -> None:
    address = feed(site, "one")
    link = f'<link rel="alternate" type="application/rss+xml" href="{address}">'
    assert add(site.put("/", f"<html><head>{link}</head><body>x</body></html>"), kind="feed") == "feed"


def test_one_page_is_asked_again_at_each_run(library: Library, site: Site, add: Add, run: Run) -> None:
    assert add(site.put("/one", page("One"))) == "page"
    assert run().counts == {"added": 1}
    assert run().counts == {"unchanged": 1}
    site.put("/one", page("One", "Other words."))
    assert run().counts == {"updated": 1}


def test_what_is_not_what_it_was_said_to_be_is_refused(site: Site, add: Add) -> None:
    with pytest.raises(Invalid, match="is not an RSS or Atom feed; it seems to be the sitemap of a site"):
        add(sitemap(site, one="2026"), kind="feed")


@pytest.mark.parametrize("name", ["", "Our site", "a/b", "-a"])
def test_a_name_must_be_one_word(library: Library, name: str) -> None:
    with pytest.raises(Invalid, match="no name for a harvest"):
        sources.add(library, name, "https://a.test/")
