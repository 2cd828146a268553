"""How text becomes words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import RUN, fold, is_stop_word, raw_runs, runs, sequences
from index.layout import Field, lay_out, read_facts, read_pages, sort_title
from index.stemming import stem
from tests.index.library import LIBRARY, document


def stems(text: str) -> list[str]:
    return [word.stem for _, _, run in runs(text) for word in run.words]


@pytest.mark.parametrize(
    "same",
    [
        ("organisation", "organization", "Organisations"),
        ("behaviour", "behavior", "behaviours"),
        ("counselling", "counseling"),
        ("counsellor", "counselor", "counsellors"),
        ("centre", "center", "centers"),
        ("programme", "programs"),
        ("paediatric", "pediatric"),
        ("supervise", "supervision", "supervising"),
        ("practise", "practice"),
        ("analysis", "analyse", "analyze"),
        ("worker", "workers", "worker's", "worker’s", "workers'"),
        ("café", "CAFE", "cafe\u0301"),
        ("policy", "policies"),
        ("run", "runs", "running"),
        ("plan", "plans", "planned", "planning"),
        ("refer", "referred", "referring"),
        ("equip", "equipped"),
        ("set", "settings"),
        ("facilitate", "facilitated", "facilitating", "facilitation"),
        ("enable", "enabled", "enabling"),
        ("recognise", "recognised", "recognizing"),
        ("treat", "treated", "treating"),
        ("add", "adding", "added"),
        ("meet", "meeting", "meetings"),
        ("fill", "filled", "filling"),
        ("naïve", "naive"),
        ("O’Brien", "O'Brien", "obrien"),
        ("straße", "strasse"),
        (
            "Cert IV",
            "cert iv",
            "Cert. IV",
            "CertIV",
            "cert4",
            "Cert 4",
            "Certificate 4",
            "Certificate\u00a0IV",
            "certificate four",
        ),
        ("level iii", "Level 3", "levels 3"),
        ("Part I: beginnings", "part one, beginnings", "part 1 beginnings"),
        ("module X", "module ten"),
    ],
)
def test_forms_of_one_word_are_one(same: tuple[str, ...]) -> None:
    assert len({tuple(stems(word)) for word in same}) == 1


@pytest.mark.parametrize(
    "different",
    [
        ("carer", "care"),
        ("organisation", "organ"),
        ("experience", "experiment"),
        ("community", "communication"),
        ("university", "universe"),
        ("four", "for"),
        ("CHC43515", "CHC43315"),
        ("personal", "personality"),
        ("the part I played", "the part 1 played"),
        ("Cert III", "Cert IV"),
        ("desserts iv", "desserts 4"),
        ("level iv-b", "level 4-b"),
    ],
)
def test_different_words_stay_apart(different: tuple[str, str]) -> None:
    assert stems(different[0]) != stems(different[1])


def test_a_hyphenated_word_is_its_parts_and_one_word() -> None:
    assert sequences("co-design") == (((0, "co"), (1, "design")), ((0, "codesign"),))
    assert sequences("co-design group") == (
        ((0, "co"), (1, "design"), (2, "group")),
        ((0, "codesign"), (1, "group")),
    )
    assert sequences("state-of-the-art") == (((0, "state"), (1, "of"), (2, "the"), (3, "art")),)


def test_codes_and_identifiers_stay_whole() -> None:
    assert raw_runs("CHC43515, doi:10.1002/wps.20123") == ["CHC43515", "doi", "10.1002/wps.20123"]
    assert stems("10.1002/WPS.20123.") == ["10.1002/wps.20123"]
    assert "9780123456789" in stems("978-0-12-345678-9")


def test_runs_tell_where_they_stand_in_the_text() -> None:
    text = "“Naïve” co-design—it’s 同伴 work"
    found = [text[start:end] for start, end, _ in runs(text)]
    assert found == ["Naïve", "co-design", "it’s", "同", "伴", "work"]


def test_stop_words_are_those_that_say_nothing() -> None:
    assert is_stop_word("The")
    assert is_stop_word("don’t")
    assert is_stop_word("…")
    assert not is_stop_word("carer")
    assert not is_stop_word("not-for-profit")


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    for start, end, run in runs(text):
        assert 0 <= start < end <= len(text)
        assert all(word.text and word.stem and len(word.text) <= 256 for word in run.words)
        assert all(0 <= word.offset < run.width for word in run.words)
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_ascii_is_read_as_any_text_is(text: str) -> None:
    assert raw_runs(text) == RUN.findall(text)


@given(st.text(st.characters(categories=["Ll"], max_codepoint=127), min_size=1))
def test_a_stem_is_never_empty(word: str) -> None:
    assert stem(word)


def test_places_of_a_document_tell_field_and_page() -> None:
    laid = lay_out(LIBRARY[:1])[0]
    pages = read_pages(laid.pages)
    assert list(zip(pages.editions, pages.numbers, strict=True)) == [
        ("full-en", 1),
        ("full-en", 2),
        ("full-en", 3),
        ("easy-en", 1),
    ]
    assert pages.starts == sorted(pages.starts)
    title, text = np.frombuffer(laid.postings[b"charter\0charter"], np.uint32)
    assert title == 0
    assert pages.starts[0] <= text < pages.starts[1]
    (facts,) = read_facts([laid.facts])
    assert (facts.id, facts.digest, facts.year) == ("charter", LIBRARY[0].digest(), 2011)
    assert facts.lengths[Field.TITLE] == 4


def test_places_of_each_word_rise() -> None:
    for each in (*LIBRARY, document("x", "co-co co-co-co", "a-a a a-a-a " * 50)):
        for places in lay_out([each])[0].postings.values():
            rising = np.frombuffer(places, np.uint32).tolist()
            assert rising == sorted(set(rising))


def test_titles_are_put_in_order_without_their_article() -> None:
    assert sort_title("The  Élan: a story") == "elan a story"
    assert sort_title("A") == "a"
    assert sort_title("") == ""
