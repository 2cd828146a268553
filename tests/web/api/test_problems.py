"""What a program is told where it asks for what cannot be had: always a sentence, always the same shape."""

from __future__ import annotations

import time
from typing import Any

import pytest
from flask.testing import FlaskClient

from clearinghouse.enquiries import packs
from clearinghouse.enquiries.packs import Contents
from clearinghouse.holdings import catalogue
from clearinghouse.library import Library
from clearinghouse.web import create_app
from tests.clearinghouse import making

HANDBOOK = "/api/v1/resources/handbook-of-peer-wayfinding"


def _problem(response: Any, status: int) -> str:
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    said = response.json
    assert (said["type"], said["status"], said["instance"]) == ("about:blank", status, response.request.path[:200])
    return str(said["detail"])


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("size=1000000", "“size” cannot be “1000000”: give a whole number of at most 100."),
        ("page=-1", "“page” cannot be “-1”: give a whole number of at least 1."),
        ("page=two", "“page” cannot be “two”: give a whole number."),
        ("page=1&page=2", "“page” is given 2 times; give it once."),
        (
            "audience=carer",
            "“audience” cannot be “carer”. Did you mean “carers”? Known: consumers, carers, staff, providers.",
        ),
        ("sort=best", "“sort” cannot be “best”. Did you mean “newest”? Known: newest, relevance, title."),
        ("from=0", "“from” cannot be “0”: give a whole number of at least 1000."),
        ("notes=show", "“notes” cannot be “show”. Known: hide."),
        ("language=Italian", "“language” cannot be “Italian”: it must be written as ^[a-z]{2,8}$."),
        ("&".join(["topic=a"] * 41), f"“topic” cannot be “{', '.join('a' * 41)[:60]}…”: give at most 40 of them."),
        ("q=" + "é" * 301, f"“q” cannot be “{'é' * 60}…”: give at most 300 characters."),
    ],
)
def test_a_value_that_cannot_be_is_named_with_what_could(client: FlaskClient, query: str, sentence: str) -> None:
    assert _problem(client.get(f"/api/v1/search?{query}"), 400) == sentence


@pytest.mark.parametrize("place", ["/search", "/topics", "/help-lines", "/resources/handbook-of-peer-wayfinding"])
def test_a_parameter_that_there_is_not_is_named_and_never_passed_over(client: FlaskClient, place: str) -> None:
    said = _problem(client.get(f"/api/v1{place}?audiance=carers"), 400)
    assert said.startswith("There is no parameter “audiance” here.")
    assert ("Did you mean “audience”?" in said) == (place == "/search")


@pytest.mark.parametrize(
    "place",
    [
        "/nowhere",
        "/resources/nowhere",
        "/resources/nowhere/editions/full-en/pages/1",
        "/resources/handbook-of-peer-wayfinding/editions/nix",
        "/resources/handbook-of-peer-wayfinding/editions/nix/pages",
        "/resources/handbook-of-peer-wayfinding/editions/full-en/pages/46",
        "/resources/handbook-of-peer-wayfinding/editions/full-en/pages/99999999999999999999999",
        "/topics/peer-supervison",
        "/collections/nowhere",
        "/glossary/nowhere",
        "/search?topic=nowhere",
    ],
)
def test_what_is_not_there_is_not_found(client: FlaskClient, place: str) -> None:
    said = _problem(client.get(f"/api/v1{place}"), 404)
    assert "`" not in said, "a command is of no use to a program"


def test_nothing_can_be_changed(client: FlaskClient) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE"):
        response = client.open("/api/v1/resources", method=method)
        _problem(response, 405)
        assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("accept", ["text/html", "application/xml, text/csv;q=0.2", "application/json;q=0"])
def test_a_form_that_nobody_serves_is_refused(client: FlaskClient, accept: str) -> None:
    assert "application/json" in _problem(client.get(HANDBOOK, headers={"Accept": accept}), 406)


def test_whoever_takes_json_or_anything_is_answered(client: FlaskClient) -> None:
    for accept in (
        "*/*",
        "application/*",
        "application/json, text/plain, */*",
        "text/html, application/json;q=0.1",
    ):
        assert client.get(HANDBOOK, headers={"Accept": accept}).status_code == 200


def test_a_question_of_any_length_is_refused_at_once(client: FlaskClient) -> None:
    started = time.process_time()
    said = _problem(client.get("/api/v1/search", query_string={"q": "x" * 2**20}), 400)
    assert len(said) < 200
    assert len(_problem(client.get("/api/v1/search", query_string={"x" * 2**20: "y"}), 400)) < 400
    assert time.process_time() - started < 2


def test_what_was_withdrawn_is_gone_and_a_draft_was_never_there(library: Library) -> None:
    gone = making.a_resource(library, "Gone", "About kites.")
    making.a_resource(library, "Draft", "About kites.", draft=True)
    catalogue.withdraw(library, gone, "A better one came.")
    visitor = create_app(library).test_client()
    for place in (
        "",
        "/similar",
        "/editions",
        "/editions/full-en",
        "/editions/full-en/pages",
        "/editions/full-en/pages/1",
    ):
        assert _problem(visitor.get(f"/api/v1/resources/gone{place}"), 410).endswith("A better one came.")
        assert _problem(visitor.get(f"/api/v1/resources/draft{place}"), 404)
    everything: Any = visitor.get("/api/v1/resources").json
    assert everything == {"total": 0, "resources": []}


def test_an_answer_pack_is_nobodys_business_but_of_those_who_have_its_address(library: Library) -> None:
    guide = making.a_resource(library, "A guide", "About kites.")
    pack = packs.create(library, Contents("To begin", [guide]))
    visitor = create_app(library).test_client()
    assert _problem(visitor.get(f"/api/v1/collections/{pack.slug}"), 404)
    assert visitor.get(f"/collections/{pack.slug}/feed.atom").status_code == 404
    assert visitor.get(f"/collections/{pack.slug}/cite.bib").status_code == 404
    for place in ("/api/v1/collections", f"/api/v1/resources/{guide}", "/feed.atom"):
        assert pack.slug not in visitor.get(place).text


def test_search_that_is_away_is_said_without_what_is_only_for_the_log(library: Library) -> None:
    making.a_resource(library, "Kites", "About kites.")
    index = library.settings.home / "index"
    visitor = create_app(library).test_client()
    index.mkdir(exist_ok=True)
    for each in index.iterdir():
        each.unlink()
    index.rmdir()
    index.write_text("not a folder")
    response = visitor.get("/api/v1/search?q=kites")
    said = _problem(response, 503)
    assert response.headers["Retry-After"] == "120"
    assert "clearinghouse" not in said
    assert visitor.get("/api/v1/resources/kites").status_code == 200
