"""Words explained, and pages quoted, as visitors meet them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup, Tag

from clearinghouse.library import Library
from clearinghouse.web import create_app
from clearinghouse.words import glossary
from tests.clearinghouse.making import a_resource
from tests.web.pages import HANDBOOK

Get = Callable[[str], BeautifulSoup]


def read(library: Library, *pages: str, query: str = "", **rest: object) -> list[Tag]:
    """The pages of a resource with these texts, as its reading page shows them."""
    slug = a_resource(library, "A text", *pages, **rest)  # type: ignore[arg-type]
    key = f"{rest.get('form', 'full')}-{str(rest.get('language', 'en')).partition('-')[0]}"
    response = create_app(library).test_client().get(f"/resources/{slug}/{key}/read{query}")
    assert response.status_code == 200
    return BeautifulSoup(response.text, "lxml").select("section.page")


def opened(page: Tag) -> list[str]:
    """The words of a page that can be opened."""
    return [each.text for each in page.select("details.word > summary")]


def test_the_first_use_of_a_word_on_each_page_can_be_opened(library: Library) -> None:
    first, second = read(library, "Stigma hurts. Stigma lasts.\n\nNo stigma here.", "Of stigma.")
    assert (opened(first), opened(second)) == (["Stigma"], ["stigma"])
    word = first.select_one("details.word")
    assert word.parent["class"] == ["paragraph"]  # a `details` may not stand in a `p`
    assert glossary.show(library, "stigma").meaning in word.select_one(".meaning").text
    assert word.select_one(".meaning a")["href"] == "/glossary#word-stigma"
    assert word.next_sibling == " hurts. Stigma lasts."
    assert [each.name for each in first.select(".page > p")] == ["p"]


def test_marks_of_searched_words_go_on_through_a_word_that_can_be_opened(library: Library) -> None:
    (page,) = read(library, "Some peer workers listen to peer groups.", query="?q=peer+listen")
    assert opened(page) == ["peer workers"]
    assert [each.text for each in page.select("mark")] == ["peer", "listen", "peer"]
    assert str(page.select_one("summary")) == "<summary><mark>peer</mark> workers</summary>"


def test_words_are_explained_in_lists_too_but_not_in_headings(library: Library) -> None:
    (page,) = read(
        library, "Stigma and recovery\n\nYou meet\n• stigma\n• it again\n\nThere is recovery, as people say."
    )
    assert opened(page) == ["stigma", "recovery"]
    assert page.select_one("li details")
    assert page.select_one("p").text == "Stigma and recovery"


@pytest.mark.parametrize(
    ("form", "language", "number"),
    [("full", "en-AU", 1), ("full", "en", 1), ("full", "it", 0), ("translation", "vi", 0)],
)
def test_words_are_explained_in_english_only(library: Library, form: str, language: str, number: int) -> None:
    (page,) = read(library, "Lo stigma fa male a tutti.", form=form, language=language)
    assert len(opened(page)) == number


def test_an_offered_word_is_not_shown_to_visitors(library: Library) -> None:
    with library.database.writing() as session:
        row = glossary.new_row(session, "zebrafinch")
        row.word, row.meaning, row.accepted = "zebrafinch", "A bird.", False
        session.add(row)
    (shown,) = read(library, "Here is a zebrafinch, it sings.")
    assert opened(shown) == []
    assert "zebrafinch" not in create_app(library).test_client().get("/glossary").text
    assert "What does this word mean" not in create_app(library).test_client().get("/search?q=zebrafinch").text


def test_a_dictionary_is_laid_out_as_a_list_of_meanings_and_explains_nothing_itself(library: Library) -> None:
    first, second = read(
        library,
        "Stigma is bad.\n\nDictionary\n\nThese are the words in blue.\n\nstigma\nUnfair ideas. They hurt.\n"
        "For example, a joke.\n\nrecovery: A good\n",
        "life of your own.\n\nrights: What is fair.\n\nMore information\n\nAsk a peer worker.",
        form="easy-read",
    )
    assert opened(first) == ["Stigma"]
    assert [each.text for each in first.select("dl.dictionary dt")] == ["stigma", "recovery"]
    assert [each.text for each in first.select("dl.dictionary div")[0].select("dd")] == [
        "Unfair ideas.",
        "They hurt.",
        "For example, a joke.",
    ]
    assert [each.text for each in first.select(".page > p")] == ["Dictionary", "These are the words in blue."]
    assert [each.text for each in second.select("dl.dictionary dt")] == ["rights"]
    assert [each.text for each in second.select(".page > p")] == ["life of your own.", "More information"]
    assert opened(second) == ["peer worker"]


def test_a_dictionary_that_began_in_an_earlier_part_is_known_in_a_later_one(library: Library) -> None:
    texts = ["Nothing."] * 19 + ["Dictionary\n\nadvocate\nOn your side.", "stigma\nUnfair ideas about people."]
    (last,) = read(library, *texts, query="?part=2", form="easy-read")
    assert opened(last) == []
    assert [each.text for each in last.select("dt")] == ["stigma"]


def test_a_page_can_be_quoted_with_its_number_and_its_address(page: Get) -> None:
    shown = page(f"{HANDBOOK}/full-en/read?part=2&q=leaf")
    quote = shown.select_one("#page-30 details.quote")
    assert quote.summary.text == "Quote this page: Page 30"
    said = quote.select_one(".citation").text
    assert said.startswith("Ito, A.")
    assert said.endswith(f"\nPage 30: http://localhost{HANDBOOK}/full-en/read?part=2#page-30")
    assert "q=" not in said  # what somebody searched for is nobody else's business


def test_a_section_is_quoted_by_its_heading(page: Get) -> None:
    said = page(f"{HANDBOOK}/easy-read-en/read").select(".citation")[-1].text
    assert "\nSection “Your rights”: http://localhost/" in said


def test_the_glossary_goes_from_a_to_z_and_leads_on(page: Get) -> None:
    shown = page("/glossary")
    words = [each.text for each in shown.select(".entry h3")]
    assert words == sorted(words, key=str.casefold)
    for link in shown.select(".letter-links a"):
        assert shown.select_one(link["href"]).text == link.text
    entry = shown.select_one("#word-peer-supervision")
    assert [each["href"] for each in entry.select("a")] == [
        "/topics/peer-supervision",
        "/search?q=peer+supervision",
    ]
    assert "For example:" in entry.text


def test_an_empty_glossary_still_has_a_page(library: Library) -> None:
    for each in glossary.words(library):
        glossary.remove(library, each.slug)
    shown = create_app(library).test_client().get("/glossary")
    assert (shown.status_code, "no words here yet" in shown.text) == (200, True)
    (page,) = read(library, "Stigma hurts people.")
    assert opened(page) == []


def test_a_search_for_a_word_says_what_it_means_above_what_was_found(page: Get) -> None:
    shown = page("/search?q=What+is+supervision%3F")
    said = shown.select_one(".asked-for")
    assert said.h2.text == "What does this word mean?"
    assert "supervision: Regular" in said.text
    assert said.find_next("section", class_="found").select(".card-list")
    assert page("/search?q=supervision+leaf").select_one(".asked-for") is None


def test_hostile_words_in_the_glossary_are_shown_and_never_run(library: Library) -> None:
    attack = "<script>alert(1)</script>"
    glossary.add(library, f"bad {attack}", attack, [attack])
    visitor = create_app(library).test_client()
    for address in ("/glossary", f"/search?q=bad+{attack}"):
        shown = visitor.get(address).text
        assert attack not in shown
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
