"""Feeds, read by a feed reader that others wrote; and suggestions while somebody types."""

from __future__ import annotations

from typing import Any

import feedparser
import pytest
from flask.testing import FlaskClient
from lxml import etree
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from clearinghouse.holdings import catalogue
from clearinghouse.holdings.record import Record
from clearinghouse.library import Library
from clearinghouse.web import create_app
from tests import schemas
from tests.clearinghouse import making
from tests.web import shelf

ATOM = "{http://www.w3.org/2005/Atom}"


#: One of each sort, and each of the states a feed can be in.
EVERY_FEED = (
    "/feed.atom",
    "/feed.atom?notes=hide",
    "/for/staff/feed.atom",
    "/for/providers/feed.atom",
    "/topics/peer-supervision/feed.atom",
    "/topics/boundaries/feed.atom",
    "/collections/starting-out/feed.atom",
    "/search.atom",
    "/search.atom?q=supervision&audience=staff&notes=hide",
    "/search.atom?q=%22rights+%26+%3Cb%3E",
)


def _feed(client: FlaskClient, address: str) -> Any:
    """What a feed reader makes of the feed, which is as RFC 4287 has it."""
    response = client.get(address)
    assert response.status_code == 200
    assert response.mimetype == "application/atom+xml"
    _require_sound(response.data)
    read = feedparser.parse(response.data)
    assert not read.bozo, read.get("bozo_exception")
    return read


def _require_sound(document: bytes) -> None:
    """That it fits the grammar, and keeps the rules that no grammar can say."""
    root = etree.fromstring(document)
    grammar = schemas.atom()
    assert grammar.validate(root), grammar.error_log
    for place in (root, *root.iter(f"{ATOM}entry")):
        links = [each.get("rel") for each in place.findall(f"{ATOM}link")]
        assert links.count("alternate") == 1
        assert links.count("self") == (1 if place is root else 0)
    ids = [each.text for each in root.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids))
    updated = [each.findtext(f"{ATOM}updated") for each in root.iter(f"{ATOM}entry")]
    assert root.findtext(f"{ATOM}updated") == max(updated, default="2000-01-01T00:00:00Z")


def test_a_feed_has_the_newest_that_the_search_finds(client: FlaskClient) -> None:
    feed = _feed(client, "/search.atom?q=supervision&audience=staff")
    (entry,) = feed.entries
    assert entry.title == "Handbook of peer wayfinding"
    assert entry.link == "http://localhost/resources/handbook-of-peer-wayfinding"
    assert [each.name for each in entry.authors] == ["Ana Ito", "Bo Lee", "Cy Okoro"]
    assert {(each.term, each.label) for each in entry.tags} >= {
        ("guideline", "Guideline"),
        ("carers", "Family, friends and carers"),
    }
    assert entry.summary == "How a team keeps its supervision going."
    assert entry.published_parsed is not None
    assert feed.feed.updated == entry.updated
    assert entry.rights == "CC BY 4.0"
    assert {(each.scheme.rpartition("#")[2], each.term) for each in entry.tags} >= {
        ("topic", "peer-supervision"),
        ("collection", "starting-out"),
        ("content-note", "seclusion"),
    }
    forms = {each.title: each.href for each in entry.links if each.rel == "related"}
    assert forms["Easy Read"] == "http://localhost/resources/handbook-of-peer-wayfinding/easy-read-en/read"


def test_a_feed_names_itself_and_the_page_it_follows(client: FlaskClient) -> None:
    feed = _feed(client, "/search.atom?q=supervision&audience=staff&sort=title&page=3")
    links = {each.rel: each.href for each in feed.feed.links}
    assert links["self"] == feed.feed.id == "http://localhost/search.atom?q=supervision&audience=staff"
    assert links["alternate"] == "http://localhost/search?q=supervision&audience=staff"


def test_a_hostile_title_comes_through_a_feed_as_it_was_written(client: FlaskClient) -> None:
    root = etree.fromstring(client.get("/search.atom?kind=fact-sheet").data)
    titles = [each.text for each in root.iter(f"{ATOM}title")]
    assert shelf.HOSTILE_TITLE in titles


def test_every_entry_has_what_atom_requires(client: FlaskClient) -> None:
    root = etree.fromstring(client.get("/search.atom").data)
    for place in (root, *root.iter(f"{ATOM}entry")):
        assert all(place.find(f"{ATOM}{name}") is not None for name in ("id", "title", "updated"))
    dates = [each.findtext(f"{ATOM}published") or "" for each in root.iter(f"{ATOM}entry")]
    assert dates == sorted(dates, reverse=True)
    assert len(dates) == 4


