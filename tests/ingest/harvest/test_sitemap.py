from __future__ import annotations

import gzip

import pytest

from ingest.errors import Damaged, Gone, TooLarge
from ingest.harvest import Ask, Cursor, markup, sitemap
from tests.site import Said, Site

NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(*pages: tuple[str, str]) -> str:
    urls = "".join(f"<url><loc>{page}</loc><lastmod>{changed}</lastmod></url>" for page, changed in pages)
    return f'<?xml version="1.0"?><urlset {NAMESPACE}>{urls}</urlset>'


def index(*addresses: str) -> str:
    files = "".join(f"<sitemap><loc>{each}</loc></sitemap>" for each in addresses)
    return f"<sitemapindex {NAMESPACE}>{files}</sitemapindex>"


def test_every_page_is_listed_with_its_last_change(site: Site, ask: Ask) -> None:
    pages = [(site.address + "/a", "2026-01-01"), (site.address + "/b", "2026-01-02")]
    (batch,) = sitemap.listing(ask, site.put("/sitemap.xml", urlset(*pages)), Cursor())
    assert [(each.address, each.datestamp) for each in batch.items] == pages


def test_an_index_is_followed_file_by_file_also_in_gzip(site: Site, ask: Ask) -> None:
    one = site.put("/one.xml", urlset((site.address + "/a", "2026")))
    two = site.put("/two.xml.gz", gzip.compress(urlset((site.address + "/b", "2026")).encode()))
    batches = list(sitemap.listing(ask, site.put("/sitemap.xml", index(one, two)), Cursor()))
    assert [[each.address for each in batch.items] for batch in batches] == [
        [],
        [site.address + "/a"],
        [site.address + "/b"],
    ]
    assert batches[1].after.waiting == (two,)


def test_a_reading_cut_off_goes_on_with_the_files_that_are_left(site: Site, ask: Ask) -> None:
    one = site.put("/one.xml", urlset((site.address + "/a", "2026")))
    two = site.put("/two.xml", urlset((site.address + "/b", "2026")))
    address = site.put("/sitemap.xml", index(one, two))
    cut_off = next(iter(sitemap.listing(ask, address, Cursor()))).after
    batches = list(sitemap.listing(ask, address, cut_off))
    assert [each.address for batch in batches for each in batch.items] == [
        site.address + "/a",
        site.address + "/b",
    ]
    assert site.asked("/sitemap.xml") == [200]


def test_an_index_that_names_itself_ends(site: Site, ask: Ask) -> None:
    address = site.put("/sitemap.xml", index(site.address + "/sitemap.xml"))
    assert len(list(sitemap.listing(ask, address, Cursor()))) == 1


def test_a_file_of_an_index_that_fails_stops_nothing(site: Site, ask: Ask) -> None:
    good = site.put("/good.xml", urlset((site.address + "/a", "2026")))
    address = site.put("/sitemap.xml", index(site.address + "/missing.xml", good))
    items = [each for batch in sitemap.listing(ask, address, Cursor()) for each in batch.items]
    assert [bool(each.problem) for each in items] == [True, False]
    assert "404" in items[0].problem


def test_a_page_on_another_site_is_not_taken_from_it(site: Site, ask: Ask) -> None:
    address = site.put("/sitemap.xml", urlset(("http://elsewhere.test/a", "2026")))
    (batch,) = sitemap.listing(ask, address, Cursor())
    assert "another site" in batch.items[0].problem
    assert batch.items[0].address == ""


def test_a_sitemap_may_be_plain_text(site: Site, ask: Ask) -> None:
    address = site.put("/sitemap.txt", f"{site.address}/a\r\n{site.address}/b\r\n")
    (batch,) = sitemap.listing(ask, address, Cursor())
    assert [each.address for each in batch.items] == [site.address + "/a", site.address + "/b"]


def test_what_is_no_sitemap_says_so(site: Site, ask: Ask) -> None:
    with pytest.raises(Damaged, match="no sitemap"):
        list(sitemap.listing(ask, site.put("/s", "<rss><channel/></rss>"), Cursor()))
    with pytest.raises(Gone):
        list(sitemap.listing(ask, site.put("/t", Said(b"", 404)), Cursor()))


def test_a_gzip_bomb_is_not_unpacked(site: Site, ask: Ask) -> None:
    bomb = gzip.compress(b"<urlset>" + b" " * (markup.MOST_BYTES + 1))
    with pytest.raises(TooLarge, match="unpacks to more than 50 MiB"):
        list(sitemap.listing(ask, site.put("/s.xml.gz", bomb), Cursor()))


def test_gzip_that_was_cut_off_is_one_sentence(site: Site, ask: Ask) -> None:
    whole = gzip.compress(urlset((site.address + "/a", "2026")).encode())
    with pytest.raises(Damaged, match="cut off"):
        list(sitemap.listing(ask, site.put("/s.xml.gz", whole[:-12]), Cursor()))


def test_entities_are_refused_and_nothing_they_name_is_read(site: Site, ask: Ask) -> None:
    secret = site.put("/secret", "words")
    for entity in (
        f'<!ENTITY e SYSTEM "{secret}">',
        '<!ENTITY e SYSTEM "file:///etc/passwd">',
        '<!ENTITY e "lol">',
    ):
        text = f"<!DOCTYPE urlset [{entity}]><urlset><url><loc>&e;</loc></url></urlset>"
        with pytest.raises(Damaged, match="entity declarations"):
            list(sitemap.listing(ask, site.put("/s.xml", text), Cursor()))
    assert site.asked("/secret") == []


def test_a_doctype_elsewhere_is_not_fetched(site: Site, ask: Ask) -> None:
    dtd = site.put("/s.dtd", "<!ELEMENT urlset ANY>")
    text = f'<!DOCTYPE urlset SYSTEM "{dtd}"><urlset><url><loc>{site.address}/a</loc></url></urlset>'
    (batch,) = sitemap.listing(ask, site.put("/s.xml", text), Cursor())
    assert len(batch.items) == 1
    assert site.asked("/s.dtd") == []


def test_more_elements_than_any_list_needs_are_refused(site: Site, ask: Ask) -> None:
    with pytest.raises(TooLarge):
        list(sitemap.listing(ask, site.put("/s.xml", "<urlset>" + "<a/>" * 2_000_001 + "</urlset>"), Cursor()))
