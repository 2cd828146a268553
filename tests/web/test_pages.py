"""What visitors see, page by page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import select

from clearinghouse.library import Library
from clearinghouse.models import HelpLine
from clearinghouse.web import create_app
from tests.web import shelf
from tests.web.pages import HANDBOOK

Get = Callable[[str], BeautifulSoup]


def test_the_first_page_has_a_search_box_four_doors_and_what_is_new(page: Get) -> None:
    first = page("/")
    doors = first.select(".doors a")
    assert [door["href"] for door in doors] == ["/for/consumers", "/for/carers", "/for/staff", "/for/providers"]
    assert "2 resources" in doors[1].text
    assert first.select_one("main form[role=search] input[name=q]")
    assert "Una guida" in first.text
    assert first.select_one(".steps li h3").text == "Handbook of peer wayfinding"


def test_an_empty_library_still_has_a_first_page(library: Library) -> None:
    response = create_app(library).test_client().get("/")
    assert response.status_code == 200
    assert "The shelves are still empty" in response.text


def test_results_lead_to_the_page_that_has_the_words(page: Get) -> None:
    found = page("/search?q=kookaburra")
    assert "1 resource" in found.select_one(".how-many").text
    link = found.select_one(".found-pages a")
    assert link.text == "Page 30 of Handbook of peer wayfinding"
    assert link.select_one(".unseen").text == " of Handbook of peer wayfinding"
    assert link["href"] == f"{HANDBOOK}/full-en/read?part=2&q=kookaburra#page-30"
    assert found.select_one(".snippet mark").text == "kookaburra"


def test_an_audience_narrows_the_results_and_can_be_taken_away(page: Get) -> None:
    found = page("/search?audience=carers")
    titles = [each.text for each in found.select(".card-title")]
    assert sorted(titles) == ["Handbook of peer wayfinding", "Una guida"]
    assert found.h1.text == "Family, friends and carers"
    assert found.select_one("input[name=audience][value=carers]").has_attr("checked")
    assert [each["href"] for each in found.select(".chosen a")] == ["/search"]


def test_filters_are_named_groups_of_labelled_boxes_that_belong_to_the_form(page: Get) -> None:
    found = page("/search")
    groups = found.select(".filters fieldset")
    assert "Who it is for" in [group.legend.text for group in groups]
    for box in found.select(".filters fieldset input"):
        assert box.find_parent("form")["id"] == "find"
        assert box.find_parent("label")


def test_what_was_chosen_stays_chosen_when_sorting(page: Get) -> None:
    found = page("/search?audience=carers&from=2000&sort=newest")
    links = {each.text: each["href"] for each in found.select(".sort a")}
    assert links["Title"] == "/search?audience=carers&from=2000&sort=title"
    assert links["Best match"] == "/search?audience=carers&from=2000"
    assert [each["href"] for each in found.select(".chosen a")] == [
        "/search?from=2000&sort=newest",
        "/search?audience=carers&sort=newest",
        "/search?sort=newest",
    ]


def test_nothing_found_is_a_kind_page_with_next_steps(page: Get) -> None:
    found = page("/search?q=nothingatallhasthisword&kind=story")
    said = found.select_one(".kind-word")
    assert "Nothing found this time" in said.text
    ways = [each["href"] for each in said.select("a")]
    assert "/topics" in ways
    assert "/search?q=nothingatallhasthisword" not in ways  # where nothing is found either


def test_a_page_past_the_end_says_so_and_links_to_the_last(page: Get) -> None:
    found = page("/search?page=99")
    assert "only one page" in found.select_one(".kind-word").text
    assert found.select_one(".kind-word a")["href"] == "/search"


def test_where_no_one_choice_keeps_all_away_letting_go_of_every_one_is_offered(page: Get) -> None:
    said = page("/search?q=kookaburra&kind=story&from=1901&to=1902&sort=title").select_one(".kind-word")
    (way,) = [each for each in said.select("li") if "you have chosen" in each.text]
    assert way.a["href"] == "/search?q=kookaburra&sort=title"
    assert way.a.text.startswith("1 resource")


def test_where_a_misspelt_word_finds_nothing_what_was_meant_is_shown_at_once(page: Get) -> None:
    found = page("/search?q=kookabura&sort=title")
    assert found.h1.text == "Search results for “kookaburra”"
    said = found.select_one(".suggestion")
    assert "We found nothing for “kookabura”. Did you mean kookaburra?" in said.text
    assert said.a["href"] == "/search?q=kookaburra&sort=title"
    assert found.select_one(".how-many").text == "1 resource"
    assert found.select_one("#q")["value"] == "kookaburra"
    assert "q=kookaburra" in found.select_one("link[type='application/atom+xml']")["href"]


def test_who_wants_only_the_words_typed_gets_only_those(page: Get) -> None:
    found = page("/search?q=kookabura&words=typed")
    assert found.h1.text == "Search results for “kookabura”"
    assert "Nothing found this time" in found.select_one(".kind-word").text


def test_results_can_be_reached_without_passing_every_filter(page: Get) -> None:
    found = page("/search?q=peer")
    way = found.select_one("a.skip-on")
    assert found.select_one(way["href"])["tabindex"] == "-1"
    assert found.select_one(way["href"]).select_one(".card-list")
    assert way.find_next("input")["id"] == "show-filters"


def test_a_resource_shows_its_content_note_before_anything_about_it(client: FlaskClient) -> None:
    shown = client.get(HANDBOOK).text
    assert shown.index("Content note:") < shown.index("What it is") < shown.index("Choose a form")


def test_a_resource_offers_each_form_to_read_and_to_download(page: Get) -> None:
    forms = page(HANDBOOK).select(".edition")
    assert [form.h3.text.strip() for form in forms] == ["Easy Read", "Full text"]
    assert [form.select_one(".purpose").text for form in forms] == [
        "Plain words, short sentences and large type.",
        "Everything it says.",
    ]
    assert "45 pages · about 4 minutes · about 8 years of schooling to read" in forms[1].text
    assert [each["href"] for each in forms[1].select("a")] == [
        f"{HANDBOOK}/full-en/read",
        f"{HANDBOOK}/full-en/original?download=1",
    ]
    assert "PDF," in forms[1].text
    assert "kB" in forms[1].text


def test_a_reading_level_says_how_it_was_worked_out(page: Get) -> None:
    link = page(HANDBOOK).select_one(".about-levels a")
    assert link["href"] == "/about#reading-level"
    assert "Coleman-Liau index" in page("/about").select_one("#reading-level + p").text
    assert not page("/resources/una-guida").select(".about-levels")  # it is in Italian


def test_a_resource_stands_in_its_series_with_its_neighbours(page: Get, hostile_slug: str) -> None:
    place = page(f"/resources/{hostile_slug}").select_one(".place")
    assert "Part 2 of 3 in Starting out" in place.text
    assert place.select_one("[rel=prev]")["href"] == HANDBOOK
    assert place.select_one("[rel=next]")["href"] == "/resources/a-course-somewhere-else"


def test_a_resource_says_how_to_cite_it(page: Get) -> None:
    assert page(HANDBOOK).select_one(".citation").text == (
        "Ito, A., Lee, B., & Okoro, C. (2019). Handbook of peer wayfinding. Harbour Collective. "
        "http://localhost/resources/handbook-of-peer-wayfinding"
    )
    said = page(HANDBOOK).select_one(".cite details .citation").text
    assert said.startswith("Ito A, Lee B, Okoro C. Handbook of peer wayfinding [Internet]. Harbour Collective; 20")


def test_a_citation_is_a_file_for_reference_managers(client: FlaskClient, page: Get, hostile_slug: str) -> None:
    links = [each["href"] for each in page(HANDBOOK).select(".cite details a")]
    assert links == [f"{HANDBOOK}/cite.{ending}" for ending in ("bib", "ris", "json")]
    kinds = {}
    for link in links:
        response = client.get(link)
        assert response.status_code == 200
        kinds[link.rsplit(".")[-1]] = response.content_type
        assert f"handbook-of-peer-wayfinding.{link.rsplit('.')[-1]}" in response.headers["Content-Disposition"]
        assert response.headers["Content-Disposition"].startswith("attachment")
    assert kinds == {
        "bib": "application/x-bibtex; charset=utf-8",
        "ris": "application/x-research-info-systems; charset=utf-8",
        "json": "application/vnd.citationstyles.csl+json; charset=utf-8",
    }
    (work,) = client.get(f"/resources/{hostile_slug}/cite.json").json
    assert work["title"] == shelf.HOSTILE_TITLE
    assert work["URL"] == f"http://localhost/resources/{hostile_slug}"


def test_a_citation_file_that_is_not_there_says_which_are(client: FlaskClient) -> None:
    assert client.get(f"{HANDBOOK}/cite.docx").status_code == 404
    assert client.get("/resources/nothing-of-the-kind/cite.bib").status_code == 404
    assert client.get("/resources/an-old-policy/cite.ris").status_code == 410


def test_a_record_that_links_out_says_whose_site_it_is(page: Get) -> None:
    shown = page("/resources/a-course-somewhere-else")
    link = shown.select_one("a.button[rel=noreferrer]")
    assert link["href"] == "https://www.example.org/course"
    assert link.text == "Open it on example.org"
    details = shown.select_one(".about-it").text
    assert "Example College" in details
    assert "Free" in details


def test_a_resource_shows_its_pages_that_match(page: Get) -> None:
    links = [each["href"] for each in page(f"{HANDBOOK}?q=marmalade").select(".matching a")]
    assert links == [f"{HANDBOOK}/full-en/read?q=marmalade#page-7"]


def test_reading_goes_page_by_page_with_the_words_marked(page: Get) -> None:
    shown = page(f"{HANDBOOK}/full-en/read?q=marmalade")
    assert [each["id"] for each in shown.select("section.page")] == [f"page-{n}" for n in range(1, 21)]
    seventh = shown.select_one("#page-7")
    assert seventh.h2.text == "Page 7"
    assert [mark.text for mark in seventh.select("mark")] == ["marmalade"]
    assert seventh.select_one(".see-original")["href"] == f"{HANDBOOK}/full-en/original#page=7"


def test_a_long_document_is_read_in_parts(page: Get, client: FlaskClient) -> None:
    shown = page(f"{HANDBOOK}/full-en/read?part=3")
    assert [each["id"] for each in shown.select("section.page")] == [f"page-{n}" for n in range(41, 46)]
    assert "part 3 of 3" in shown.title.text
    assert shown.select_one("nav [rel=prev]")["href"].endswith("/read?part=2")
    assert not shown.select("nav [rel=next]")
    assert client.get(f"{HANDBOOK}/full-en/read?part=4").status_code == 404


def test_easy_read_has_its_own_layout_with_one_idea_a_line(page: Get) -> None:
    shown = page(f"{HANDBOOK}/easy-read-en/read")
    assert shown.select_one("article.easy-read")
    lines = [each.text for each in shown.select("section.page > p")]
    assert lines[:3] == ["A wayfinder is a person.", "They have been there too.", "They help."]
    assert [each.text for each in shown.select("section.page > ul li")] == [
        "You can ask for one.",
        "You can say no.",
    ]


def test_another_language_is_named_and_marked(page: Get) -> None:
    assert page("/resources/una-guida/full-it/read").select_one("article")["lang"] == "it"
    form = page("/resources/una-guida").select_one(".edition")
    assert form.h3.text == "Full text in Italian (Italiano)"
    assert form.h3.select_one("[lang=it]").text == "Italiano"
    assert {link["hreflang"] for link in form.select("a")} == {"it"}


def test_a_collection_keeps_its_order_and_notes(page: Get) -> None:
    items = page("/collections/starting-out").select(".card-list > li")
    assert len(items) == 3
    assert "Begin here." in items[0].text


def test_a_topic_shows_what_it_means_and_what_is_about_it(page: Get) -> None:
    shown = page("/topics/peer-supervision")
    assert shown.h1.text == "Peer supervision"
    assert "Handbook of peer wayfinding" in shown.text
    assert "/topics/peer-supervision" in [each["href"] for each in page("/topics").select("main a")]


def test_help_lines_can_be_rung_and_say_where_the_number_is_from(page: Get) -> None:
    shown = page("/help-now")
    lifeline = next(card for card in shown.select(".help-card") if card.h3.text == "Lifeline")
    assert lifeline.select_one("a")["href"] == "tel:131114"
    assert "Number from healthdirect.gov.au" in lifeline.text
    assert "Checked" not in lifeline.text  # nobody has
    assert "does not erase your browser’s history" in shown.text


def test_a_help_line_that_was_checked_says_when(library: Library) -> None:
    with library.database.writing() as session:
        line = session.scalars(select(HelpLine).where(HelpLine.name == "Lifeline")).one()
        line.checked_on, line.check_by = date(2026, 11, 20), date(2027, 2, 20)
    shown = create_app(library).test_client().get("/help-now").text
    assert "Checked 20 November 2026" in shown


def test_the_way_out_works_without_javascript(client: FlaskClient) -> None:
    response = client.get("/leave")
    assert response.status_code == 303
    assert response.headers["Location"] == "/robots.txt"


def test_robots_are_asked_not_to_search(client: FlaskClient) -> None:
    assert "Disallow: /search" in client.get("/robots.txt").text


def test_the_sample_library_shows_a_charter_and_a_series_on_its_first_page(sample_library: Library) -> None:
    visitor = create_app(sample_library).test_client()
    first = BeautifulSoup(visitor.get("/").text, "lxml")
    assert first.select_one(".charter h2")
    assert len(first.select(".steps li")) == 3
    for link in first.select("main a"):
        assert visitor.get(link["href"]).status_code == 200, link["href"]


def test_hostile_words_are_shown_as_they_were_typed_and_never_run(client: FlaskClient, hostile_slug: str) -> None:
    attack = '"><script>alert(1)</script>'
    for address in ("/search", HANDBOOK, f"{HANDBOOK}/full-en/read", f"/resources/{hostile_slug}"):
        shown = client.get(address, query_string={"q": attack}).text
        assert "<script>alert" not in shown
        assert "&lt;script&gt;alert(1)" in shown


def test_a_hostile_title_summary_and_text_are_escaped(client: FlaskClient, hostile_slug: str) -> None:
    for address in (
        "/",
        "/search?q=zeppelin",
        f"/resources/{hostile_slug}",
        f"/resources/{hostile_slug}/full-en/read?q=zeppelin",
    ):
        shown = client.get(address).text
        assert shelf.escaped(shelf.HOSTILE_TITLE) in shown
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown


def test_a_search_says_where_it_went_on_to_what_has_some_of_the_words(page: Get) -> None:
    none = page("/search?q=kookaburra+xylophone")
    assert none.select_one(".widened").text == "No resource has all of these words. These have some of them."
    assert "1 resource" in none.select_one(".how-many").text
    assert page("/search?q=kookaburra").select_one(".widened") is None
    assert page('/search?q="kookaburra"+xylophone').select_one(".widened") is None
