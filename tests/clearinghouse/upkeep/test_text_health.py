"""Which forms were not read well, and what the curator and the visitor are told of it."""

from __future__ import annotations

from dataclasses import replace

from clearinghouse.holdings import catalogue, editions
from clearinghouse.library import Library
from clearinghouse.upkeep.text_health import text_health
from clearinghouse.views import PageName, spans
from clearinghouse.visiting import browsing
from ingest import Page, quality
from tests.clearinghouse import making

WELL = "Peer workers draw on their own experience of recovery to walk beside other people and to be heard. " * 3
SENSELESS = "".join(chr(ord(sign) - 29) if sign > "=" else sign for sign in WELL)


def held(library: Library, title: str, *pages: tuple[str, float | None]) -> str:
    """A published resource whose pages were read as well as is said."""
    slug = making.a_resource(library, title)
    kept = tuple(Page(at, str(at), "", text, said) for at, (text, said) in enumerate(pages, 1))
    with library.database.writing() as session:
        row = catalogue.find(session, slug)
        source = making._source(library, slug, tuple(text for text, _ in pages))
        read = replace(making.extracted(), pages=kept)
        editions.new(session, row, source, read, "full", "en", "")
    return slug


def test_forms_are_listed_the_worst_first_with_what_to_do(library: Library) -> None:
    held(library, "All well", (WELL, 0.98), ("", None))
    held(library, "A scan", ("", 0.0), ("", 0.0))
    held(library, "Half of it", (WELL, 0.98), (SENSELESS, 0.1), (SENSELESS, 0.1), (WELL, 0.97))
    held(library, "A few signs", (f"{WELL} lo\ufffdt and f\ufffdund", 0.93))
    found = text_health(library)
    assert [(each.slug, each.quality) for each in found.forms] == [
        ("a-scan", 0.0),
        ("half-of-it", 0.54),
        ("a-few-signs", 0.93),
    ]
    assert found.looked_at == 4
    scan, half, few = found.forms
    assert scan.troubles == ("2 of 2 pages hold pictures and no text.",)
    assert half.troubles == ("2 of 4 pages hold text that makes no sense (2 to 3).",)
    assert few.troubles == ("2 characters were lost and shown as \ufffd.",)
    assert "scans of text" in scan.to_do
    assert "--edition-of half-of-it" in half.to_do
    assert "edition remove half-of-it full-en" in half.to_do
    assert "compare it with the original" in few.to_do


def test_pages_from_before_they_were_judged_are_judged_by_the_report(library: Library) -> None:
    slug = held(library, "Long ago", (WELL * 2, None), (SENSELESS * 2, None), ("12", None))
    found = text_health(library)
    assert [(each.slug, each.unreadable) for each in found.forms] == [(slug, (PageName(2, "2"),))]


def test_what_is_withdrawn_needs_no_mending(library: Library) -> None:
    slug = held(library, "Gone", (SENSELESS, 0.1))
    catalogue.withdraw(library, slug, "Replaced")
    assert text_health(library).forms == ()


def test_the_record_says_which_pages_could_not_be_read(library: Library) -> None:
    pages = [(WELL, 0.98)] * 12
    pages[2] = pages[6] = pages[7] = pages[8] = ("", 0.0)
    slug = held(library, "Twelve pages", *pages)
    (edition,) = browsing.resource(library, slug).editions
    assert edition.not_read == "4 of 12 pages could not be read: pages 3 and 7 to 9"
    (one,) = browsing.resource(library, held(library, "One", ("", 0.0), (WELL, 0.9))).editions
    assert one.not_read == "1 of 2 pages could not be read: page 1"
    (none,) = browsing.resource(library, held(library, "None", ("", 0.0), (SENSELESS, 0.1))).editions
    assert none.not_read == "None of its pages could be read"
    (well,) = browsing.resource(library, held(library, "Well", (WELL, 0.9), ("", None))).editions
    assert well.not_read == ""


def test_pages_are_said_as_people_say_them() -> None:
    def said(*numbers: int) -> str:
        return spans([PageName(number, "iv" if number == 4 else str(number)) for number in numbers])

    assert [said(), said(4), said(1, 2), said(1, 3, 4, 5, 9)] == ["", "iv", "1 to 2", "1, 3 to 5 and 9"]


def test_the_text_these_tests_call_senseless_is_called_so_by_the_measure() -> None:
    assert (quality.of_text(SENSELESS) or 0) < quality.UNREADABLE < (quality.of_text(WELL) or 0)
