"""Runs of a text that may be looked for: more than needed at times, and never one too few."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.analysis import run, run_pattern
from index.spotting import Spotter
from index.stemming import beginnings, stem
from ingest import english

_WRITTEN = """
peer peers part two ii Cert IV certificate certiv level i one co design co-design self-care o'clock don't it’s
worker’s café Brontë 10.1234/self-care doi:10.1234/peer, (peer) peer/peers „peer “design” 同伴peer ﬁbre fibre
paediatric pediatric oestrogen grey gray A-B-C 978-1-2 x_peer peer_x İpeer used us use tie ties re\u00adcovery
e\u0301lan élan recovery organisation organize sceptical haem don’t'peer -peer peer- two/peer
"""
_WORDS = st.sampled_from(_WRITTEN.split())
_GAPS = st.sampled_from((" ", "  ", "\n", "\xa0", " ", ". ", "", "-", "’"))
_TEXTS = st.lists(st.tuples(_WORDS, _GAPS), max_size=40)
_PREFIXES = st.sets(st.sampled_from(("pe", "rec", "self", "é")), max_size=1)
_RESPELT = """
paediatrician haemoglobin anaesthetised gynaecology oestrogen foetal fibres litre metres greys sceptical programme
licences judgement colourful ageing diarrhoea
"""


def _all(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in run_pattern(text).finditer(text)]


def _wanted(text: str, stems: set[str], prefixes: set[str]) -> set[tuple[int, int]]:
    return {
        match.span()
        for match in run_pattern(text).finditer(text)
        for word in run(match[0]).words
        if word.stem in stems or any(word.text.startswith(prefix) for prefix in prefixes)
    }


@settings(max_examples=400)
@given(_TEXTS, st.sets(_WORDS, min_size=1, max_size=4), _PREFIXES)
@example([("part", " "), ("two/peer", "")], {"two/peer"}, set())
@example([("Certificate", "  "), ("IV", "")], {"IV"}, set())
def test_every_run_with_a_stem_is_spotted_and_is_a_run_of_the_text(
    pieces: list[tuple[str, str]], asked: set[str], prefixes: set[str]
) -> None:
    text = "".join(word + gap for word, gap in pieces)
    stems = {word.stem for typed in asked for start, end in _all(typed) for word in run(typed[start:end]).words}
    spotted = [match.span() for match in Spotter(stems, prefixes).runs(text)]
    assert spotted == sorted(set(spotted) & set(_all(text)))
    assert _wanted(text, stems, prefixes) <= set(spotted)


@given(st.text(), st.text(max_size=20))
def test_any_text_can_be_looked_through_for_any_words(text: str, typed: str) -> None:
    stems = {word.stem for start, end in _all(typed) for word in run(typed[start:end]).words}
    spotted = {match.span() for match in Spotter(stems, ()).runs(text)}
    assert _wanted(text, stems, set()) <= spotted <= set(_all(text))


def test_words_begin_as_their_stems_say() -> None:
    wrong = [
        word for word in english.words() if word.isascii() and not word.startswith(tuple(beginnings(stem(word))))
    ]
    assert wrong == []


@pytest.mark.parametrize("word", _RESPELT.split())
def test_words_in_another_spelling_begin_as_their_stems_say(word: str) -> None:
    assert word.startswith(tuple(beginnings(stem(word))))


def test_few_runs_are_read_of_a_page_of_other_words() -> None:
    text = "Nothing of interest is said about this here at all. " * 30 + "Hope and recovery. "
    assert [match[0] for match in Spotter({"hope", "recoveri"}, ()).runs(text)] == ["Hope", "recovery"]


@pytest.mark.parametrize("piece", ["a-", "peer/", "peer(", "’é", "part ", "peer\n"])
def test_no_text_takes_long(piece: str) -> None:
    started = time.process_time()
    list(Spotter({"peer", "part", "a"}, ()).runs(piece * 12_000))
    assert time.process_time() - started < 2
