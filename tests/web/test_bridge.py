"""What a results page says of other words, of widening, and of ways on from nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from bs4 import BeautifulSoup

from clearinghouse import indexing
from clearinghouse.library import Library, open_library
from clearinghouse.settings import Settings
from clearinghouse.web import create_app
from tests.clearinghouse import making

Get = Callable[[str], BeautifulSoup]


@pytest.fixture(scope="module")
def bridged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    library = open_library(Settings(home=tmp_path_factory.mktemp("bridged") / "home", curator="A Curator"))
    making.a_resource(library, "Wages", "Wages for a peer practitioner.", audiences=("staff",))
    making.a_resource(library, "Wages again", "Wages, and marmalade.", audiences=("staff",))
    making.a_resource(library, "On wards", "A consumer waits.", audiences=("carers",))
    making.a_resource(library, "On hope", "Hope.", topics=("hope",), audiences=("carers",))
    indexing.sync(library)
    yield library
    library.close()


@pytest.fixture
def look(bridged: Library) -> Get:
    client = create_app(bridged).test_client()

    def get(address: str) -> BeautifulSoup:
        response = client.get(address)
        assert response.status_code == 200
        return BeautifulSoup(response.text, "html.parser")

    return get


def test_the_page_says_what_it_also_searched_for_and_leads_to_the_words_typed(look: Get) -> None:
    page = look("/search?q=lived+experience+workers")
    beside = page.select_one(".beside")
    assert beside.text.startswith("We also searched for “peer worker”, ")
    assert "“peer practitioner”" in beside.text
    assert [each.text for each in page.select(".card-title")] == ["Wages"]
    assert [each.text for each in page.select(".snippet mark")] == ["peer", "practitioner"]
    only = look(beside.a["href"])
    assert beside.a["href"] == "/search?q=lived+experience+workers&words=typed"
    assert only.select_one(".beside") is None
    assert only.select(".card-title") == []
    back = next(each for each in only.select(".chosen a") if "Only the words you typed" in each.text)
    assert back["href"] == "/search?q=lived+experience+workers"


def test_choosing_a_filter_keeps_to_the_words_typed(look: Get) -> None:
    assert look("/search?q=wages&words=typed").select_one("#find input[name=words]")["value"] == "typed"
    assert look("/search?q=wages").select_one("#find input[name=words]") is None


def test_the_wish_for_the_words_typed_is_carried_to_no_other_page(look: Get) -> None:
    page = look("/search?q=wages&words=typed")
    elsewhere = [each["href"] for each in page.select("a[href]") if not each["href"].startswith("/search")]
    assert elsewhere
    assert not [each for each in elsewhere if "words=typed" in each and "/feed" not in each]


def test_a_word_of_another_time_leads_to_ours_and_is_not_said_by_us(look: Get) -> None:
    page = look("/search?q=patients")
    assert "Here we say consumer" in page.select_one(".suggestion").text
    assert page.select_one(".suggestion a")["href"] == "/topics/consumer"
    assert "patient" not in page.select_one(".beside").text
    assert "patient" not in look("/search?q=consumer").main.text.lower()


def test_where_results_with_some_of_the_words_begin_is_said(look: Get) -> None:
    page = look("/search?q=wages+marmalade")
    assert "One resource has all of these words" in page.select_one(".widened").text
    lists = page.select("ol.card-list")
    assert [len(each.find_all("li", recursive=False)) for each in lists] == [1, 1]
    assert [each["start"] for each in lists] == ["1", "2"]
    between = lists[1].find_previous_sibling()
    assert between.text == "These have some of the words."


def test_where_none_has_all_words_that_is_said(look: Get) -> None:
    page = look("/search?q=wages+consumer")
    assert page.select_one(".widened").text == "No resource has all of these words. These have some of them."
    assert len(page.select("ol.card-list")) == 1


def test_nothing_found_says_which_choice_to_let_go_of_and_how_many_that_gives(look: Get) -> None:
    page = look("/search?q=wages&audience=carers")
    assert page.select_one(".kind-word h2").text == "Nothing found this time"
    (way,) = (each for each in page.select(".kind-word li") if "look without" in each.text)
    assert "look without “Family, friends and carers”: 2 resources" in " ".join(way.text.split())
    assert way.a["href"] == "/search?q=wages"
    assert "2 resources" in look(way.a["href"]).select_one(".how-many").text
    ways = [each["href"] for each in page.select(".kind-word a")]
    assert {"/glossary?audience=carers", "/ask?audience=carers", "/help-now?audience=carers"} <= set(ways)


def test_years_may_be_let_go_of_too(look: Get) -> None:
    page = look("/search?q=wages&from=1990&to=1991")
    (way,) = (each for each in page.select(".kind-word li") if "look without" in each.text)
    assert "look without the years: 2 resources" in " ".join(way.text.split())
    assert way.a["href"] == "/search?q=wages"


def test_topics_near_are_offered_where_little_is_found_and_not_where_much_is(look: Get) -> None:
    page = look("/search?q=holding+onions")
    assert [each["href"] for each in page.select(".near a")] == ["/topics/hope"]
    assert look("/search").select(".near") == []
