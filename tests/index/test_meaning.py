"""Likeness of meaning beside words: what a vector tells, and that the index keeps it as it keeps words."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import index
from index import meaning
from index.analysis import raw_runs
from index.document import PageText
from index.engine import Engine
from index.layout import lay_out
from index.parse import parse
from index.ranking import CANDIDATES, mix
from index.tantivy_layout import lay_out as tantivy_lay_out
from tests.index.library import LIBRARY, document

RIVER = document("river", "A", "The bank was high above the water and the boats and the fish.")
MONEY = document("money", "B", "The bank was good with the loans and the cash and the accounts.")


@pytest.fixture(params=["whoosh", "tantivy"])
def engine(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Engine]:
    opened = index.open(f"{request.param}://{tmp_path}/index")
    yield opened
    opened.close()


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bool], None]]:
    """Takes the extra away, as where it was never installed, and brings it back."""

    def switch(away: bool) -> None:
        if away:
            monkeypatch.setitem(sys.modules, "tokenizers", None)
        else:
            monkeypatch.delitem(sys.modules, "tokenizers")
        meaning.meaning.cache_clear()

    yield switch
    monkeypatch.undo()
    meaning.meaning.cache_clear()


def means() -> meaning.Meaning:
    found = meaning.meaning()
    assert found is not None
    return found


def likeness(one: str, other: str) -> float:
    return float(means().of_question(one) @ means().of_question(other))


def ids(engine: Engine, typed: str) -> list[str]:
    return [hit.id for hit in engine.search(parse(typed)).hits]


def test_texts_of_like_meaning_are_nearer_than_others() -> None:
    assert likeness("feeling low and hopeless", "depression") > likeness("feeling low and hopeless", "invoices")
    assert likeness("doctor", "hospital") > likeness("doctor", "bicycle")
    assert likeness("Group Agreement", "group agreement") == pytest.approx(1)


@pytest.mark.parametrize("text", ["", "…", "\ud800", "心理健康", "a\x00b", "word " * 50_000])
def test_any_text_has_a_vector_of_length_one_or_none(text: str) -> None:
    length = float(np.linalg.norm(means().of_question(text)))
    assert length == pytest.approx(1, abs=1e-5) or length == 0


def test_a_kept_vector_is_read_back_nearly_as_it_was() -> None:
    kept = meaning.read(lay_out([RIVER])[0].meaning)
    assert kept.shape == (1, meaning.NUMBERS)
    assert float(kept[0] @ means().of_question(f"A {RIVER.pages[0].text}")) == pytest.approx(1, abs=1e-3)


PROSE = st.lists(
    st.sampled_from(
        [
            "Hope",
            "hope",
            "“Hope,”",
            "co-design",
            "Cert",
            "IV",
            "Cert.",
            "iv)",
            "10.1/x",
            "café",
            "ΑΣ",
            "…",
            "\n\n",
            "心",
        ]
    )
    | st.text(max_size=9)
).map(" ".join)


@settings(deadline=None)  # the first one loads the model
@given(PROSE, PROSE)
def test_a_vector_made_of_chunks_is_that_of_the_tokens_of_every_word(title: str, text: str) -> None:
    kept = meaning.read(lay_out([document("x", title, text)])[0].meaning)[0]
    model = means()
    words = [word for each in (title, text) for word in raw_runs(each.lower())]
    whole = model.of_texts([b"".join([model.tokens(word) for word in words])])
    assert np.allclose(kept, whole[0], atol=1e-3)


def test_a_page_that_does_not_tell_what_it_is_about_is_searched_and_leaves_the_vector_as_it_is(
    engine: Engine,
) -> None:
    translation = PageText("translation-it", 1, "La riva era alta sopra il fiume.", meant=False)
    both = replace(RIVER, pages=(*RIVER.pages, translation))
    assert lay_out([both])[0].meaning == lay_out([RIVER])[0].meaning
    assert tantivy_lay_out([both])[0].meaning == tantivy_lay_out([RIVER])[0].meaning
    engine.replace([both, MONEY])
    assert ids(engine, "fiume") == ["river"]
    assert engine.lacking([both]) == set()
    told = replace(both, pages=(*RIVER.pages, replace(translation, meant=True)))
    assert told.digest() != both.digest() != RIVER.digest()


def test_every_word_counts_as_often_as_it_stands() -> None:
    once, twice = means().of_question("hope bread bread"), means().of_question("Bread, hope; BREAD!")
    assert np.allclose(once, twice, atol=1e-6)
    assert not np.allclose(once, means().of_question("hope bread"), atol=1e-2)


def test_words_scaled_by_their_top_and_meaning_are_added() -> None:
    mixed = mix(np.array([4.0, 2.0, 1.0]), np.array([0.2, 0.4, -0.1]))
    assert mixed.tolist() == pytest.approx([1.0 + 0.25, 0.5 + 0.5, 0.25])
    assert mix(np.array([2.0]), np.array([0.4])).tolist() == [1.5]
    assert mix(np.array([]), np.array([])).tolist() == []


def test_among_equal_words_the_nearer_meaning_comes_first(engine: Engine) -> None:
    engine.replace([RIVER, MONEY])
    assert ids(engine, "bank savings") == ["money", "river"]
    assert ids(engine, "bank swimming") == ["river", "money"]


def test_a_filter_leaves_meaning_its_say_in_what_is_left(engine: Engine) -> None:
    """However many answer better by words and are filtered away."""
    others = [replace(document(f"n{n}", "Bank", "A bank, a bank."), year=2010) for n in range(CANDIDATES + 50)]
    engine.replace([*others, replace(RIVER, year=2020), replace(MONEY, year=2020)])
    for typed, order in (("bank savings", ["money", "river"]), ("bank swimming", ["river", "money"])):
        assert [hit.id for hit in engine.search(parse(typed, years=(2020, None))).hits] == order


@pytest.mark.parametrize("typed", ['"bank" OR savings', "bank OR savings", "text:bank", "bank -savings", "bank*"])
def test_what_says_exactly_what_it_wants_goes_by_words_alone(engine: Engine, typed: str) -> None:
    engine.replace([RIVER, MONEY])
    assert parse(typed).about == ""
    first, second = engine.search(parse(typed)).hits
    assert first.score == second.score


def test_what_is_found_does_not_depend_on_meaning(engine: Engine, without: Callable[[bool], None]) -> None:
    engine.replace([RIVER, MONEY, *LIBRARY])
    questions = (
        "bank savings",
        "peer support",
        "what helps people who support others at home?",
        "charter hospitals",
    )
    with_it = [engine.search(parse(each)) for each in questions]
    without(True)
    for each, before in zip(questions, with_it, strict=True):
        after = engine.search(parse(each))
        assert (after.total, after.counts, after.whole) == (before.total, before.counts, before.whole)
        assert {hit.id for hit in after.hits} == {hit.id for hit in before.hits}
    assert ids(engine, "bank savings") == ["river", "money"]


def test_a_vector_that_is_missing_is_seen_and_mended(engine: Engine, without: Callable[[bool], None]) -> None:
    without(True)
    engine.replace([RIVER, MONEY])
    digests = {each.id: each.digest() for each in (RIVER, MONEY)}
    assert engine.digests() == digests, "without the extra no vector is wanted"
    without(False)
    assert not set(engine.digests().values()) & set(digests.values())
    assert ids(engine, "bank savings") == ["river", "money"], "and none is made up"
    engine.write([MONEY], [])
    assert engine.digests()["money"] == digests["money"]
    assert engine.digests()["river"] != digests["river"]
    engine.replace([RIVER, MONEY])
    assert engine.digests() == digests
    assert ids(engine, "bank savings") == ["money", "river"]


def test_vectors_go_with_their_documents_through_merges_and_drops(engine: Engine) -> None:
    engine.replace([document(f"n{n}", f"Note {n}", "Something else.") for n in range(5)])
    for each in (RIVER, MONEY):
        engine.write([each], [])
    engine.write([], ["n0", "n3"])
    for n in range(10, 20):
        engine.write([document(f"n{n}", f"Note {n}", "Again something else.")], [f"n{n - 1}"])
    assert ids(engine, "bank savings") == ["money", "river"]
    assert ids(engine, "bank swimming") == ["river", "money"]
