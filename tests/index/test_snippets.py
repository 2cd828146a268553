"""Marking the words of a question, and cutting the piece of a text that shows most of them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.parse import parse
from index.snippets import Marker, snippet


def marked(text: str, typed: str) -> list[str]:
    return [part for part, is_marked in Marker(parse(typed)).mark(text) if is_marked]


def shown(text: str, typed: str, length: int = 240) -> str:
    return "".join(part for part, _ in snippet(text, parse(typed), length))


@pytest.mark.parametrize(
    ("text", "typed", "wanted"),
    [
        ("Supervision of a supervised team", "supervising", ["Supervision", "supervised"]),
        ("Organizations organise organs", "organisation", ["Organizations", "organise"]),
        ("Brontë’s café", "cafe bronte", ["Brontë’s", "café"]),
        ("co-design, codesign, co design, co", "co-design", ["co-design", "codesign", "co", "design"]),
        ("peer support supports peers", '"peer support"', ["peer", "support"]),
        ("Recovery recovers a recording", "recov*", ["Recovery", "recovers"]),
        ("hope and despair", "hope -despair", ["hope"]),
        ("hope or despair", "hope OR despair", ["hope", "despair"]),
        ("同伴支持", "同伴", ["同", "伴"]),
        ("nothing here", "", []),
        ("", "hope", []),
        ("<b>hope</b> & hope", "hope", ["hope", "hope"]),
    ],
)
def test_words_are_marked_in_the_forms_they_are_found_in(text: str, typed: str, wanted: list[str]) -> None:
    assert marked(text, typed) == wanted


@given(st.text(), st.text(max_size=30))
def test_marking_keeps_every_character(text: str, typed: str) -> None:
    assert "".join(part for part, _ in Marker(parse(typed)).mark(text)) == text


def test_a_snippet_shows_the_stretch_with_the_most_words() -> None:
    filler = "Nothing of interest is said here at all. " * 30
    text = filler + "Hope alone. " + filler + "Hope and recovery together. " + filler
    cut = shown(text, "hope recovery", 120)
    assert "Hope and recovery together" in cut
    assert cut.startswith("… ")
    assert cut.endswith(" …")
    assert len(cut) <= 120 + 4


def test_a_snippet_is_cut_between_words() -> None:
    text = " ".join(f"word{number}x" for number in range(500))
    cut = shown(text, "word250x", 100).strip("… ")
    assert set(cut.split()) <= set(text.split())
    assert "word250x" in cut


def test_a_text_that_fits_is_shown_whole() -> None:
    assert shown("Hope is shared.", "hope") == "Hope is shared."
    assert shown("  Hope\n\n is\tshared. ", "hope") == "Hope is shared."


def test_the_beginning_is_shown_where_nothing_is_found() -> None:
    text = "First words. " + "More words. " * 100
    assert shown(text, "absent", 60).startswith("First words.")
    assert shown(text, "absent", 60).endswith(" …")
    assert shown("", "absent") == ""


def test_a_word_longer_than_the_snippet_is_cut() -> None:
    assert 0 < len(shown("a" * 10_000, "b", 100)) <= 102


@given(st.text(), st.text(max_size=20), st.integers(min_value=1, max_value=300))
def test_any_text_can_be_cut(text: str, typed: str, length: int) -> None:
    cut = snippet(text, parse(typed), length)
    assert all(part for part, _ in cut)


def test_a_page_is_cut_quickly_and_a_megabyte_in_bounds() -> None:
    page = "the quick brown fox jumps over hope and the lazy dog " * 90
    query = parse("hope recovery")
    marker = Marker(query)
    snippet(page, query, marker=marker)
    began = time.process_time()
    snippet(page, query, marker=marker)
    assert time.process_time() - began < 0.02
    began = time.process_time()
    snippet("é dog" * 200_000, parse('hope "peer support" recov*'))
    assert time.process_time() - began < 2
