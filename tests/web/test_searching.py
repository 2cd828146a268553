"""The page on how to search: what it says can be typed does find something."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup

from clearinghouse.library import Library
from clearinghouse.search import discovery
from clearinghouse.web import create_app
from clearinghouse.web.searching import FIELDS, SEARCHES

EXAMPLES = [words for _, examples in SEARCHES for words, _ in examples]


def found(library: Library, words: str) -> set[str]:
    answer = discovery.search(library, discovery.Question(words, size=100))
    return {each.card.slug for each in answer.found[: answer.whole]}


@pytest.fixture
def guide(sample_library: Library) -> BeautifulSoup:
    response = create_app(sample_library).test_client().get("/search/help")
    assert response.status_code == 200
    return BeautifulSoup(response.text, "lxml")


@pytest.mark.parametrize("words", EXAMPLES)
def test_each_example_finds_something_and_not_everything(sample_library: Library, words: str) -> None:
    everything = found(sample_library, "")
    assert set() < found(sample_library, words) < everything


def test_each_example_leads_to_its_search(guide: BeautifulSoup) -> None:
    links = [str(each["href"]) for each in guide.select(".ways-to-search a")]
    assert [parse_qs(urlsplit(link).query)["q"] for link in links] == [[words] for words in EXAMPLES]


def test_the_guide_says_where_one_is(guide: BeautifulSoup) -> None:
    assert guide.title is not None
    assert guide.title.text.startswith("How to search")
    assert [each.text for each in guide.select("h1")] == ["How to search"]


@pytest.mark.parametrize(("field", "value"), [(field, value) for field, values in FIELDS for value in values])
def test_each_value_that_is_listed_is_understood(sample_library: Library, field: str, value: str) -> None:
    answer = discovery.search(sample_library, discovery.Question(f"{field}:{value}"))
    name = "jurisdiction" if field == "where" else field
    chosen = next(each.choices for each in answer.filters if each.name == name)
    assert [each.value.lower() for each in chosen if each.chosen] == [value]


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("kind:guidelines", "kind:guideline"),
        ('kind:"Fact sheets"', "kind:fact-sheet"),
        ("audience:family", "audience:carers"),
        ("language:Italian", "language:it"),
        ("language:en-AU", "language:en"),
        ("form:easy", "form:easy-read"),
        ("where:victoria", "where:vic"),
        ("supervision kind:poem", "supervision"),
        ("supervision kind: audience:", "supervision"),
    ],
)
def test_values_are_understood_by_their_label_and_unknown_ones_passed_over(
    sample_library: Library, typed: str, same: str
) -> None:
    assert found(sample_library, typed) == found(sample_library, same) != set()


def test_a_language_nobody_wrote_in_finds_nothing(sample_library: Library) -> None:
    assert found(sample_library, "language:fr") == set()


@pytest.mark.parametrize("address", ["/", "/search?q=peer", "/for/carers", "/about"])
def test_how_to_search_is_one_step_from_each_big_search_box(sample_library: Library, address: str) -> None:
    response = create_app(sample_library).test_client().get(address)
    assert BeautifulSoup(response.text, "lxml").select('a[href^="/search/help"]')
