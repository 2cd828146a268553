"""Both engines read one question the same way: whatever is asked, they find the same and count the same."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import index
from index.document import Document, PageText
from index.engine import Engine
from index.parse import parse
from index.query import Clause

_WORDS = (
    *("peer", "peers", "work", "worker", "co-design", "codesign", "hope", "hopeful", "recovery", "recover"),
    *("organise", "organization", "carer's", "café", "support", "self-care", "hospital", "the", "of"),
    *("10.1002/wps.20123", "CHC43515"),
)
_VALUES = {"audience": ["carers", "staff", "consumers"], "kind": ["guideline", "charter"]}


def _text(chance: random.Random, most: int) -> str:
    return " ".join(chance.choices(_WORDS, k=chance.randint(0, most)))


def _document(chance: random.Random, number: int) -> Document:
    return Document(
        id=str(number),
        title=_text(chance, 4),
        summary=_text(chance, 5),
        authors=tuple(_text(chance, 2) for _ in range(chance.randint(0, 2))),
        organisation=_text(chance, 2),
        topics=tuple(_text(chance, 2) for _ in range(chance.randint(0, 2))),
        identifiers=tuple(chance.sample(["10.1002/wps.20123", "CHC43515"], chance.randint(0, 1))),
        pages=tuple(
            PageText(edition, page, _text(chance, 12))
            for edition in ("full-en", "easy-en")
            for page in range(1, chance.randint(1, 4))
        ),
        facets={name: tuple(chance.sample(values, chance.randint(0, 2))) for name, values in _VALUES.items()},
        year=chance.choice([None, 2011, 2015, 2019]),
        added=f"2024-01-{chance.randint(1, 9):02}",
    )


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, Engine]]:
    chance = random.Random(11)
    documents = [_document(chance, number) for number in range(120)]
    opened = []
    for scheme in ("whoosh", "tantivy"):
        engine = index.open(f"{scheme}://{tmp_path_factory.mktemp(scheme)}")
        # In two parts, and some put twice: so there are several segments, and documents that were dropped.
        engine.replace(documents[:90])
        engine.write(documents[80:], ["3", "5"])
        opened.append(engine)
    yield opened[0], opened[1]
    for engine in opened:
        engine.close()


_word = st.sampled_from(_WORDS)
_clause = st.one_of(
    _word,
    # Not one hyphenated word twice over: to Whoosh it stands next to itself.
    st.lists(_word.filter(lambda word: word != "codesign"), min_size=2, max_size=3, unique=True).map(
        lambda words: f'"{" ".join(words)}"'
    ),
    st.builds(lambda field, word: f"{field}:{word}", st.sampled_from(["title", "author", "topic", "text"]), _word),
    st.builds(lambda word: f"-{word}", _word),
    st.builds(lambda word: f"{word[:3].strip('-')}*", _word),
    st.just("OR"),
)
_questions = st.builds(
    lambda clauses, filters, years, sort: (" ".join(clauses), filters, years, sort),
    st.lists(_clause, max_size=4),
    st.fixed_dictionaries(
        {}, optional={name: st.lists(st.sampled_from(values), min_size=1) for name, values in _VALUES.items()}
    ),
    st.tuples(st.sampled_from([None, 2011, 2016]), st.sampled_from([None, 2015, 2019])),
    st.sampled_from(["newest", "title"]),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=_questions)
def test_both_find_the_same_in_the_same_order_and_count_the_same(
    engines: tuple[Engine, Engine], asked: tuple[str, dict[str, list[str]], tuple[int | None, int | None], str]
) -> None:
    typed, filters, years, sort = asked
    query = parse(typed, filters=filters, years=years, sort=sort, size=200, pages_per_hit=50, without={"7"})  # type: ignore[arg-type]
    if not query.every:
        return  # which words say enough is each engine's own measure
    whoosh, tantivy = (engine.search(query) for engine in engines)
    assert [hit.id for hit in tantivy.hits] == [hit.id for hit in whoosh.hits]
    assert tantivy.total == whoosh.total
    assert tantivy.counts == whoosh.counts
    assert tantivy.suggestion == whoosh.suggestion
    best = [{(page.edition, page.number) for page in hit.pages} for hit in whoosh.hits]
    assert [{(page.edition, page.number) for page in hit.pages} for hit in tantivy.hits] == best


@pytest.mark.parametrize("typed", ["How do peer workers support carers?", "what is hope in hospital"])
def test_both_find_the_same_for_a_question_in_a_sentence(engines: tuple[Engine, Engine], typed: str) -> None:
    query = parse(typed, size=200)
    assert not query.every
    whoosh, tantivy = (engine.search(query) for engine in engines)
    assert 0 < tantivy.total == whoosh.total
    assert {hit.id for hit in tantivy.hits} == {hit.id for hit in whoosh.hits}


def test_with_neither_another_word_counts_for_more_by_being_rare(tmp_path: Path) -> None:
    many = [Document(str(n), f"Peer support {n}", pages=(PageText("full-en", 1, "Words."),)) for n in range(30)]
    rare = Document("rare", "Mutual aid", pages=(PageText("full-en", 1, "Words."),))
    query = parse("peer support")
    other = tuple((*group, Clause(("mutual", "aid"), weight=0.3)) for group in query.must)
    for scheme in ("whoosh", "tantivy"):
        engine = index.open(f"{scheme}://{tmp_path / scheme}")
        engine.replace([*many, rare])
        found = [hit.id for hit in engine.search(replace(query, must=other, about="", size=40)).hits]
        assert found[-1] == "rare", scheme
        engine.close()
