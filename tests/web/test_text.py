"""Plain text as blocks, and words for sizes, citations and links."""

from __future__ import annotations

import pytest

from clearinghouse import languages, vocabulary
from clearinghouse.views import EditionView
from clearinghouse.web import showing
from clearinghouse.web.text import Block, blocks, sentences


def test_a_blank_line_ends_a_paragraph() -> None:
    assert [block.items[0] for block in blocks("One.\n\nTwo.\n \n\nThree.")] == ["One.", "Two.", "Three."]


def test_lines_broken_by_a_margin_are_joined_again() -> None:
    text = "Peer support is people who have been through it\nthemselves standing beside one another, each\nday."
    assert [block.items[0] for block in blocks(text)] == [text.replace("\n", " ")]


def test_a_short_line_before_long_ones_stays_a_line_of_its_own() -> None:
    found = blocks("A heading\nand then a line that is a good deal longer than it is")
    assert [block.items[0] for block in found] == [
        "A heading",
        "and then a line that is a good deal longer than it is",
    ]


@pytest.mark.parametrize("sign", ["•", "-", "–", "*", "▪", "\uf0b7"])
def test_lines_with_a_bullet_are_a_list(sign: str) -> None:
    assert blocks(f"You can\n{sign} ask\n{sign}\tsay no\n  to it\n\nThen go.") == (
        Block("paragraph", ("You can",)),
        Block("list", ("ask", "say no to it")),
        Block("paragraph", ("Then go.",)),
    )


def test_a_line_that_begins_with_a_number_begins_a_paragraph() -> None:
    text = "1. Opening, five minutes, with a word from each\nperson there.\n2. Going round, one person at a time"
    assert [block.items[0] for block in blocks(text)] == [
        "1. Opening, five minutes, with a word from each person there.",
        "2. Going round, one person at a time",
    ]


def test_a_sentence_that_a_blank_line_cut_in_two_is_put_together() -> None:
    text = "• You know what helps people with lived\n\nexperience, and you help\n\n• You are honest\n\nThen you go"
    assert blocks(text) == (
        Block("list", ("You know what helps people with lived experience, and you help", "You are honest")),
        Block("paragraph", ("Then you go",)),
    )
    assert [block.items[0] for block in blocks("hope\n\nmutuality\n\nrespect for all")] == [
        "hope",
        "mutuality",
        "respect for all",
    ]
    assert len(blocks("This sentence is at its end.\n\nadvocate\n\nA person.")) == 3


def test_a_minus_within_a_line_is_no_bullet() -> None:
    assert blocks("-5 degrees, well-known") == (Block("paragraph", ("-5 degrees, well-known",)),)


def test_text_without_anything_is_no_block() -> None:
    assert blocks(" \n\n \t ") == ()


def test_easy_read_puts_each_sentence_on_a_line_of_its_own() -> None:
    found = blocks("You can ask. Dr. Ito will answer! Is that all? Yes.", an_idea_a_line=True)
    assert [block.items[0] for block in found] == ["You can ask.", "Dr. Ito will answer!", "Is that all?", "Yes."]


def test_a_quotation_ends_with_its_sentence() -> None:
    assert sentences("She said “stop.” He did.") == ("She said “stop.”", "He did.")


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1 kB"),
        (126_400, "126 kB"),
        (999_600, "1.0 MB"),
        (2_500_000, "2.5 MB"),
    ],
)
def test_sizes_are_said_as_people_say_them(count: int, words: str) -> None:
    assert showing.size(count) == words


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "/etc/passwd",
        "//evil.example",
        "http://[",
        "ftp://x.example",
        "",
    ],
)
def test_only_web_addresses_become_links(address: str) -> None:
    assert showing.web_address(address) == ""


def test_pages_are_called_by_what_is_printed_on_them() -> None:
    assert showing.page_name(3, "iii", "", "page") == "Page iii"
    assert showing.page_name(3, "", "", "page") == "Page 3"
    assert showing.page_name(1, "Cover", "", "page") == "Cover"
    assert showing.page_name(9, "A-3", "", "page") == "Page A-3"
    assert showing.page_name(3, "3", "Your rights", "section") == "Your rights"
    assert showing.page_name(3, "3", "", "section") == "Section 3"
    assert showing.page_name(3, "3", "Hope", "slide") == "Slide 3: Hope"
    assert showing.page_name(3, "3", "", "slide") == "Slide 3"
    assert showing.page_name(3, "12:30", "", "time") == "At 12:30"


@pytest.mark.parametrize(
    ("years", "words"),
    [
        (1.0, "about 1 year of schooling to read"),
        (6.6, "about 7 years of schooling to read"),
        (12.0, "about 12 years of schooling to read"),
        (12.1, "more than 12 years of schooling to read"),
        (18.0, "more than 12 years of schooling to read"),
    ],
)
def test_a_reading_level_is_said_in_years_of_schooling(years: float, words: str) -> None:
    assert showing.schooling(years) == words


def _form(form: str, language: str | None = "en", label: str = "", link: str = "") -> EditionView:
    return EditionView(
        id=1,
        key=form,
        form=form,
        form_label=vocabulary.FORMS[form],
        language=language,
        language_name=languages.name(language),
        label=label,
        link=link,
        location="",
        original=None,
        page_count=0,
        word_count=0,
        warnings=(),
        schooling=None,
        schooling_by_hand=False,
    )


def test_a_form_is_called_by_what_it_is_and_its_language() -> None:
    assert showing.form_name(_form("full")) == "Full text"
    assert showing.form_name(_form("full", "it")) == "Full text in Italian"
    assert showing.form_name(_form("translation", "vi")) == "Vietnamese translation"
    assert showing.form_name(_form("translation", None)) == "Translation"
    assert showing.form_name(_form("audio", label="The talk")) == "The talk"
    assert showing.form_purpose(_form("translation", "vi")) == "The same in Vietnamese."
    assert showing.form_facts(_form("video", link="https://www.example.org/talk")) == ["on example.org"]


def test_easy_read_is_offered_first_and_translations_last() -> None:
    kinds = [("translation", "it"), ("full", "it"), ("video", "en"), ("full", "en"), ("easy-read", None)]
    offered = showing.for_readers([_form(*kind) for kind in kinds])
    assert [(each.form, each.language) for each in offered] == [
        ("easy-read", None),
        ("full", "en"),
        ("video", "en"),
        ("full", "it"),
        ("translation", "it"),
    ]
