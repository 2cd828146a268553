"""How far one word is from another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.slips import Nearest, bearable, cost
from index.spelling import Spelling
from ingest.english import is_known

_word = st.text("abcdeiostr", min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("schizofrenia", "schizophrenia"),
        ("psycosis", "psychosis"),
        ("angziety", "anxiety"),
        ("councelling", "counselling"),
        ("lonelyness", "loneliness"),
        ("wierd", "weird"),
        ("seperate", "separate"),
    ],
)
def test_what_people_really_misspell_is_within_reach(typed: str, meant: str) -> None:
    assert 0 < cost(typed, meant, 2.0) <= 2.0


@pytest.mark.parametrize(
    ("likely", "unlikely", "meant"),
    [
        ("suport", "suppors", "support"),
        ("recovary", "recovmry", "recovery"),
        ("frend", "frieqd", "friend"),
        ("carwr", "carpr", "carer"),
        ("griwf", "tgrief", "grief"),
    ],
)
def test_likelier_slips_count_for_less(likely: str, unlikely: str, meant: str) -> None:
    assert cost(likely, meant, 3.0) < cost(unlikely, meant, 3.0)


@pytest.mark.parametrize(
    ("typed", "meant"), [("hamr", "harm"), ("wnat", "want"), ("lfie", "life"), ("yuo", "you")]
)
def test_exchanged_letters_of_a_short_word_are_within_reach(typed: str, meant: str) -> None:
    assert cost(typed, meant, 0.8) <= 0.8


@given(_word, _word)
def test_no_slip_counts_for_nothing_and_far_is_over_the_most(one: str, other: str) -> None:
    assert (cost(one, other, 2.0) == 0) == (one == other)


@given(_word, st.integers(0, 8), st.sampled_from("abcdeiostr"))
def test_every_word_a_letter_away_is_looked_at(word: str, at: int, letter: str) -> None:
    typed = word[:at] + letter + word[at:]
    assert word in Spelling([word, "something", "else"]).near(typed, 1)
    assert typed in Spelling([typed]).near(word, 1)


def test_words_names_and_medicines_are_known() -> None:
    assert all(map(is_known, ["recovery", "toowoomba", "quetiapine", "wiradjuri", "organization", "organisation"]))
    assert not any(map(is_known, ["recovry", "a\nb", "", "# medicines"]))


@given(st.lists(_word, min_size=1, max_size=12, unique=True), st.one_of(_word, st.text(min_size=1, max_size=8)))
def test_the_nearest_of_several_is_the_one_with_the_fewest_slips(words: list[str], typed: str) -> None:
    slips, word = min((cost(typed, word, bearable(typed)), word) for word in words)
    assert Nearest(words).to(typed) == (word if slips <= bearable(typed) else None)


def test_where_there_are_no_words_none_is_nearest() -> None:
    assert Nearest([]).to("hope") is None