@pytest.mark.parametrize("address", EVERY_FEED)
def test_every_feed_is_as_the_standard_has_it_and_leads_to_its_page(client: FlaskClient, address: str) -> None:
    feed = _feed(client, address)
    links = {each.rel: each.href for each in feed.feed.links}
    assert links["self"].removeprefix("http://localhost") == address
    assert client.get(links["alternate"]).status_code == 200
    again = client.get(address, headers={"If-None-Match": client.get(address).headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("address", "slugs"),
    [
        ("/for/carers/feed.atom", {"handbook-of-peer-wayfinding", "una-guida"}),
        ("/for/carers/feed.atom?notes=hide", {"una-guida"}),
        ("/topics/peer-supervision/feed.atom", {"handbook-of-peer-wayfinding"}),
        (
            "/collections/starting-out/feed.atom",
            {"handbook-of-peer-wayfinding", "a-course-somewhere-else", "rights-script-alert-x-script-quoted"},
        ),
    ],
)
def test_each_audience_topic_and_collection_has_a_feed_of_its_own(
    client: FlaskClient, address: str, slugs: set[str]
) -> None:
    assert {each.link.rpartition("/")[2] for each in _feed(client, address).entries} == slugs


@pytest.mark.parametrize("address", ["/for/martians", "/topics/nowhere", "/collections/nowhere"])
def test_what_is_not_there_has_no_feed(client: FlaskClient, address: str) -> None:
    assert client.get(f"{address}/feed.atom").status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/", "/for/carers", "/topics/peer-supervision", "/collections/starting-out", "/search?q=peer"],
)
def test_a_page_leads_feed_readers_and_people_to_its_feed(page: Any, client: FlaskClient, address: str) -> None:
    shown = page(address)
    link = shown.select_one("link[rel=alternate][type='application/atom+xml']")
    assert link["href"] == shown.select_one(".follow a")["href"]
    assert client.get(link["href"]).mimetype == "application/atom+xml"


def test_a_feed_follows_what_a_curator_mends_takes_back_and_writes_badly(library: Library) -> None:
    gone, kept = (making.a_resource(library, title, "About kites.") for title in ("Gone", "Kept"))
    making.a_resource(library, "Draft", "About kites.", draft=True)
    visitor = create_app(library).test_client()
    first = {each.link.rpartition("/")[2]: each for each in _feed(visitor, "/feed.atom").entries}
    assert set(first) == {gone, kept}
    catalogue.withdraw(library, gone, "A better one came.")
    title = "Kept\x0b & \x00mended\ufffe <b>עברית 🌈"
    catalogue.revise(library, kept, Record(title=title, licence="\x08CC BY"))
    (entry,) = _feed(visitor, "/feed.atom").entries
    assert entry.title_detail.value == "Kept & mended <b>עברית 🌈"
    assert entry.published == first[kept].published
    assert entry.updated >= first[kept].updated


def test_a_feed_of_nothing_is_still_a_feed(client: FlaskClient) -> None:
    assert _feed(client, "/search.atom?q=nothingatallhasthisword&page=-1&audience=martians").entries == []


def test_a_feed_that_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/search.atom?q=supervision")
    again = client.get("/search.atom?q=supervision", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_the_results_page_offers_its_feed(page: Any) -> None:
    shown = page("/search?q=supervision&audience=staff")
    link = shown.select_one("link[rel=alternate][type='application/atom+xml']")
    assert link["href"] == shown.select_one(".follow a")["href"] == "/search.atom?q=supervision&audience=staff"


def test_what_is_typed_is_answered_with_labels_and_kept_nowhere(client: FlaskClient) -> None:
    response = client.get("/suggest?q=handb")
    assert response.json == ["Handbook of peer wayfinding"]
    assert response.headers["Cache-Control"] == "private, no-store"
    assert client.get("/suggest").json == []


@pytest.mark.browser
def test_while_somebody_types_the_box_offers_what_the_words_begin(browser: Chrome, site_address: str) -> None:
    browser.get(site_address)
    box = browser.find_element(By.CSS_SELECTOR, "#q")
    box.send_keys("handb")
    WebDriverWait(browser, 10).until(
        lambda _: (
            browser.execute_script("return [...arguments[0].list.options].map(each => each.value)", box)
            == ["Handbook of peer wayfinding"]
        )
    )
    assert browser.get_log("browser") == []
