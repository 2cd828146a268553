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

from tests.web import shelf

ATOM = "{http://www.w3.org/2005/Atom}"


def _feed(client: FlaskClient, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200
    assert response.mimetype == "application/atom+xml"
    read = feedparser.parse(response.data)
    assert not read.bozo, read.get("bozo_exception")
    return read


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
