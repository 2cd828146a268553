"""A search by a program finds what the page finds, and says as much about it."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from clearinghouse.library import Library
from clearinghouse.search import tally
from clearinghouse.web import create_app


def _asked(client: FlaskClient, query: str) -> Any:
    response = client.get(f"/api/v1/search?{query}")
    assert response.status_code == 200, response.text
    return response.json


def _cut(marked: Any) -> list[str]:
    return [marked["text"][start:end] for start, end in marked["marks"]]


def test_what_is_found_comes_with_its_best_pages_and_marks(client: FlaskClient) -> None:
    (found,) = _asked(client, "q=kookaburra")["found"]
    assert found["resource"]["slug"] == "handbook-of-peer-wayfinding"
    (page,) = found["pages"]
    assert (page["edition"], page["number"]) == ("full-en", 30)
    assert "kookaburra" in page["snippet"]["text"]
    assert _cut(page["snippet"]) == ["kookaburra"]
    assert page["url"] == (
        "http://localhost/resources/handbook-of-peer-wayfinding/full-en/read?part=2&q=kookaburra#page-30"
    )


def test_the_address_of_a_visitors_search_is_the_same_search_with_the_api_before_it(
    client: FlaskClient, page: Any
) -> None:
    for query in (
        "q=supervision&audience=staff&sort=title",
        "kind=story&kind=guideline&from=2000&to=2018",
        "q=year:2019",
    ):
        shown = page(f"/search?{query}")
        there = [each["href"].partition("?")[0].rpartition("/")[2] for each in shown.select(".card-title a")]
        said = _asked(client, query)
        assert [each["resource"]["slug"] for each in said["found"]] == there
        counted = {
            each.span.contents[0].strip(): each.select_one(".count").text
            for each in shown.select(".filters label:has(input[type=checkbox][value])")
        }
        for choice in (
            choice for each in said["filters"] for choice in each["choices"] if choice["label"] in counted
        ):
            assert counted[choice["label"]] == f"({choice['count']})"


def test_filters_are_counted_and_say_what_is_chosen(client: FlaskClient) -> None:
    said = _asked(client, "audience=consumers")
    audiences = next(each for each in said["filters"] if each["name"] == "audience")
    assert audiences["label"] == "Who it is for"
    assert {each["value"]: (each["count"], each["chosen"]) for each in audiences["choices"]} == {
        "consumers": (2, True),
        "carers": (2, False),
        "staff": (2, False),
    }
    assert [(each["year"], each["count"]) for each in _asked(client, "")["years"]] == [(2005, 1), (2019, 1)]


def test_a_slip_is_mended_and_a_filter_that_keeps_everything_away_is_named(client: FlaskClient) -> None:
    assert _asked(client, "q=supervison")["suggestion"] == "supervision"
    said = _asked(client, "q=kookaburra&kind=story")
    assert (said["total"], said["let_go"]) == (0, [{"filter": "kind", "total": 1}])


def test_other_words_for_the_same_are_named_and_can_be_left_out(client: FlaskClient) -> None:
    said = _asked(client, "q=peer+supervision")
    assert said["topic"] == {"value": "peer-supervision", "label": "Peer supervision"}
    assert any(each["words"] for each in said["other_words"])
    assert _asked(client, "q=peer+supervision&words=typed")["other_words"] == []


def test_a_word_of_the_glossary_is_explained_and_hidden_notes_are_counted(client: FlaskClient) -> None:
    assert _asked(client, "q=what+is+seclusion")["meaning"]["slug"] == "seclusion"
    said = _asked(client, "q=marmalade&notes=hide")
    assert (said["total"], said["hidden"]) == (0, 1)


def test_a_search_that_suggests_a_crisis_is_answered_with_people_to_talk_to(client: FlaskClient) -> None:
    lines = _asked(client, "q=i+want+to+die")["help"]
    assert "Lifeline" in [each["name"] for each in lines]
    assert all(each["tel"] for each in lines)
    assert _asked(client, "q=supervision")["help"] == []


def test_a_program_is_not_counted_among_visitors(library: Library) -> None:
    visitor = create_app(library).test_client()
    agent = {"User-Agent": "Mozilla/5.0"}
    visitor.get("/api/v1/search?q=kites", headers=agent)
    assert tally.write(library) == 0
    visitor.get("/search?q=kites", headers=agent)
    assert tally.write(library) == 1


@pytest.mark.parametrize("query", ["q=kites", "q=", "page=9&size=100", "from=2020&to=2001"])
def test_an_empty_library_is_answered_for_too(library: Library, query: str) -> None:
    assert _asked(create_app(library).test_client(), query)["found"] == []


def test_what_somebody_types_is_kept_on_no_device(client: FlaskClient) -> None:
    for address in ("/api/v1/search?q=peer", "/api/v1/suggestions?q=peer"):
        assert client.get(address).headers["Cache-Control"] == "private, no-store"
    assert client.get("/api/v1/topics").headers["Cache-Control"] == "private, no-cache"


def test_suggestions_are_those_of_the_search_box(client: FlaskClient) -> None:
    said: Any = client.get("/api/v1/suggestions?q=handb").json
    assert said == {
        "suggestions": [
            {"label": "Handbook of peer wayfinding", "kind": "resource", "slug": "handbook-of-peer-wayfinding"}
        ]
    }


def test_what_a_visitor_carries_along_in_the_address_is_no_hindrance(client: FlaskClient) -> None:
    assert _asked(client, "q=supervision&easy=first&words=typed") == _asked(client, "q=supervision&words=typed")
