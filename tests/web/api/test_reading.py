"""What a program reads: resources, editions, text, words, collections, help lines; and how it walks lists."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.http import parse_options_header

from tests.web import shelf

HANDBOOK = "/api/v1/resources/handbook-of-peer-wayfinding"
EVERYTHING = (
    "",
    "/search",
    "/search?q=supervision",
    "/suggestions?q=ha",
    "/resources",
    "/resources/handbook-of-peer-wayfinding",
    "/resources/handbook-of-peer-wayfinding/similar",
    "/resources/handbook-of-peer-wayfinding/editions",
    "/resources/handbook-of-peer-wayfinding/editions/full-en",
    "/resources/handbook-of-peer-wayfinding/editions/full-en/pages",
    "/resources/handbook-of-peer-wayfinding/editions/full-en/pages/7",
    "/topics",
    "/topics/peer-supervision",
    "/collections",
    "/collections/starting-out",
    "/glossary",
    "/glossary/seclusion",
    "/help-lines",
    "/openapi.json",
)


def _links(header: str) -> dict[str, str]:
    """Relation to address, of a Link header."""
    found = {}
    for part in header.split(", <"):
        address, _, rest = part.strip("<").partition(">")
        found[parse_options_header(f"link{rest}")[1]["rel"]] = address
    return found


def test_a_resource_is_told_with_every_form_and_where_people_read_it(client: FlaskClient) -> None:
    said: Any = client.get(HANDBOOK).json
    assert said["title"] == "Handbook of peer wayfinding"
    assert said["url"] == "http://localhost/resources/handbook-of-peer-wayfinding"
    assert said["kind"] == {"value": "guideline", "label": "Guideline"}
    assert [each["value"] for each in said["audiences"]] == ["carers", "staff"]
    assert said["authors"] == ["Ana Ito", "Bo Lee", "Cy Okoro"]
    assert (said["year"], said["content_notes"], said["jurisdiction"]["value"]) == (2019, ["seclusion"], "VIC")
    assert [(each["key"], each["page_count"]) for each in said["editions"]] == [
        ("full-en", 45),
        ("easy-read-en", 2),
    ]
    assert said["collections"][0]["collection"] == {"value": "starting-out", "label": "Starting out"}
    original = said["editions"][0]["original"]
    assert original["media_type"] == "application/pdf"
    for address in (said["url"], said["citations"]["bib"], said["editions"][0]["read_url"], original["url"]):
        assert client.get(address).status_code == 200


def test_where_a_curator_keeps_files_is_nobodys_business(client: FlaskClient) -> None:
    said: Any = client.get(f"{HANDBOOK}/editions").json
    assert [each["source"] for each in said["editions"]] == [None, None]


def test_a_list_is_walked_from_end_to_end_by_its_links(client: FlaskClient) -> None:
    found, address = [], "/api/v1/resources?sort=title&size=3"
    while address:
        response = client.get(address)
        said: Any = response.json
        assert said["total"] == 4
        found += [each["title"] for each in said["resources"]]
        links = _links(response.headers["Link"])
        address = links.get("next", "")
    assert found == ["A course somewhere else", "Handbook of peer wayfinding", shelf.HOSTILE_TITLE, "Una guida"]
    assert links["prev"] == links["first"] == "http://localhost/api/v1/resources?sort=title&size=3&page=1"
    assert links["last"] == "http://localhost/api/v1/resources?sort=title&size=3&page=2"


def test_past_the_end_there_is_nothing_and_a_way_back(client: FlaskClient) -> None:
    response = client.get("/api/v1/resources?page=99999")
    assert response.json == {"total": 4, "resources": []}
    assert _links(response.headers["Link"])["prev"].endswith("page=1")


def test_the_text_of_a_document_comes_page_by_page(client: FlaskClient) -> None:
    response = client.get(f"{HANDBOOK}/editions/full-en/pages?size=40&page=2")
    said: Any = response.json
    assert (said["total"], [each["number"] for each in said["pages"]]) == (45, [41, 42, 43, 44, 45])
    one: Any = client.get(f"{HANDBOOK}/editions/full-en/pages/7").json
    assert "marmalade" in one["text"]
    assert client.get(one["url"].partition("#")[0]).status_code == 200


def test_a_collection_keeps_its_order_and_its_notes(client: FlaskClient) -> None:
    said: Any = client.get("/api/v1/collections/starting-out?size=2").json
    assert (said["kind"], said["total"]) == ("training", 3)
    assert [(each["resource"]["slug"], each["note"]) for each in said["items"]] == [
        ("handbook-of-peer-wayfinding", "Begin here."),
        ("rights-script-alert-x-script-quoted", ""),
    ]


def test_topics_and_words_are_told_with_their_neighbours_and_meaning(client: FlaskClient) -> None:
    topics: Any = client.get("/api/v1/topics?size=100").json
    counts = {each["slug"]: each["resources"] for each in topics["topics"]}
    assert (counts["peer-supervision"], topics["total"]) == (1, len(counts))
    topic: Any = client.get("/api/v1/topics/peer-supervision").json
    assert (topic["label"], topic["resources"]) == ("Peer supervision", 1)
    word: Any = client.get("/api/v1/glossary/seclusion").json
    assert word["meaning"]


def test_help_lines_can_be_shown_elsewhere(client: FlaskClient) -> None:
    said: Any = client.get("/api/v1/help-lines").json
    lifeline = next(each for each in said["help_lines"] if each["name"] == "Lifeline")
    assert (lifeline["tel"], lifeline["day_and_night"]) == ("131114", True)


@pytest.mark.parametrize("place", EVERYTHING)
def test_what_has_not_changed_is_not_sent_again_and_other_sites_may_read_it(
    client: FlaskClient, place: str
) -> None:
    first = client.get(f"/api/v1{place}")
    assert (first.status_code, first.mimetype) == (200, "application/json")
    again = client.get(f"/api/v1{place}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(f"/api/v1{place}", headers={"If-None-Match": '"other"'}).status_code == 200
    for response in (first, again, client.head(f"/api/v1{place}"), client.options(f"/api/v1{place}")):
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response.headers
        assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "Set-Cookie" not in response.headers


def test_pages_for_people_are_not_open_to_other_sites(client: FlaskClient) -> None:
    for address in ("/", "/search", "/api", "/resources/handbook-of-peer-wayfinding", "/suggest?q=ha"):
        assert "Access-Control-Allow-Origin" not in client.get(address).headers
