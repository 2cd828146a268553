"""Choices that stay by address: an audience, Easy Read first, resources with content notes hidden."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from clearinghouse.web import carried
from tests.web.pages import HANDBOOK

Get = Callable[[str], BeautifulSoup]

EASY = f"{HANDBOOK}/easy-read-en/read"
WALKED = ("/", "/topics", "/topics/peer-supervision", "/collections", "/collections/starting-out", "/about")


def links(shown: BeautifulSoup) -> list[str]:
    """Addresses of pages of this site, and not of files or of the way out."""
    found = [each["href"] for each in shown.select("a[href^='/']")]
    files = ("/leave", "/static", "/cite", "/originals.zip", "/feed.atom")
    return [each for each in found if not any(part in each for part in files) and "/original" not in each]


def query(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


@pytest.mark.parametrize("address", [*WALKED, HANDBOOK, EASY, "/help-now"])
def test_what_was_chosen_goes_along_with_every_link_to_a_page(page: Get, address: str) -> None:
    shown = page(f"{address}?audience=carers&easy=first&notes=hide")
    chosen = {each["href"] for each in shown.select(".kept a")}
    assert len(chosen) == 3
    for each in set(links(shown)) - chosen:
        kept = query(each)
        assert kept.get("easy") == ["first"], each
        assert kept.get("notes") == ["hide"], each
        # A link that names an audience of its own, or says “everything”, means what it says.
        named = shown.select_one(f'a[href="{each}"]')
        of_its_own = "audience" in kept or each.startswith("/for/") or "see" in named.text.lower()
        assert kept.get("audience") == ["carers"] or of_its_own, each


def test_files_the_way_out_and_other_sites_are_told_nothing(page: Get) -> None:
    for address in (HANDBOOK, "/resources/a-course-somewhere-else", "/help-now"):
        shown = page(f"{address}?audience=carers&easy=first&notes=hide")
        others = {each["href"] for each in shown.select("a[href]")} - set(links(shown))
        told = [each for each in others if "audience=" in each or "easy=" in each or "notes=" in each]
        assert told == []


def test_a_citation_holds_no_choice(page: Get) -> None:
    assert "carers" not in page(f"{HANDBOOK}?audience=carers&easy=first").select_one(".citation").text


def test_the_search_at_the_top_looks_where_one_has_chosen_to(page: Get) -> None:
    shown = page("/topics?audience=carers&notes=hide")
    hidden = shown.select(".site-header form input[type=hidden]")
    assert [(each["name"], each["value"]) for each in hidden] == [("audience", "carers"), ("notes", "hide")]
    assert "Family, friends and carers" in shown.select_one(".kept").text


def test_without_a_choice_nothing_is_said_of_any(page: Get) -> None:
    for address in WALKED:
        shown = page(address)
        assert not shown.select(".kept")
        assert not shown.select("input[type=hidden]")
        assert all("?" not in each for each in links(shown) if each.startswith(("/topics", "/collections")))


def test_each_choice_can_be_taken_away_and_the_page_stays(page: Get) -> None:
    shown = page(f"{EASY}?q=wayfinder&audience=carers&audience=staff&easy=first")
    assert {each.text.strip(" ×"): each["href"] for each in shown.select(".kept a")} == {
        "Remove Family, friends and carers": f"{EASY}?q=wayfinder&audience=staff&easy=first",
        "Remove People who work in services": f"{EASY}?q=wayfinder&audience=carers&easy=first",
        "Remove Easy Read first": f"{EASY}?q=wayfinder&audience=carers&audience=staff",
    }


def test_on_the_results_page_it_is_simply_the_audience_filter(page: Get) -> None:
    found = page("/search?q=wayfinding&audience=carers")
    assert found.select_one("input[name=audience][value=carers]").has_attr("checked")
    assert not found.select(".kept")
    assert not found.select("form#find input[type=hidden][name=audience]")
    assert query(found.select_one(".card-title a")["href"])["audience"] == ["carers"]


def test_removing_everything_on_the_results_page_leaves_the_words(page: Get) -> None:
    found = page("/search?q=wayfinding&audience=carers&easy=first&notes=hide")
    assert found.select_one(".chosen .clear")["href"] == "/search?q=wayfinding"


def test_easy_read_first_opens_the_easy_read_form_and_says_so(page: Get) -> None:
    title = page("/search?q=wayfinding&easy=first").select_one(".card-title a")
    assert title["href"] == f"{EASY}?q=wayfinding&easy=first"
    assert title.text.endswith("in Easy Read")


def test_without_easy_read_first_or_an_easy_read_form_the_resource_page_opens(page: Get) -> None:
    plain = page("/search?q=wayfinding").select_one(".card-title a")
    assert plain["href"] == f"{HANDBOOK}?q=wayfinding"
    other = page("/search?q=guida&easy=first").select_one(".card-title a")
    assert other["href"] == "/resources/una-guida?q=guida&easy=first"
    assert "Easy Read" not in other.text


def test_results_offer_easy_read_first_and_hiding_until_they_are_chosen(page: Get) -> None:
    offered = [each["href"] for each in page("/search?q=wayfinding").select(".offers a")]
    assert offered == ["/search?q=wayfinding&easy=first", "/search?q=wayfinding&notes=hide"]
    assert not page("/search?q=wayfinding&easy=first&notes=hide").select(".offers")


def test_results_lead_straight_to_each_form(page: Get) -> None:
    ways = page("/search?q=wayfinding").select(".ways a")
    assert [each["href"] for each in ways] == [f"{HANDBOOK}/full-en/read?q=wayfinding", f"{EASY}?q=wayfinding"]


def test_resources_with_content_notes_can_be_hidden_and_are_counted(page: Get) -> None:
    found = page("/search?audience=carers&notes=hide")
    assert [each.text for each in found.select(".card-title")] == ["Una guida"]
    assert "1 resource with content notes is hidden" in found.select_one(".hidden-count").text
    assert found.select_one(".hidden-count a")["href"] == "/search?audience=carers"


def test_where_everything_that_answers_is_hidden_the_page_says_so(page: Get) -> None:
    found = page("/search?q=kookaburra&notes=hide")
    assert "Nothing found" in found.select_one(".kind-word").text
    assert "you chose to hide it" in found.select_one(".kind-word").text
    assert found.select_one(".hidden-count a")["href"] == "/search?q=kookaburra"


@pytest.mark.parametrize("address", ["/", "/collections/starting-out", "/topics/peer-supervision"])
def test_lists_leave_out_what_is_hidden(page: Get, address: str) -> None:
    assert page(address).select(f"main a[href='{HANDBOOK}']")
    assert not page(f"{address}?notes=hide").select(f"main a[href^='{HANDBOOK}']")


def test_topics_count_what_is_shown_alone(page: Get) -> None:
    assert "Peer supervision" in page("/topics").select_one("main").text
    assert "Peer supervision" not in page("/topics?notes=hide").select_one("main").text


def test_a_collection_says_what_it_does_not_show(page: Get) -> None:
    shown = page("/collections/starting-out?notes=hide")
    assert "1 resource with content notes is hidden" in shown.select_one(".hidden-count").text
    assert shown.select_one(".hidden-count a")["href"] == "/collections/starting-out"


def test_a_resource_s_neighbours_are_those_that_are_shown(page: Get) -> None:
    second = "/resources/rights-script-alert-x-script-quoted"
    assert page(second).select_one("a[rel=prev]")
    shown = page(f"{second}?notes=hide").select_one("nav.place")
    assert shown.select_one("a[rel=prev]") is None
    assert shown.select_one("a[rel=next]") is not None
    assert "1 resource with content notes is hidden" in shown.select_one(".hidden-count").text
    assert shown.select_one(".hidden-count a")["href"] == second


def test_a_form_can_be_narrowed_by_who_speaks_and_by_where(page: Get) -> None:
    found = page("/search?speaks=co-produced&jurisdiction=VIC")
    assert [each.text for each in found.select(".card-title")] == ["Handbook of peer wayfinding"]
    assert [each.text.strip(" ×") for each in found.select(".chosen a")][:2] == [
        "Remove Co-produced",
        "Remove Victoria",
    ]


def test_a_choice_that_means_nothing_is_not_carried(page: Get) -> None:
    shown = page("/topics?audience=martians&easy=second&notes=1")
    assert not shown.select(".kept")
    assert query(shown.select_one(".site-name a")["href"]) == {}


def test_an_address_made_to_deceive_never_leads_elsewhere(client: FlaskClient) -> None:
    for deceit in ("_scheme=javascript&_external=1", "_anchor=x&endpoint=home.index", "_method=POST&self=1"):
        shown = BeautifulSoup(client.get(f"/topics?audience=carers&{deceit}").text, "lxml")
        assert all(each["href"].startswith("/topics") for each in shown.select(".kept a"))


def test_a_door_is_a_choice_of_its_own_and_offers_the_others(page: Get) -> None:
    shown = page("/for/carers")
    assert not shown.select(".kept")
    assert shown.select_one("main form input[name=audience]")["value"] == "carers"
    assert [each["href"] for each in shown.select(".offers a")] == [
        "/for/carers?easy=first",
        "/for/carers?notes=hide",
    ]
    assert shown.select_one(f".card-title a[href='{HANDBOOK}?audience=carers']")


def test_a_door_keeps_what_else_was_chosen(page: Get) -> None:
    shown = page("/for/carers?easy=first&notes=hide")
    assert [each["href"] for each in shown.select(".kept a")] == [
        "/for/carers?notes=hide",
        "/for/carers?easy=first",
    ]
    fields = [(each["name"], each["value"]) for each in shown.select("main form input[type=hidden]")]
    assert fields == [("audience", "carers"), ("easy", "first"), ("notes", "hide")]
    assert not shown.select(f"a[href^='{HANDBOOK}']")


def test_easy_read_first_holds_at_a_door(page: Get) -> None:
    titles = page("/for/carers?easy=first").select(".card-title a[href*='/read']")
    assert [each["href"] for each in titles] == [f"{EASY}?audience=carers&easy=first"]


def test_a_page_that_is_not_there_still_lets_a_choice_go(client: FlaskClient) -> None:
    shown = BeautifulSoup(client.get("/nowhere?audience=carers").text, "lxml")
    assert shown.select_one(".kept a")["href"] == "/"


def test_a_lasting_address_carries_nothing(app: Flask) -> None:
    with app.test_request_context("/topics?audience=carers"):
        assert carried.link("topics.index") == "/topics?audience=carers"
        assert carried.link("topics.index", _external=True) == "http://localhost/topics"
