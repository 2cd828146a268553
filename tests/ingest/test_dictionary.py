"""The Dictionary at the end of an Easy Read booklet, in the many ways that booklets write one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import dictionary
from ingest.dictionary import Meaning
from ingest.extracted import Page
from ingest.headwords import LONGEST_WORD

TWO = (
    Meaning("advocate", "A person who is on your side.", ("An advocate comes with you.",)),
    Meaning("plan", "A list of what will happen.", ()),
)


def read(*texts: str) -> tuple[Meaning, ...]:
    """What is read from pages with these texts; ``# heading`` on the first line is the page's heading."""
    pages = []
    for number, text in enumerate(texts, start=1):
        heading, _, rest = text.partition("\n") if text.startswith("# ") else ("", "", text)
        pages.append(Page(number, str(number), heading.removeprefix("# "), rest.strip("\n")))
    return dictionary.read(pages)


@pytest.mark.parametrize(
    "title",
    [
        "Dictionary",
        "Glossary",
        "GLOSSARY OF TERMS",
        "Word list",
        "What words mean",
        "What these words mean",
        "What do the hard words mean?",
        "Hard words",
        "Words explained",
        "9. Words and their meanings",
        "**Dictionary**",
    ],
)
def test_the_section_has_many_names(title: str) -> None:
    text = (
        "You can ask.\n\n{}\n\nadvocate: A person who is on your side.\nFor example, an advocate comes with you."
    )
    assert read(text.format(title) + "\n\nplan: A list of what will happen.") == TWO


@pytest.mark.parametrize(
    "text",
    [
        (
            "advocate – A person who is on your side. For example: an advocate comes with you.\n"
            "plan – A list of what will happen."
        ),
        (
            "Advocate: a person who is on your side.\nFor example an advocate comes with you.\n\n"
            "Plan: a list of what will happen."
        ),
        (
            "**advocate**\nA person who is on your side.\nFor example,\n• An advocate comes with you.\n\n"
            "**plan** A list of what will happen."
        ),
        (
            "advocate\n\nA person who is on your side.\n\nFor example\n\nAn advocate comes\n\nwith you\n\n"
            "plan\n\nA list of what will happen"
        ),
        (
            "advocate A person who is on\nyour side.\n\nFor example\n\nAn advocate comes with you\n\n"
            "plan A list of what will happen."
        ),
        (
            "advocate\t\ufffd A person who is on your side. \n\n\t For example\n\n"
            "\t\ufffd An advocate comes\nwith you \n\n"
            "plan\t\ufffd A list of what will \n\nhappen."
        ),
        (
            "• advocate: A person who is on your side. E.g. an advocate comes with you.\n"
            "• plan: A list of what will happen."
        ),
        (
            "| Word | What it means | Example\n| advocate | A person who is on your side. | For example, an "
            "advocate comes with you.\n| plan | A list of what will happen."
        ),
    ],
    ids=["dash", "colon", "bold", "lines", "run in", "two columns", "bullets", "table"],
)
def test_words_are_set_apart_in_many_ways(text: str) -> None:
    assert read(f"Some text.\n\nDictionary\n\nThese are the words in blue.\n\n{text}") == TWO


def test_each_word_may_have_a_heading_of_its_own() -> None:
    assert (
        read(
            "# You have rights\nYou can ask.",
            "# Dictionary\nThese are the words in blue.",
            "# advocate\nA person who is on your side.\n\nFor example, an advocate comes with you.",
            "# plan\nA list of what will happen.",
            "# More information\nRing us on any day of the week.",
        )
        == TWO
    )


def test_a_heading_that_is_written_unlike_the_words_ends_the_section() -> None:
    found = read(
        "# Glossary\n", "# advocate\nA person who is on your side.", "# People who helped\nMany people did."
    )
    assert [each.word for each in found] == ["advocate"]


def test_a_dictionary_goes_on_over_pages_that_repeat_its_name() -> None:
    found = read(
        "Contents\n\nDictionary\n\nYou have rights\n",
        "You can ask.",
        "Dictionary\n\nadvocate\nA person who is on",
        "Dictionary\n\nyour side.\nFor example, an advocate comes with you.\n\nplan\nA list of what will happen.",
    )
    assert found == TWO


def test_what_is_printed_below_the_last_word_is_no_part_of_it() -> None:
    found = read(
        "Dictionary\n\nadvocate\nA person who is on your side.\nFor example, an advocate comes with you.\n\n"
        "plan\nA list of what will happen.\n\n© 2020 A Service. www.example.org"
    )
    assert found == TWO


def test_names_and_initials_keep_their_capitals_and_headings_lose_theirs() -> None:
    found = read(
        "Glossary\n\nNDIS: It pays for support.\n\nPeer worker: Somebody who has been there.\n\n"
        "Easy Read: Writing that is easy to read.\n\nAboriginal: Some people are Aboriginal people of this land."
    )
    assert [each.word for each in found] == ["NDIS", "peer worker", "Easy Read", "Aboriginal"]


@pytest.mark.parametrize(
    "text",
    [
        "You have rights. There is no list of hard words.",
        "There is a Dictionary at the end.\n\nYou can ask for help.",
        "Dictionary",
        "Dictionary\n\nThese are the words in blue.\n\nThey are explained on our web page.",
        "",
    ],
)
def test_where_there_is_no_dictionary_nothing_is_read(text: str) -> None:
    assert read(text) == ()


def test_no_text_of_the_section_is_lost_when_it_is_cut_into_words() -> None:
    text = "Words in blue.\n\nadvocate\nA person on your side.\n\nplan: A list.\n\n© 2020 A Service"
    after = "More information\n\nRing us on any day."
    kept = dictionary.section([Page(1, "1", "", f"Before.\n\nDictionary\n\n{text}\n\n{after}")])
    assert kept is not None
    said = " ".join(" ".join([part.word, *(paragraph for _, paragraph in part.paragraphs)]) for part in kept.parts)
    assert said.split() == text.replace("plan:", "plan").split()
    assert (kept.first, kept.above) == (1, "Before.\n\nDictionary")
    assert kept.rest == ((1, "More information"), (1, "Ring us on any day."))


def test_a_dictionary_without_end_is_read_to_a_limit() -> None:
    text = "Glossary\n\n" + "\n\n".join(
        f"wo{'rd' * (at % 7)}{chr(97 + at % 26)}{chr(97 + at // 26)}: A meaning." for at in range(600)
    )
    assert len(read(text)) == dictionary.MOST_WORDS


_LINES = st.sampled_from(
    """Dictionary|Glossary||advocate|Advocate|plan: a list|• plan – a list|\tplan\tA list.|***|–|:|For example
    |Some text.|For example, a thing.|**plan** a list|More information|of a thing|plan A list of what will happen.
    |\ufffd|© 2020|NDIS|\u2028|¦ Word ¦ Meaning|¦ plan ¦ a list""".replace("\n    ", "").split("|")
).map(lambda line: line.replace("¦", "|"))


@given(st.lists(st.tuples(_LINES, st.lists(_LINES, max_size=12)), max_size=6))
def test_any_text_is_read_without_a_fault_and_gives_whole_entries(pages: list[tuple[str, list[str]]]) -> None:
    made = [Page(at, str(at), heading, "\n".join(lines)) for at, (heading, lines) in enumerate(pages, start=1)]
    for each in dictionary.read(made):
        assert each.word.strip()
        assert each.meaning.strip()
        assert len(each.word) <= LONGEST_WORD
