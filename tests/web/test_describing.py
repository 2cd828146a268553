"""Pages that describe themselves: to search engines, reference managers, other libraries, and readers of links."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from selenium.webdriver import Chrome
from werkzeug.http import parse_options_header

from clearinghouse.holdings import catalogue
from clearinghouse.holdings.record import Record
from clearinghouse.library import Library
from clearinghouse.web import create_app
from tests.clearinghouse import making
from tests.shapes import faults
from tests.web import shelf
from tests.web.conftest import Visitor

HOST = "http://library.example.org"
HANDBOOK = "/resources/handbook-of-peer-wayfinding"
ARTICLE = Record(
    title="Peer support & “hope”: a review",
    kind="review",
    audiences=("staff",),
    authors=("Ana Ito", "van den Berg, Bo", "Harbour Collective"),
    organisation="World Psychiatry 11(2):123-128",
    year=2012,
    licence="CC BY-NC 4.0",
    topics=("hope",),
    identifiers={"doi": "10.1000/182", "issn": "1723-8617"},
    link="https://www.example.org/review",
    summary="What is known.",
    jurisdiction="National",
)


@pytest.fixture
def article(library: Library) -> FlaskClient:
    """A visitor of a library with an article of a journal that has a DOI, in English and Italian."""
    slug = making.a_resource(library, ARTICLE.title or "", "Words.", kind="review")
    catalogue.revise(library, slug, ARTICLE)
    making.an_edition(library, slug, "Parole.", form="translation", language="it")
    making.an_edition(library, slug, "Plain words.", form="easy-read")
    return visitor_of(library)


def visitor_of(library: Library) -> FlaskClient:
    """Somebody who takes in whole files."""
    app = create_app(library)
    app.test_client_class = Visitor
    return app.test_client()


SLUG = "/resources/peer-support-hope-a-review"
BLOCK = 'script[type="application/ld+json"]'


def head(visitor: FlaskClient, address: str) -> BeautifulSoup:
    """The head of the page at `address`."""
    response = visitor.get(address, base_url=HOST)
    assert response.status_code == 200, address
    return BeautifulSoup(response.text, "lxml").head


def said(page: BeautifulSoup, name: str) -> list[str]:
    """What the `meta` elements of this name say, in order."""
    return [each["content"] for each in page.select(f'meta[name="{name}"], meta[property="{name}"]')]


def json_ld(page: BeautifulSoup) -> dict[str, Any]:
    """What the page says in JSON-LD."""
    (block,) = page.select(BLOCK)
    found: dict[str, Any] = json.loads(block.string)
    return found


def links(header: str) -> list[tuple[str, str, str]]:
    """(relation, address, media type) of each link of a header."""
    found = []
    for each in re.split(r",\s*(?=<)", header):
        address, _, rest = each.partition(">")
        _, options = parse_options_header(f"link{rest}")
        found.append((options["rel"], address.strip(" <"), options.get("type", "")))
    return found


def test_google_scholar_and_zotero_read_an_article_as_an_article(article: FlaskClient) -> None:
    page = head(article, SLUG)
    assert said(page, "z:itemType") == ["journalArticle"]
    assert said(page, "citation_title") == ["Peer support & “hope”: a review"]
    assert said(page, "citation_author") == ["Ito, Ana", "van den Berg, Bo", "Harbour Collective"]
    assert said(page, "citation_publication_date") == ["2012"]
    assert said(page, "citation_journal_title") == ["World Psychiatry"]
    assert [said(page, f"citation_{name}") for name in ("volume", "issue", "firstpage", "lastpage")] == [
        ["11"],
        ["2"],
        ["123"],
        ["128"],
    ]
    assert said(page, "citation_doi") == ["10.1000/182"]
    assert said(page, "citation_issn") == ["1723-8617"]
    assert said(page, "citation_technical_report_institution") == said(page, "citation_publisher") == []
    assert said(page, "citation_fulltext_html_url") == [f"{HOST}{SLUG}/full-en/read"]


def test_a_report_names_its_publisher_and_its_pdf(client: FlaskClient) -> None:
    page = head(client, HANDBOOK)
    assert said(page, "z:itemType") == ["report"]
    assert said(page, "citation_technical_report_institution") == ["Harbour Collective"]
    assert said(page, "citation_pdf_url") == [f"{HOST}{HANDBOOK}/full-en/original"]
    assert client.get(f"{HANDBOOK}/full-en/original").mimetype == "application/pdf"
    assert said(page, "citation_journal_title") == []


def test_dublin_core_says_on_the_page_what_harvesters_are_told(article: FlaskClient) -> None:
    page = head(article, SLUG)
    names = {each["name"] for each in page.select("meta[name^='DC.']")}
    assert names >= {"DC.title", "DC.creator", "DC.date", "DC.language", "DC.rights", "DC.identifier", "DC.source"}
    assert said(page, "DC.identifier") == [f"{HOST}{SLUG}", "https://doi.org/10.1000/182", "ISSN:1723-8617"]
    assert said(page, "DC.language") == ["en", "it"]
    assert said(page, "DCTERMS.license") == ["https://creativecommons.org/licenses/by-nc/4.0/"]
    harvested = article.get("/oai?verb=ListRecords&metadataPrefix=oai_dc", base_url=HOST).text
    for value in said(page, "DC.creator") + said(page, "DC.source"):
        assert f">{value}<" in harvested


def test_every_tag_is_explained(article: FlaskClient, client: FlaskClient) -> None:
    explained = (Path(__file__).parents[2] / "docs" / "interchange.md").read_text(encoding="utf-8")
    for visitor, address in ((article, SLUG), (client, HANDBOOK)):
        tags = head(visitor, address).select(
            "meta[name*='_'], meta[name^='z:'], meta[name^='DCTERMS'], meta[property]"
        )
        for name in {each.get("name") or each.get("property") for each in tags}:
            assert f"`{name}`" in explained


def test_open_graph_says_what_a_shared_link_should_show(article: FlaskClient) -> None:
    page = head(article, SLUG)
    assert said(page, "og:title") == ["Peer support & “hope”: a review"]
    assert said(page, "og:url") == [f"{HOST}{SLUG}"]
    assert said(page, "og:description") == said(page, "description") == ["What is known."]


def test_what_is_not_known_is_not_said(library: Library) -> None:
    making.a_resource(library, "Bare", kind="story")
    page = head(create_app(library).test_client(), "/resources/bare")
    assert all(each["content"].strip() for each in page.select("meta[content]"))
    assert json_ld(page).keys() == {
        "@context", "@type", "@id", "url", "name", "genre", "audience", "sdDatePublished", "sdPublisher"
    }  # fmt: skip


def test_json_ld_tells_the_parts_of_an_article_and_its_forms(article: FlaskClient) -> None:
    thing = json_ld(head(article, SLUG))
    assert thing["@type"] == "ScholarlyArticle"
    assert [each["@type"] for each in thing["author"]] == ["Person", "Person", "Organization"]
    assert thing["author"][1] == {
        "@type": "Person", "name": "Bo van den Berg", "givenName": "Bo", "familyName": "van den Berg"
    }  # fmt: skip
    assert thing["isPartOf"]["isPartOf"]["isPartOf"] == {"@type": "Periodical", "name": "World Psychiatry"}
    assert thing["sameAs"] == ["https://doi.org/10.1000/182", "https://www.example.org/review"]
    assert thing["license"] == "https://creativecommons.org/licenses/by-nc/4.0/"
    assert thing["workTranslation"]["url"] == f"{HOST}{SLUG}/translation-it/read"
    assert thing["workExample"]["name"] == "Easy Read"
    assert len(thing["encoding"]) == 3


def test_json_ld_is_sound_by_schema_org_on_every_page_that_has_it(
    article: FlaskClient, client: FlaskClient, sample_library: Library
) -> None:
    sample = create_app(sample_library).test_client()
    shown = [json_ld(head(article, SLUG)), json_ld(head(client, "/collections/starting-out"))]
    shown += [json_ld(head(sample, "/"))]
    shown += [json_ld(head(sample, f"/resources/{card.slug}")) for card in _one_of_each_kind(sample_library)]
    assert len({each["@type"] for each in shown}) > 6
    assert faults(shown) == []


def _one_of_each_kind(library: Library) -> Iterator[Any]:
    seen = set()
    for card in catalogue.listing(library, status="published"):
        if card.kind_label not in seen:
            seen.add(card.kind_label)
            yield card


def test_what_is_unsound_by_schema_org_is_found(article: FlaskClient) -> None:
    thing = json_ld(head(article, SLUG))
    assert faults([{**thing, "license": {"@type": "Person", "name": "Nobody"}}])
    assert faults([{**thing, "telephone": "000"}])


def test_a_title_that_would_be_a_script_stays_words(client: FlaskClient, hostile_slug: str) -> None:
    text = client.get(f"/resources/{hostile_slug}").text
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    assert json.loads(block)["name"] == shelf.HOSTILE_TITLE
    assert "<script>alert" not in text


def test_the_same_json_ld_stands_at_an_address_and_is_what_accept_asks_for(article: FlaskClient) -> None:
    thing = json_ld(head(article, SLUG))
    for response in (
        article.get(f"{SLUG}/schema.jsonld", base_url=HOST),
        article.get(SLUG, base_url=HOST, headers={"Accept": "application/ld+json"}),
    ):
        assert response.mimetype == "application/ld+json"
        assert response.json == thing


def test_signposts_lead_to_what_the_page_is_about(article: FlaskClient) -> None:
    found = links(article.get(SLUG, base_url=HOST).headers["Link"])
    relations = [relation for relation, _, _ in found]
    assert ("cite-as", "https://doi.org/10.1000/182", "") in found
    assert ("type", "https://schema.org/AboutPage", "") in found
    assert ("type", "https://schema.org/ScholarlyArticle", "") in found
    assert ("license", "https://creativecommons.org/licenses/by-nc/4.0/", "") in found
    assert ("item", f"{HOST}{SLUG}/full-en/original", "text/plain") in found
    assert relations.count("describedby") == 6
    assert relations.count("linkset") == 1
    for relation, address, kind in found:
        if relation in {"describedby", "item", "linkset"}:
            response = article.get(address, base_url=HOST)
            assert (response.status_code, response.mimetype) == (200, kind), address


def test_the_set_of_links_has_every_link_and_the_way_back(article: FlaskClient) -> None:
    header = links(article.get(SLUG, base_url=HOST).headers["Link"])
    response = article.get(f"{SLUG}/linkset.json", base_url=HOST)
    assert response.mimetype == "application/linkset+json"
    (first, *others) = response.json["linkset"]
    assert first["anchor"] == f"{HOST}{SLUG}"
    told = {(name, each["href"]) for name, targets in first.items() if name != "anchor" for each in targets}
    assert told == {(relation, address) for relation, address, _ in header if relation != "linkset"}
    ways_back = {each["anchor"]: each for each in others}
    original = f"{HOST}{SLUG}/full-en/original"
    assert ways_back[original]["collection"] == [{"href": f"{HOST}{SLUG}", "type": "text/html"}]
    back = links(article.get(original, base_url=HOST).headers["Link"])
    assert back == [("collection", f"{HOST}{SLUG}", "text/html")]


def test_a_header_stays_short_though_a_work_has_many_forms(library: Library) -> None:
    slug = making.a_resource(library, "Many", "Words.")
    for number in range(40):
        making.an_edition(library, slug, f"Words {number}.", language=f"en-x-n{number}")
    visitor = create_app(library).test_client()
    header = visitor.get(f"/resources/{slug}").headers["Link"]
    assert len(header) < 4000
    (first, *_) = visitor.get(f"/resources/{slug}/linkset.json").json["linkset"]
    assert len(first["item"]) == 41


def test_a_text_names_the_same_in_other_languages_and_no_other_form(article: FlaskClient) -> None:
    for key in ("full-en", "translation-it"):
        page = head(article, f"{SLUG}/{key}/read")
        found = {each["hreflang"]: each["href"] for each in page.select("link[rel=alternate][hreflang]")}
        assert found == {
            "en": f"{HOST}{SLUG}/full-en/read",
            "it": f"{HOST}{SLUG}/translation-it/read",
            "x-default": f"{HOST}{SLUG}",
        }
    assert not head(article, f"{SLUG}/easy-read-en/read").select("link[hreflang]")


@pytest.mark.parametrize(
    ("address", "lasting"),
    [
        ("/?audience=carers&easy=first", "/"),
        (f"{HANDBOOK}?q=supervision&audience=staff", HANDBOOK),
        (f"{HANDBOOK}/full-en/read?part=2&q=leaf", f"{HANDBOOK}/full-en/read?part=2"),
        ("/topics/peer-supervision?notes=hide", "/topics/peer-supervision"),
        ("/pathways?where=TAS&easy=first", "/pathways?where=TAS"),
        ("/for/carers?notes=hide", "/for/carers"),
    ],
)
def test_a_page_says_its_lasting_address_without_what_a_visitor_chose(
    client: FlaskClient, address: str, lasting: str
) -> None:
    (link,) = head(client, address).select("link[rel=canonical]")
    assert link["href"] == f"{HOST}{lasting}"


@pytest.mark.parametrize(
    "address", ["/search?q=peer", "/ask", "/nowhere", "/resources/an-old-policy", "/for/nobody"]
)
def test_what_passes_has_no_lasting_address(client: FlaskClient, address: str) -> None:
    assert 'rel="canonical"' not in client.get(address).text


def test_what_is_withdrawn_or_a_draft_is_described_nowhere(client: FlaskClient, library: Library) -> None:
    making.a_resource(library, "Draft", "Words.", draft=True)
    drafts = create_app(library).test_client()
    for ending in ("schema.jsonld", "linkset.json"):
        assert client.get(f"/resources/an-old-policy/{ending}").status_code == 410
        assert drafts.get(f"/resources/draft/{ending}").status_code == 404
    gone = client.get("/resources/an-old-policy")
    assert "Link" not in gone.headers
    assert "citation_title" not in gone.text


@pytest.mark.browser
def test_a_browser_reads_the_json_ld_and_its_policy_forbids_nothing(browser: Chrome, site_address: str) -> None:
    for address in ("/", HANDBOOK, "/collections/starting-out"):
        browser.get(f"{site_address}{address}")
        kind = browser.execute_script(f"return JSON.parse(document.querySelector('{BLOCK}').textContent)['@type']")
        assert kind in {"WebSite", "Report", "Collection"}
    assert browser.get_log("browser") == []
