"""Doors, pathways, and collections to print and to take away, as a visitor meets them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from clearinghouse import indexing
from clearinghouse.holdings import catalogue, shelves
from clearinghouse.library import Library
from clearinghouse.vocabulary import AUDIENCES
from clearinghouse.web import create_app
from tests.clearinghouse import making

Get = Callable[[str], BeautifulSoup]


def visit(library: Library, address: str) -> BeautifulSoup:
    response = create_app(library).test_client().get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.text, "lxml")


def test_a_door_is_named_in_its_title_and_heading(page: Get) -> None:
    shown = page("/for/carers")
    assert shown.h1.text == "Family, friends and carers"
    assert shown.title.text.startswith("Family, friends and carers")


def test_a_search_at_a_door_says_whom_it_is_for_and_keeps_it(page: Get) -> None:
    form = page("/for/carers").select_one("main form[role=search]")
    assert form.select_one("input[type=hidden][name=audience]")["value"] == "carers"
    words = form.select_one("input[name=q]")
    said = page("/for/carers").find(id=words["aria-describedby"])
    assert said.text.startswith("This searches resources for family, friends and carers.")
    titles = [each.text for each in page("/search?audience=carers&q=peer").select(".card-title")]
    assert titles == ["Handbook of peer wayfinding"]


def test_easy_read_comes_before_all_else_for_consumers_and_opens_at_once(sample_library: Library) -> None:
    headings = [each.text for each in visit(sample_library, "/for/consumers").select("main h2")]
    assert headings[:2] == ["In Easy Read", "Start with"]
    first = visit(sample_library, "/for/consumers").select_one(".easy-links a")["href"]
    assert first.split("?")[0].endswith("/easy-read-en/read")
    others = [each.text for each in visit(sample_library, "/for/carers").select("main h2")]
    assert others.index("Start with") < others.index("In Easy Read")


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_link_of_a_door_leads_somewhere(sample_library: Library, audience: str) -> None:
    client = create_app(sample_library).test_client()
    shown = BeautifulSoup(client.get(f"/for/{audience}").text, "lxml")
    assert len(shown.select(".start-shelf > li")) >= 5
    for link in shown.select("main a"):
        assert client.get(link["href"]).status_code == 200, link["href"]
    assert [each["href"].split("?")[0] for each in shown.select(".other-doors a")] == [
        f"/for/{each}" for each in AUDIENCES if each != audience
    ]


def test_counts_by_kind_are_those_of_the_search_they_lead_to(sample_library: Library) -> None:
    for item in visit(sample_library, "/for/carers").select(".kinds li"):
        count = item.select_one(".count").text.strip("()")
        assert visit(sample_library, item.a["href"]).select_one(".how-many").text.split()[0] == count


def test_an_unknown_door_is_not_found_and_shows_the_four(client: FlaskClient) -> None:
    for name in ("nobody", "patients", "Carers", "%3Cscript%3E"):
        response = client.get(f"/for/{name}")
        assert response.status_code == 404
        shown = BeautifulSoup(response.text, "lxml")
        assert [each["href"] for each in shown.select("main ul a")] == [f"/for/{each}" for each in AUDIENCES]
    assert client.get("/for").status_code == 404


def test_a_door_with_nothing_behind_it_says_so_kindly(library: Library) -> None:
    shown = visit(library, "/for/staff")
    assert "still empty" in shown.main.text
    assert shown.select_one("form[role=search]")


def test_a_door_says_what_there_is_in_other_languages_by_their_own_names(library: Library) -> None:
    guide = making.a_resource(library, "A guide", "Text.", audiences=("carers",))
    making.an_edition(library, guide, "نص", form="translation", language="ar")
    making.an_edition(library, guide, "Testo.", form="translation", language="it-IT")
    making.a_resource(library, "دليل", "نص آخر", audiences=("carers",), language="ar-SD")
    making.a_resource(library, "Bozza", "Altro.", audiences=("carers",), language="it", draft=True)
    indexing.sync(library)
    shown = visit(library, "/for/carers").find(id="languages").parent
    assert [" ".join(each.text.split()) for each in shown.select("li")] == [
        "العربية, Arabic (2)",
        "Italiano, Italian (1)",
    ]
    assert [each["lang"] for each in shown.select("span[lang]")] == ["ar", "it"]
    for link, number in zip(shown.select("a"), (2, 1), strict=True):
        assert visit(library, link["href"]).select_one(".how-many").text.startswith(f"{number} resource")
    assert visit(library, "/for/staff").find(id="languages") is None


def test_pathways_show_every_state_and_say_kindly_where_nothing_is_listed(sample_library: Library) -> None:
    shown = visit(sample_library, "/pathways")
    assert shown.h1.text == "Pathways to peer work"
    headings = [each.text for each in shown.select(".region > h2")]
    assert headings[:2] == ["All of Australia", "Australian Capital Territory"]
    assert len(headings) == 9
    tasmania = shown.find(id="where-tas").parent
    assert "about our shelves, and not about Tasmania" in tasmania.text
    assert tasmania.a["href"] == "#where-national"
    assert (
        "listed a course or program in the Australian Capital Territory yet"
        in shown.find(id="where-act").parent.text
    )
    assert visit(sample_library, "/pathways?where=NT").h1.text == "Pathways to peer work in the Northern Territory"
    assert shown.find(id="where-national")


def test_the_qualification_is_explained_once(sample_library: Library) -> None:
    said = visit(sample_library, "/pathways").select_one(".qualification").text
    for fact in ("CHC43515", "15 units: 8", "7 to choose", "80 hours", "CHC42912", "2015", "Consumer", "carer"):
        assert fact in said


def test_one_state_is_shown_first_and_named_in_the_title(sample_library: Library) -> None:
    shown = visit(sample_library, "/pathways?where=VIC")
    assert shown.title.text.startswith("Pathways to peer work in Victoria")
    assert [each.text for each in shown.select(".region > h2")] == ["Victoria", "All of Australia"]
    assert shown.select_one(".regions [aria-current]").text.startswith("Victoria")
    assert visit(sample_library, "/pathways?where=Narnia").h1.text == "Pathways to peer work"


def test_an_entry_says_what_it_is_whose_site_it_leads_to_and_when_it_was_checked(page: Get) -> None:
    entry = page("/pathways").select_one(".region .card")
    assert "Example College" in entry.text
    assert "Free" in entry.text
    assert "not yet" in entry.text
    link = entry.select_one("a.button")
    assert (link["href"], link["rel"]) == ("https://www.example.org/course", ["noreferrer"])
    assert link.text.startswith("Go to example.org")


def test_a_collection_says_the_size_before_the_download_and_sends_what_it_said(
    page: Get, client: FlaskClient
) -> None:
    link = page("/collections/starting-out").select_one("a[href$='originals.zip']")
    assert "Download all 3 originals (zip, " in link.text
    response = client.get(link["href"])
    assert response.headers["Content-Disposition"] == "attachment; filename=starting-out.zip"
    assert response.headers["Content-Type"] == "application/zip"
    packed = zipfile.ZipFile(io.BytesIO(response.data))
    assert packed.testzip() is None
    names = packed.namelist()
    assert names[:2] == ["01 Handbook of peer wayfinding.pdf", "01 Handbook of peer wayfinding (Easy Read).md"]
    assert names[2].startswith("02 Rights & script alert(")
    assert names[-1] == "contents.txt"


def test_a_zip_is_asked_about_without_being_made(client: FlaskClient) -> None:
    head = client.head("/collections/starting-out/originals.zip")
    assert (head.status_code, head.data) == (200, b"")


def test_nothing_to_download_is_a_page_that_says_so(library: Library) -> None:
    making.a_resource(library, "Elsewhere", link="https://example.org")
    shelves.create(library, "Links")
    shelves.add(library, "links", "elsewhere")
    client = create_app(library).test_client()
    response = client.get("/collections/links/originals.zip")
    assert response.status_code == 404
    assert "There is nothing to download here" in response.text
    assert "originals.zip" not in client.get("/collections/links").text
    assert client.get("/collections/nowhere/originals.zip").status_code == 404
    assert client.get("/collections/nowhere/contents").status_code == 404


def test_a_shelf_whose_things_are_all_withdrawn_is_an_empty_shelf(library: Library) -> None:
    making.a_resource(library, "One", "Words.")
    shelves.create(library, "A shelf")
    shelves.add(library, "a-shelf", "one")
    catalogue.withdraw(library, "one", "Out of date.")
    for address in ("/collections/a-shelf", "/collections/a-shelf/contents"):
        assert "There is nothing on this shelf at the moment." in visit(library, address).main.text


def test_a_list_to_print_has_numbers_notes_forms_pages_and_minutes(page: Get) -> None:
    shown = page("/collections/starting-out/contents")
    first = shown.select_one(".contents-list li")
    assert first.h2.text == "Handbook of peer wayfinding"
    assert "Begin here." in first.text
    assert "Content note: seclusion" in first.text
    assert "Full text, 45 pages, about 4 minutes to read; Easy Read, about 1 minute to read" in first.text
    assert "http://localhost/collections/starting-out/contents" in shown.text


def test_the_end_of_a_text_leads_to_the_next_in_its_series(page: Get) -> None:
    assert not page("/resources/handbook-of-peer-wayfinding/full-en/read").select(".place")
    last = page("/resources/handbook-of-peer-wayfinding/full-en/read?part=3").select_one(".place")
    assert "Next in Starting out" in last.text
    assert last.select_one(".onward")["href"].startswith("/resources/rights")
