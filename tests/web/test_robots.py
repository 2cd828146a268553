"""For robots: what they may read, by the parser that the library itself goes by, and where everything is."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree
from protego import Protego

from clearinghouse.enquiries import packs
from clearinghouse.holdings import catalogue
from clearinghouse.holdings.record import Record
from clearinghouse.interchange import sitemaps
from clearinghouse.library import Library
from clearinghouse.web import create_app
from tests.clearinghouse import making
from tests.schemas import valid

HOST = "http://library.example.org"
HANDBOOK = "/resources/handbook-of-peer-wayfinding"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def rules(app: Flask) -> Protego:
    """robots.txt as a robot reads it."""
    return Protego.parse(app.test_client().get("/robots.txt", base_url=HOST).text)


@pytest.mark.parametrize(
    "address",
    [
        "/",
        HANDBOOK,
        f"{HANDBOOK}/full-en/read",
        f"{HANDBOOK}/full-en/read?part=2",
        f"{HANDBOOK}/full-en/original",
        f"{HANDBOOK}/schema.jsonld",
        f"{HANDBOOK}/linkset.json",
        "/topics/peer-supervision",
        "/collections/starting-out",
        "/for/carers",
        "/glossary",
        "/search/help",
        "/static/library.css",
        "/oai?verb=ListRecords&metadataPrefix=oai_dc",
        "/sitemap.xml",
        "/sitemap-resources-0.xml",
    ],
)
def test_robots_may_read_what_the_library_holds(rules: Protego, address: str) -> None:
    assert rules.can_fetch(f"{HOST}{address}", "Googlebot")


@pytest.mark.parametrize(
    "address",
    [
        "/search",
        "/search?q=peer&audience=staff",
        "/search.atom?q=peer",
        "/suggest?q=pe",
        f"{HANDBOOK}?audience=staff",
        f"{HANDBOOK}?q=supervision",
        f"{HANDBOOK}/full-en/original?download=1",
        f"{HANDBOOK}/cite.bib",
        "/topics?easy=first",
        "/for/carers?notes=hide",
        "/collections/starting-out/originals.zip",
        "/ask",
        "/ask/thanks/ABCD",
        "/packs/for-somebody",
        "/leave",
    ],
)
def test_robots_are_kept_from_searches_choices_and_what_is_somebody_s_own(rules: Protego, address: str) -> None:
    assert not rules.can_fetch(f"{HOST}{address}", "Googlebot")


def test_robots_are_told_where_the_sitemap_is(rules: Protego) -> None:
    assert list(rules.sitemaps) == [f"{HOST}/sitemap.xml"]


def _places(visitor: FlaskClient, address: str) -> dict[str, str | None]:
    """Address to last change of what a sitemap or its index lists."""
    root = valid(visitor.get(address, base_url=HOST).data)
    return {each.findtext(f"{SITEMAP}loc").removeprefix(HOST): each.findtext(f"{SITEMAP}lastmod") for each in root}


def _all(visitor: FlaskClient) -> dict[str, str | None]:
    return {
        address: changed
        for part in _places(visitor, "/sitemap.xml")
        for address, changed in _places(visitor, part).items()
    }


def test_the_sitemap_has_every_page_that_robots_may_read_and_each_is_there(
    client: FlaskClient, rules: Protego, every_page: list[str]
) -> None:
    listed = _all(client)
    for address in listed:
        assert client.get(address).status_code == 200, address
        assert rules.can_fetch(f"{HOST}{address}", "Googlebot"), address
    walked = {each for each in every_page if rules.can_fetch(f"{HOST}{each}", "Googlebot")}
    parts = {each for each in walked if "?part=" in each or each.endswith("/contents")}
    about_nothing = {
        each for each in walked if each.startswith("/topics/") and "nothing about this" in client.get(each).text
    }
    assert walked - parts - about_nothing - listed.keys() == set()


def test_the_sitemap_comes_in_parts_that_stay_the_same(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "STRETCH", 2)
    for number in range(1, 6):
        making.a_resource(library, f"Guide {number}", "Words.")
    visitor = create_app(library).test_client()
    parts = [f"/sitemap-resources-{number}.xml" for number in range(3)]
    assert list(_places(visitor, "/sitemap.xml")) == ["/sitemap-pages.xml", *parts]
    before = _places(visitor, parts[1])
    assert list(before) == [
        f"/resources/guide-{number}{page}" for number in (2, 3) for page in ("", "/full-en/read")
    ]
    making.a_resource(library, "Guide 6", "Words.")
    assert _places(visitor, parts[1]) == before
    assert visitor.get("/sitemap-resources-9.xml").status_code == 404


def test_a_last_change_is_that_of_the_record_and_of_its_part_the_latest(library: Library) -> None:
    making.a_resource(library, "One", "Words.")
    making.a_resource(library, "Two", "Others.")
    catalogue.revise(library, "one", Record(title="One, mended"))
    visitor = create_app(library).test_client()
    moments = {card.slug: card.changed_at for card in catalogue.listing(library)}
    found = _places(visitor, "/sitemap-resources-0.xml")
    for slug, moment in moments.items():
        assert found[f"/resources/{slug}"] == f"{moment:%Y-%m-%dT%H:%M:%SZ}"
    newest = max(moments.values())
    assert _places(visitor, "/sitemap.xml")["/sitemap-resources-0.xml"] == f"{newest:%Y-%m-%dT%H:%M:%SZ}"


def test_drafts_what_is_withdrawn_and_answer_packs_are_in_no_sitemap(library: Library) -> None:
    making.a_resource(library, "Guide", "Words.")
    making.a_resource(library, "Draft", "Words.", draft=True)
    making.a_resource(library, "Policy", "Words.", topics=("hope",))
    catalogue.withdraw(library, "policy", "Old")
    pack = packs.create(library, packs.Contents("For somebody", ["guide"]))
    listed = " ".join(_all(create_app(library).test_client()))
    assert "/resources/guide " in listed
    for name in ("draft", "policy", "hope", pack.slug):
        assert name not in listed


def test_an_empty_library_has_a_sitemap_too(library: Library) -> None:
    assert "/" in _all(create_app(library).test_client())


def test_a_browser_is_told_how_to_add_the_search(client: FlaskClient) -> None:
    page = client.get("/", base_url=HOST).text
    assert '<link rel="search" type="application/opensearchdescription+xml"' in page
    response = client.get("/opensearch.xml", base_url=HOST)
    assert response.mimetype == "application/opensearchdescription+xml"
    said = {etree.QName(each).localname: each for each in etree.fromstring(response.data)}
    assert len(said["ShortName"].text) <= 16
    address = said["Url"].get("template").replace("{searchTerms}", "supervision")
    assert "Handbook of peer wayfinding" in client.get(address).text
    assert "suggest" not in response.text, "a browser would tell us every letter"


def test_links_that_only_choose_are_not_to_be_followed(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/search?q=peer&audience=staff&easy=first&notes=hide").text, "lxml")
    for link in page.select(".chosen a, .sort a, .offers a, .hidden-count a"):
        assert "nofollow" in link.get("rel", []), link
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
