"""Pages for what goes wrong, and odd questions that must not go wrong."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clearinghouse.holdings import catalogue
from clearinghouse.library import Library, open_library
from clearinghouse.settings import Settings
from clearinghouse.web import create_app
from tests.clearinghouse import making

HANDBOOK = "/resources/handbook-of-peer-wayfinding"


@pytest.mark.parametrize(
    "address",
    [
        "/nowhere",
        "/resources/nothing-of-this-name",
        f"{HANDBOOK}/full-xx/read",
        f"{HANDBOOK}/full-xx/original",
        "/resources/a-course-somewhere-else/full/original",
        "/collections/none",
        "/topics/none",
        "/static/none.css",
        "/static/../clearinghouse/settings.py",
    ],
)
def test_what_is_not_here_says_so_and_offers_ways_on(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "This page is not here" in response.text
    assert 'href="/topics"' in response.text
    assert 'href="tel:000"' in response.text


def test_a_mistyped_address_offers_a_search_for_its_words(client: FlaskClient) -> None:
    assert 'href="/search?q=charter+of+peer+suport"' in client.get("/resources/charter-of-peer-suport-2").text
    in_it = client.get("/resources/charter-of-peer-suport-2/full-en/read").text
    assert 'href="/search?q=charter+of+peer+suport"' in in_it


@pytest.mark.parametrize("part", ["full-en/read?part=99", "full-xx/read", "full-xx/original"])
def test_a_part_that_is_not_there_leads_to_the_resource_that_is(library: Library, part: str) -> None:
    slug = making.a_resource(library, "A guide <b>for</b> groups", "Text.")
    draft = making.a_resource(library, "Not yet", "Text.", draft=True)
    visitor = create_app(library).test_client()
    response = visitor.get(f"/resources/{slug}/{part}")
    assert response.status_code == 404
    assert BeautifulSoup(response.text, "lxml").main.li.a["href"] == f"/resources/{slug}"
    assert "A guide &lt;b&gt;for&lt;/b&gt; groups" in response.text
    assert "Not yet" not in visitor.get(f"/resources/{draft}/{part}").text


def test_what_was_withdrawn_says_why(client: FlaskClient) -> None:
    for address in ("/resources/an-old-policy", "/resources/an-old-policy/full/read"):
        response = client.get(address)
        assert response.status_code == 410
        assert "This resource has been withdrawn" in response.text
    assert "A newer one took its place." in client.get("/resources/an-old-policy").text
    assert "An old policy" not in client.get("/search").text


@pytest.mark.parametrize("reason", ["Not about peer support", "Not about peer support. "])
def test_an_old_link_to_what_was_withdrawn_leads_on_in_whole_sentences(library: Library, reason: str) -> None:
    slug = making.a_resource(library, "Royal arrogance")
    catalogue.withdraw(library, slug, reason)
    shown = BeautifulSoup(create_app(library).test_client().get(f"/resources/{slug}").text, "lxml").main
    said = [each.text for each in shown.select("p")][1]
    assert said == "“Royal arrogance” has been withdrawn. Not about peer support."
    assert shown.select_one("li a")["href"] == "/search?q=royal+arrogance"


def test_pages_are_for_reading_only(client: FlaskClient) -> None:
    response = client.post("/search", data={"q": "peer"})
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert "Pages here are for reading" in response.text


def test_an_index_that_cannot_be_read_leaves_browsing_open(tmp_path: Path) -> None:
    index = tmp_path / "not-a-folder"
    index.write_bytes(b"not an index")
    opened = open_library(Settings(home=tmp_path / "home", index=f"whoosh://{index}"))
    try:
        visitor = create_app(opened).test_client()
        response = visitor.get("/search?q=peer")
        assert response.status_code == 503
        assert "Search is having a rest" in response.text
        assert 'href="/collections"' in response.text
        assert response.headers["Retry-After"]
        assert visitor.get("/topics").status_code == 200
    finally:
        opened.close()


def test_a_database_that_cannot_be_read_still_shows_a_page_with_000(library: Library) -> None:
    visitor = create_app(library).test_client()
    place = library.settings.home / "library.db"
    with sqlite3.connect(place) as connection:
        connection.execute("ALTER TABLE help_line RENAME TO lost")
        connection.execute("ALTER TABLE resource RENAME TO lost_too")
    connection.close()
    response = visitor.get("/")
    assert response.status_code in (500, 503)
    assert 'href="tel:000"' in response.text
    assert "sqlite" not in response.text.lower()
    assert "Traceback" not in response.text


@pytest.mark.parametrize(
    "query",
    [
        "page=-1",
        "page=abc",
        "page=99999999999999999999",
        "sort=x",
        "audience=martians",
        "audience=martians&audience=carers",
        "topic=none&kind=&form=%00&language=xx&speaks=..",
        "from=abc&to=-5",
        "from=2020&to=2010",
        "from=٢٠١٠",
        "q=%FF%FE",
        "q=%00",
        "q=" + "a" * 5000,
        "q=" + "(" * 200,
        "q=%22unclosed",
        "q=-",
        "q=*",
        "q=title:",
        "q=OR+AND+NOT",
    ],
)
def test_an_odd_question_is_taken_as_well_as_it_can_be(client: FlaskClient, query: str) -> None:
    assert client.get(f"/search?{query}").status_code == 200


def test_an_unknown_audience_is_as_if_it_had_not_been_asked(client: FlaskClient) -> None:
    assert "4 resources" in client.get("/search?audience=martians").text
    assert "2 resources" in client.get("/search?audience=martians&audience=carers").text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.dictionaries(
        st.sampled_from(
            ["q", "audience", "kind", "topic", "language", "form", "speaks", "from", "to", "sort", "page"]
        ),
        st.text(max_size=30),
    )
)
def test_no_question_gives_an_error(client: FlaskClient, query: dict[str, str]) -> None:
    clean = {name: value.encode("utf-8", "ignore").decode() for name, value in query.items()}
    assert client.get("/search", query_string=clean).status_code == 200
    assert client.get(HANDBOOK, query_string=clean).status_code == 200
