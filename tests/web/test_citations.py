"""Files for reference managers, by link and by `Accept`, read by programs that others wrote."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
import rispy
from flask import Flask
from flask.testing import FlaskClient
from pybtex.database import parse_string

from clearinghouse import indexing
from clearinghouse.holdings import catalogue
from clearinghouse.library import Library
from clearinghouse.web import create_app
from tests.clearinghouse import making

HANDBOOK = "/resources/handbook-of-peer-wayfinding"
BIBTEX = "application/x-bibtex"
RIS = "application/x-research-info-systems"
CSL = "application/vnd.citationstyles.csl+json"

READERS: dict[str, Callable[[str], list[str]]] = {
    "bib": lambda text: list(parse_string(text, "bibtex").entries),
    "ris": lambda text: [each["id"] for each in rispy.loads(text)],
    "json": lambda text: [each["id"] for each in json.loads(text)],
}
STARTING_OUT = ["handbook-of-peer-wayfinding", "rights-script-alert-x-script-quoted", "a-course-somewhere-else"]


@pytest.mark.parametrize("ending", READERS)
def test_a_collection_is_cited_whole_and_in_its_order(client: FlaskClient, ending: str) -> None:
    response = client.get(f"/collections/starting-out/cite.{ending}")
    assert READERS[ending](response.text) == STARTING_OUT
    assert response.headers["Content-Disposition"] == f"attachment; filename=starting-out.{ending}"


@pytest.mark.parametrize("ending", READERS)
def test_a_search_is_cited_in_the_order_it_is_shown_in(client: FlaskClient, page: Any, ending: str) -> None:
    address = "/search?audience=consumers&audience=staff&sort=title"
    shown = page(address)
    (link,) = [
        each["href"] for each in shown.select("a[download]") if each["href"].partition("?")[0][-3:] in ending
    ]
    in_order = [urlsplit(each["href"]).path.rsplit("/", 1)[1] for each in shown.select(".card-title a")]
    assert sorted(in_order) == sorted(STARTING_OUT)
    assert READERS[ending](client.get(link).text) == in_order


def test_a_search_that_finds_more_than_it_shows_at_once_is_cited_beyond_its_first_page(library: Library) -> None:
    for number in range(12):
        making.a_resource(library, f"Guide {number}", "About kites.")
    indexing.sync(library)
    visitor = create_app(library).test_client()
    assert len(rispy.loads(visitor.get("/search/cite.ris?q=kites&page=2").text)) == 12
    assert rispy.loads(visitor.get("/search/cite.ris?q=nothingatall").text) == []


def test_what_is_withdrawn_or_a_draft_is_in_no_citation_file(library: Library) -> None:
    kept, gone = (making.a_resource(library, title, "About kites.") for title in ("Kept", "Gone"))
    making.a_resource(library, "Draft", "About kites.", draft=True)
    indexing.sync(library)
    catalogue.withdraw(library, gone, "A better one came.")
    visitor = create_app(library).test_client()
    assert READERS["json"](visitor.get("/search/cite.json?q=kites").text) == [kept]
    assert visitor.get(f"/resources/{gone}", headers={"Accept": BIBTEX}).status_code == 410
    assert visitor.get("/resources/draft/cite.ris").status_code == 404


@pytest.mark.parametrize(("accept", "ending"), [(BIBTEX, "bib"), (RIS, "ris"), (CSL, "json")])
def test_a_reference_manager_gets_its_own_format_from_the_address_of_the_page(
    client: FlaskClient, accept: str, ending: str
) -> None:
    response = client.get(HANDBOOK, headers={"Accept": f"{accept}, text/html;q=0.5"})
    assert response.mimetype == accept
    assert READERS[ending](response.text) == ["handbook-of-peer-wayfinding"]
    assert response.headers["Vary"] == "Accept"
    assert response.headers["Content-Location"] == f"{HANDBOOK}/cite.{ending}"
    assert response.data == client.get(response.headers["Content-Location"]).data


def test_whoever_asks_for_json_is_led_to_the_api(client: FlaskClient) -> None:
    response = client.get(HANDBOOK, headers={"Accept": "application/json"})
    assert (response.status_code, response.headers["Location"]) == (303, f"/api/v1{HANDBOOK}")
    assert response.headers["Vary"] == "Accept"


@pytest.mark.parametrize(
    "accept",
    [
        None,
        "",
        "*/*",
        "text/*",
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
        f"{BIBTEX};q=0.3, text/html;q=0.7",
        "no media type at all, */*",
    ],
)
def test_browsers_and_whoever_takes_anything_get_the_page(client: FlaskClient, accept: str | None) -> None:
    response = client.get(HANDBOOK, headers={} if accept is None else {"Accept": accept})
    assert response.status_code == 200
    assert response.mimetype == "text/html"
    assert response.headers["Vary"] == "Accept"


@pytest.mark.parametrize("accept", ["image/png", "text/csv;q=1", "text/html;q=0", "nonsense", "a/b," * 2000])
def test_a_form_that_nobody_serves_is_refused_with_those_there_are(client: FlaskClient, accept: str) -> None:
    response = client.get(HANDBOOK, headers={"Accept": accept})
    assert response.status_code == 406
    assert "BibTeX, RIS and CSL-JSON" in response.text
    assert response.headers["Vary"] == "Accept"


def test_an_unknown_ending_is_told_which_there_are(app: Flask) -> None:
    for place in (HANDBOOK, "/collections/starting-out", "/search"):
        assert app.test_client().get(f"{place}/cite.endnote").status_code == 404
