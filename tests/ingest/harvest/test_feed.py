from __future__ import annotations

import pytest

from ingest.errors import Damaged
from ingest.harvest import Ask, Cursor, Item, feed
from ingest.polite import Body
from ingest.source import Validators
from tests.site import Site

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
<item><title>One</title><link>/one</link><guid>id-1</guid><pubDate>Mon, 02 Nov 2026 10:00:00 GMT</pubDate></item>
<item><title>Two</title><link>{address}/two</link></item>
<item><title>Talk</title><guid isPermaLink="false">talk-1</guid></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><id>f</id>
<entry><id>urn:1</id><title>One</title><updated>2026-11-02T10:00:00Z</updated><link href="{address}/one"/></entry>
</feed>"""


def read(site: Site, ask: Ask, text: str, **headers: str) -> list[Item]:
    address = site.put("/feed", text.format(address=site.address), **headers)
    return [each for batch in feed.listing(ask, address, Cursor()) for each in batch.items]


def test_the_entries_of_rss_lead_to_their_pages(site: Site, ask: Ask) -> None:
    one, two, talk = read(site, ask, RSS, Content_Type="application/rss+xml")
    assert (one.identifier, one.address) == ("id-1", site.address + "/one")
    assert "02 Nov 2026" in one.datestamp
    assert two.identifier == two.address == site.address + "/two"
    assert "leads to no page" in talk.problem


def test_the_entries_of_atom_have_their_last_change(site: Site, ask: Ask) -> None:
    (one,) = read(site, ask, ATOM)
    assert one == Item("urn:1", site.address + "/one", "2026-11-02T10:00:00Z")


def test_an_entry_that_stands_twice_is_one(site: Site, ask: Ask) -> None:
    entry = ATOM[ATOM.index("<entry>") : ATOM.index("</feed>")]
    assert len(read(site, ask, ATOM.replace(entry, entry * 2))) == 1


def test_a_feed_that_is_broken_in_the_middle_gives_what_can_be_read(site: Site, ask: Ask) -> None:
    assert len(read(site, ask, RSS.replace("<title>Two", "<title>Two & three <b>"))) == 3


def test_an_empty_feed_is_a_feed(site: Site, ask: Ask) -> None:
    assert read(site, ask, '<rss version="2.0"><channel><title>News</title></channel></rss>') == []


def test_a_page_is_no_feed(site: Site, ask: Ask) -> None:
    with pytest.raises(Damaged, match="no feed"):
        read(site, ask, "<html><body><p>Words</p></body></html>")


def test_entities_are_refused(site: Site, ask: Ask) -> None:
    with pytest.raises(Damaged, match="entities"):
        read(site, ask, '<!DOCTYPE rss [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + RSS)


def test_a_page_says_which_feeds_it_has() -> None:
    page = (
        b'<html><head><link rel="alternate" type="application/atom+xml" href="/feed"><link rel="icon" href="/i">'
    )
    assert feed.offered(Body("https://a.test/b/", page, "text/html", Validators())) == ("https://a.test/feed",)
