"""What a visitor types becomes a query, whatever it is."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.parse import MOST_CLAUSES, parse
from index.query import Clause, Query


def words(query: Query) -> list[str]:
    return [" ".join(clause.words) for group in query.must for clause in group]


def test_plain_words_are_all_wanted() -> None:
    query = parse("peer supervision")
    assert query.must == ((Clause(("peer",)),), (Clause(("supervision",)),))
    assert query.every
    assert query.typed == "peer supervision"


def test_words_that_say_nothing_are_left_out_unless_alone_or_quoted() -> None:
    assert words(parse("the charter of peer support")) == ["charter", "peer", "support"]
    assert words(parse("who are we")) == ["who", "are", "we"]
    assert words(parse('"to be or not to be"')) == ["to be or not to be"]
    assert words(parse("title:who")) == ["who"]


def test_the_same_word_twice_is_asked_once() -> None:
    assert words(parse("peer peer support")) == ["peer", "support"]


def test_quotes_of_every_kind_make_a_phrase() -> None:
    for typed in ('"line management"', "“line management”", "„line management“", "«line management»"):
        assert parse(typed).must == ((Clause(("line", "management")),),)


def test_a_quote_never_closed_is_left_out() -> None:
    assert words(parse('"peer support')) == ["peer", "support"]
    assert words(parse('peer" support')) == ["peer", "support"]


def test_a_minus_before_a_word_or_a_phrase_leaves_it_out() -> None:
    query = parse('support -carers -"line management" -title:draft')
    assert words(query) == ["support"]
    assert query.must_not == (
        Clause(("carers",)),
        Clause(("line", "management")),
        Clause(("draft",), "title"),
    )


def test_a_minus_within_or_after_a_word_is_nothing_special() -> None:
    assert words(parse("co-design - self-care-")) == ["co-design", "self-care-"]
    assert parse("co-design").must_not == ()


def test_or_joins_what_stands_on_both_sides() -> None:
    query = parse('carer OR family OR "close friends" support')
    assert query.must == (
        (Clause(("carer",)), Clause(("family",)), Clause(("close", "friends"))),
        (Clause(("support",)),),
    )
    assert words(parse("OR")) == []
    assert words(parse("OR peer OR")) == ["peer"]
    assert words(parse("this or that carer")) == ["carer"]


def test_a_star_after_letters_is_the_beginning_of_words() -> None:
    assert parse("recov*").must == ((Clause(("recov",), prefix=True),),)
    assert parse("title:recov*").must == ((Clause(("recov",), "title", prefix=True),),)
    for typed in ("*", "a*", "w*rd", "**"):
        assert not any(clause.prefix for group in parse(typed).must for clause in group)


def test_known_fields_are_fields_and_unknown_ones_words() -> None:
    assert parse('author:"Jane Doe"').must == ((Clause(("Jane", "Doe"), "author"),),)
    assert parse("Authors:doe").must == ((Clause(("doe",), "author"),),)
    assert words(parse("note:urgent")) == ["note", "urgent"]
    assert words(parse("note: urgent")) == ["note:", "urgent"]


@pytest.mark.parametrize("field", ["title", "AUTHOR", "topics", "kind", "language", "where", "year"])
def test_a_field_with_nothing_after_it_is_left_out(field: str) -> None:
    assert parse(f"{field}:").must == ()
    assert words(parse(f"{field}: recovery")) == ["recovery"]


def test_a_number_after_what_it_counts_is_in_digits() -> None:
    assert words(parse("Cert IV peer work")) == ["cert", "4", "peer", "work"]
    assert parse('"certificate four"').must == ((Clause(("certificate", "4")),),)
    assert parse("Cert IV").typed == "Cert IV"


def test_a_doi_with_its_slash_escaped_is_a_doi() -> None:
    assert words(parse("https://doi.org/10.1002%2Fwps.20123")) == ["10.1002/wps.20123"]


def test_filters_typed_are_added_to_those_chosen() -> None:
    query = parse("kind:review,guideline audience:staff", filters={"audience": ["carers"], "topic": []})
    assert query.filters == {
        "kind": frozenset({"review", "guideline"}),
        "audience": frozenset({"carers", "staff"}),
    }
    assert parse('kind:"Research paper"').filters == {"kind": frozenset({"research-paper"})}


@pytest.mark.parametrize(
    ("typed", "years"),
    [
        ("year:2015", (2015, 2015)),
        ("year:2010..2020", (2010, 2020)),
        ("year:2010-2020", (2010, 2020)),
        ("year:2010..", (2010, None)),
        ("year:..2020", (None, 2020)),
        ("year:2010.. year:..2012", (2010, 2012)),
        ("year:soon", (None, None)),
        ("year:20100", (None, None)),
        ("year:..", (None, None)),
    ],
)
def test_years_typed_are_a_span(typed: str, years: tuple[int | None, int | None]) -> None:
    assert parse(typed).years == years


def test_years_typed_narrow_years_chosen() -> None:
    assert parse("year:2000..2012", years=(2010, None)).years == (2010, 2012)


def test_a_doi_is_found_in_an_address() -> None:
    assert words(parse("https://doi.org/10.1002/wps.20123")) == ["10.1002/wps.20123"]
    assert words(parse("doi:10.1002/wps.20123")) == ["10.1002/wps.20123"]


def test_long_questions_and_questions_in_sentences_do_not_need_every_word() -> None:
    assert parse("peer workforce supervision framework").every
    assert not parse("peer workforce supervision framework evaluation hospital").every
    assert not parse("How do I become a peer worker?").every
    assert not parse("Can I be friends with a client").every
    assert parse("What is recovery?").every
    assert parse('"peer support" workforce supervision framework evaluation').every


def test_a_question_is_cut_to_what_can_be_looked_for() -> None:
    query = parse(" ".join(f"word{number}" for number in range(500)))
    assert len(query.must) == MOST_CLAUSES
    assert len(parse("x" * 10_000).must[0][0].words[0]) == 64


def test_numbers_out_of_bounds_are_brought_in() -> None:
    query = parse("", page=-3, size=-1, pages_per_hit=-1)
    assert (query.page, query.size, query.pages_per_hit) == (1, 0, 0)


def test_a_megabyte_is_read_at_once() -> None:
    for typed in ("a" * 2**20, "-" * 2**20, '"' * 2**20, "a:" * 2**19, "OR " * 2**18, "\u0301" * 2**20):
        began = time.process_time()
        assert parse(typed).typed == typed
        assert time.process_time() - began < 0.5


SYNTAX = st.lists(
    st.sampled_from(
        ["-", '"', "“", "OR", "*", ":", "title", "year", "kind", "..", " ", "peer", "2015", "\x00", "🙂", "ש"]
    )
).map("".join)


@given(st.one_of(st.text(st.characters(codec=None)), SYNTAX))
def test_any_text_becomes_a_query(typed: str) -> None:
    query = parse(typed)
    assert query.typed == typed
    clauses = [clause for group in query.must for clause in group] + list(query.must_not)
    assert len(clauses) <= MOST_CLAUSES
    assert all(query.must)
    for clause in clauses:
        assert clause.words
        assert all(0 < len(word) <= 256 and not word.isspace() for word in clause.words)
        assert not clause.prefix or len(clause.words) == 1
