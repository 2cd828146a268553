"""Resources that are unlike most: a title in another script or of forty words, dozens of authors."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from clearinghouse import indexing
from clearinghouse.library import Library
from clearinghouse.web import create_app, showing
from tests.clearinghouse import making

ARABIC = "دليل الأسرة لدعم الأقران"


def _shown(library: Library, address: str) -> BeautifulSoup:
    return BeautifulSoup(create_app(library).test_client().get(address).text, "lxml")


def test_a_title_is_written_from_the_side_its_script_begins_at(library: Library) -> None:
    slug = making.a_resource(library, ARABIC, "نص عن السفر", language="ar", summary="ملخص")
    indexing.sync(library)
    for address in (f"/resources/{slug}", f"/resources/{slug}/full-ar/read", "/", "/search?q=السفر"):
        page = _shown(library, address)
        titles = [each for each in page.select("h1, .card-title") if ARABIC in each.text]
        assert titles, address
        assert all(each["dir"] == "auto" for each in titles), address


def test_a_text_is_read_in_its_own_language_and_from_its_own_side(library: Library) -> None:
    path = making.document(
        library,
        "guide.html",
        '<html lang="ar"><title>دليل</title><main><h1>دليل الأسرة</h1><p>هذا الدليل موجز للعائلات التي تساعد شخصا '
        "عزيزا عليها.</p><h2>ما الذي يمكنك فعله</h2><p>استمع أولا واسأل قبل أن تساعد.</p>"
        "<ul><li>اعتن بنفسك أيضا.</li></ul></main></html>",
    )
    (outcome,) = making.take_in(library, making.wanted(path))
    page = _shown(library, f"/resources/{outcome.slug}/full-ar/read").main
    text = page.select(".page > p, .page > ul")
    assert text
    assert all(each["dir"] == "auto" for each in text)
    headings = [*page.select("h2.page-heading"), *page.select(".contents li")]
    assert len(headings) >= 4
    assert {(each["lang"], each["dir"]) for each in headings} == {("ar", "auto")}
    assert page.select_one(".reading-head")["lang"] == "en-AU"


def test_pages_that_only_have_numbers_are_named_in_our_language(library: Library) -> None:
    slug = making.a_resource(library, ARABIC, "نص", "نص آخر", language="ar")
    page = _shown(library, f"/resources/{slug}/full-ar/read").main
    assert not [each for each in page.select("h2.page-label") if each.has_attr("lang") or each.has_attr("dir")]
    assert page.select_one(".page-head")["lang"] == "en-AU"


@pytest.mark.parametrize(("words", "is_long"), [(30, True), (5, False)])
def test_a_title_of_many_words_is_set_smaller(library: Library, words: int, is_long: bool) -> None:
    slug = making.a_resource(library, "Readiness " * words, "Text.")
    for address in (f"/resources/{slug}", f"/resources/{slug}/full-en/read"):
        assert (_shown(library, address).h1.get("class") == ["long"]) is is_long


def test_of_many_authors_the_first_stand_open_and_all_are_there(library: Library) -> None:
    authors = tuple(f"Author Number {number}" for number in range(1, 46))
    slug = making.a_resource(library, "A consensus", authors=authors)
    facts = _shown(library, f"/resources/{slug}").select_one(".about-it")
    folded = facts.select_one("details")
    assert folded.summary.text == "37 more authors"
    assert [each.text for each in facts.select("bdi")] == list(authors)
    assert [each.text for each in folded.select("bdi")] == list(authors[8:])


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("", ""),
        ("As it is.", "As it is."),
        ("x" * 24, "x" * 24),
        ("Where a word ends. And not after it.", "Where a word ends…"),
        ("w" * 60, "w" * 20 + "…"),
    ],
)
def test_a_text_is_cut_between_words_and_ends_with_one_sign(words: str, shown: str) -> None:
    assert showing.shortened(words, 20) == shown


def test_few_authors_all_stand_open(library: Library) -> None:
    slug = making.a_resource(library, "A paper", authors=tuple(f"Author {number}" for number in range(1, 13)))
    facts = _shown(library, f"/resources/{slug}").select_one(".about-it")
    assert (len(facts.select("bdi")), facts.select("details")) == (12, [])
