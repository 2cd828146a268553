"""The page of an answer pack."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from clearinghouse.enquiries import asking, desk, packs
from clearinghouse.enquiries.enquiry_words import Question
from clearinghouse.enquiries.packs import Contents, Pack
from clearinghouse.holdings import catalogue
from clearinghouse.library import Library
from clearinghouse.web import create_app
from tests.clearinghouse import making

ASKED = Question("My own story, told to nobody", "carers", "wombat@example.org, 0412 345 678", True, "Wombat")


@pytest.fixture
def visitor(library: Library) -> FlaskClient:
    return create_app(library).test_client()


@pytest.fixture
def reference(library: Library) -> str:
    return asking.ask(library, ASKED, "form").reference


@pytest.fixture
def pack(library: Library, reference: str) -> Pack:
    guides = [making.a_resource(library, f"Guide {at}", "Words.", summary=f"About {at}.") for at in range(3)]
    contents = Contents("To begin", guides, "Hello.\n\nTake your time.", {guides[0]: "Page <4>."})
    made = desk.make_pack(library, reference, contents)
    desk.answer(library, reference, "My answer", made.slug)
    return made


def test_the_page_shows_the_resources_with_notes_date_and_printed_addresses(
    visitor: FlaskClient, pack: Pack
) -> None:
    response = visitor.get(f"/packs/{pack.slug}")
    page = BeautifulSoup(response.text, "lxml")
    assert page.h1.text == "To begin"
    assert page.title.text.startswith("To begin")
    assert "Chosen for you by Peer Support Clearing House" in page.select_one(".kind").text
    assert str(pack.made_at.year) in page.select_one(".kind").text
    assert [each.text for each in page.select(".pack-introduction p")] == ["Hello.", "Take your time."]
    assert [each.text for each in page.select(".card-title")] == ["Guide 0", "Guide 1", "Guide 2"]
    assert page.select_one(".why").text == "Page <4>."
    assert [each.text for each in page.select(".paper-address")] == [
        f"http://localhost/resources/guide-{at}" for at in range(3)
    ]


def test_the_page_never_holds_who_asked(visitor: FlaskClient, pack: Pack, reference: str) -> None:
    response = visitor.get(f"/packs/{pack.slug}")
    sent = (response.text + str(response.headers)).casefold()
    for word in (reference, ASKED.nickname, "wombat@", "0412", "my own story", "My answer", "form"):
        if word != "form":
            assert word.casefold() not in sent
    assert reference.replace("-", "").casefold() not in sent


def test_no_search_engine_is_to_keep_it_and_nothing_leads_to_it(
    visitor: FlaskClient, library: Library, pack: Pack
) -> None:
    response = visitor.get(f"/packs/{pack.slug}")
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert BeautifulSoup(response.text, "lxml").select_one("meta[name=robots]")["content"] == "noindex, nofollow"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert visitor.get(f"/collections/{pack.slug}").status_code == 404
    for address in ("/", "/collections", "/search", "/resources/guide-0", "/robots.txt", "/topics"):
        assert pack.slug not in visitor.get(address).text


def test_withdrawn_resources_drop_out_with_a_quiet_sentence(
    visitor: FlaskClient, library: Library, pack: Pack
) -> None:
    catalogue.withdraw(library, "guide-1", "Too old")
    shown = visitor.get(f"/packs/{pack.slug}").text
    assert "Guide 1" not in shown
    assert "One resource that was here has been withdrawn" in shown
    for slug in ("guide-0", "guide-2"):
        catalogue.withdraw(library, slug, "Too old")
    shown = visitor.get(f"/packs/{pack.slug}")
    assert shown.status_code == 200
    assert "Nothing that was in this pack is in the library any more." in shown.text


def test_a_pack_that_was_taken_away_says_so_kindly_and_says_no_more(
    visitor: FlaskClient, library: Library, pack: Pack
) -> None:
    packs.withdraw(library, pack.slug)
    response = visitor.get(f"/packs/{pack.slug}")
    assert response.status_code == 410
    assert "This answer is no longer here" in response.text
    assert "To begin" not in response.text
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_an_address_that_is_no_pack_is_not_here(visitor: FlaskClient, pack: Pack) -> None:
    for slug in ("0000-0000-0000-0000-0000", pack.slug[:-1], "starting-out"):
        response = visitor.get(f"/packs/{slug}")
        assert response.status_code == 404
        assert pack.slug not in response.text.replace(f"/packs/{slug}", "")
