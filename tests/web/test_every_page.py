"""What holds for every page that a visitor can walk to."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

#: Styles and scripts that stand in a page; what only describes it is data, and no browser runs it.
_OF_ITS_OWN = "[style], style, script:not([src], [type='application/ld+json']), [onclick], [onload]"
#: What a browser fetches for a page; the other links are only followed by those who want to.
_LOADED = "script[src], link[rel=stylesheet], link[rel=icon], img, iframe"


@pytest.fixture(scope="module")
def shown(every_page: list[str], app: Flask) -> dict[str, BeautifulSoup]:
    """Address to page, each read once."""
    visitor = app.test_client()
    return {address: BeautifulSoup(visitor.get(address).text, "lxml") for address in every_page}


def test_a_walk_from_the_first_page_finds_every_part_of_the_library(every_page: list[str]) -> None:
    assert 20 < len(every_page) < 150
    for place in ("/search", "/topics/", "/collections/", "/resources/", "/about", "/help-now"):
        assert any(address.startswith(place) for address in every_page)


def test_every_page_has_its_landmarks_one_heading_and_the_way_out(shown: dict[str, BeautifulSoup]) -> None:
    for address, page in shown.items():
        assert len(page.select("h1")) == 1, address
        assert page.h1.text.strip(), address
        assert len(page.select("main, body > header, footer, nav[aria-label=Main]")) == 4, address
        assert page.select_one("a.skip")["href"] == "#main", address
        assert page.select_one("a#leave")["href"] == "/leave", address
        assert page.select_one(".strip li a")["href"] == "tel:000", address
        assert len(page.select(".strip li a")) == 3, address
        assert page.select("form[role=search]"), address


def test_headings_go_down_one_step_at_a_time(shown: dict[str, BeautifulSoup]) -> None:
    for address, page in shown.items():
        levels = [int(each.name[1]) for each in page.select("main :is(h1, h2, h3, h4, h5, h6)")]
        assert levels, address
        assert levels[0] == 1, address
        for above, below in pairwise(levels):
            assert below <= above + 1, f"{address}: h{below} after h{above}"


def test_the_title_says_where_one_is_and_no_two_pages_have_the_same(shown: dict[str, BeautifulSoup]) -> None:
    having = defaultdict(set)
    for address, page in shown.items():
        path, _, rest = address.partition("?")
        having[page.title.text].add(path + (f"?{rest}" if rest.startswith("part=") else ""))
    assert {title: places for title, places in having.items() if len(places) > 1} == {}
    for address, page in shown.items():
        title = page.title.text
        assert title == "Peer Support Clearing House" or title.endswith(" – Peer Support Clearing House"), address


def test_no_page_has_a_style_or_script_of_its_own_or_the_same_id_twice(shown: dict[str, BeautifulSoup]) -> None:
    for address, page in shown.items():
        assert not page.select(_OF_ITS_OWN), address
        ids = [each["id"] for each in page.select("[id]")]
        assert len(ids) == len(set(ids)), address
        for each in page.select("[aria-labelledby], label[for]"):
            assert (each.get("aria-labelledby") or each.get("for")) in ids, address


def test_every_link_within_a_page_leads_to_something_on_it(shown: dict[str, BeautifulSoup]) -> None:
    for address, page in shown.items():
        ids = {each["id"] for each in page.select("[id]")}
        for link in page.select("a[href^='#']"):
            assert link["href"][1:] in ids, f"{address}: {link['href']}"


def test_no_page_loads_anything_from_another_host(shown: dict[str, BeautifulSoup]) -> None:
    for address, page in shown.items():
        parts = page.select(_LOADED)
        loaded = [each.get("src") or each.get("href") for each in parts]
        assert loaded, address
        assert all(each.startswith("/static/") for each in loaded), address


def test_a_link_to_another_site_says_whose_it_is_and_tells_it_nothing(shown: dict[str, BeautifulSoup]) -> None:
    for address, page in shown.items():
        for link in page.select("a[href^='http']"):
            assert "noreferrer" in link.get("rel", []), f"{address}: {link['href']}"


def test_the_word_patient_is_never_shown(shown: dict[str, BeautifulSoup]) -> None:
    for address, page in shown.items():
        assert "patient" not in page.text.lower(), address


def test_only_the_page_with_a_form_of_its_own_sets_a_cookie(client: FlaskClient, every_page: list[str]) -> None:
    setting = [address for address in every_page if "Set-Cookie" in client.get(address).headers]
    assert [address for address in setting if not address.startswith("/ask")] == []


def test_links_that_are_heard_alike_lead_to_the_same_place(shown: dict[str, BeautifulSoup]) -> None:
    for address, page in shown.items():
        places = defaultdict(set)
        for link in page.select("a[href]:not([href^='#'])"):
            places[" ".join(link.get_text(" ").split())].add(link["href"].partition("?")[0])
        assert {words: found for words, found in places.items() if len(found) > 1} == {}, address
