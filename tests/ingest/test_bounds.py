from __future__ import annotations

from ingest import Extracted
from ingest.bounds import MAX_VALUE, MAX_VALUES, bounded
from ingest.extracted import Page


def test_text_beyond_the_bound_is_cut_with_a_warning() -> None:
    pages = tuple(Page(at, str(at), "", "é" * 10) for at in (1, 2, 3))
    cut = bounded(Extracted(pages), limit=33)
    assert [page.text for page in cut.pages] == ["é" * 10, "é" * 5]
    assert cut.warnings == ("The text is longer than can be kept; it was cut off on page 2.",)
    assert bounded(Extracted(pages), limit=63) == Extracted(pages)


def test_headings_count_as_text() -> None:
    pages = tuple(Page(at, str(at), "h" * 1_000, "") for at in (1, 2, 3))
    assert len(bounded(Extracted(pages), limit=2_500).pages) == 3
    cut = bounded(Extracted((*pages, Page(4, "4", "", "words"))), limit=2_500)
    assert cut.pages[-1].text == ""
    assert cut.warnings


def test_pages_beyond_the_bound_are_left_out_with_a_warning() -> None:
    pages = tuple(Page(at, str(at), "", "words") for at in (1, 2, 3))
    cut = bounded(Extracted(pages), most_pages=2)
    assert len(cut.pages) == 2
    assert cut.warnings == ("The text is longer than can be kept; it was cut off on page 3.",)


def test_what_a_document_says_of_itself_is_bounded_too() -> None:
    long = "x" * 1_000_000
    cut = bounded(
        Extracted((), title=long, authors=(long,) * 5_000, identifiers={long: long}, warnings=(long,), year=2020)
    )
    assert len(cut.title) == MAX_VALUE
    assert (len(cut.authors), len(cut.authors[0])) == (MAX_VALUES, MAX_VALUE)
    assert [len(each) for pair in cut.identifiers.items() for each in pair] == [MAX_VALUE, MAX_VALUE]
    assert len(cut.warnings[0]) == MAX_VALUE
    assert cut.year == 2020
