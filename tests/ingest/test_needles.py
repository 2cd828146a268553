from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import clues, needles

EVERY = sorted(
    {
        pattern
        for group in (clues.KINDS, clues.AUDIENCES, clues.SPEAKS)
        for known in group.values()
        for pattern, _ in known
    }
)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_whatever_a_clue_finds_has_one_of_its_letters(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(EVERY))
    found = re.search(pattern, data.draw(st.from_regex(re.compile(pattern, re.M))), re.M)
    letters = needles.of(pattern)
    assert found is not None
    assert not letters or any(each in found.group() for each in letters)


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        (r"\bmethods?\b", ("method",)),
        (r"\bpeople (?:who (?:use|have used)|using) (?:\w+ ){0,4}services\b", ("services",)),
        (r"\b(?:brochure|leaflets?)\b", ("brochure", "leaflet")),
        (r"\b(?:session|activity)? \d+\b", (" ",)),
        (r"_{6,}|\.{8,}", ()),
        (r"\bpolic(?:y|ies)\b", ("polic",)),
        (r"\brandomi[sz]ed\b", ("randomi",)),
        (r"\bso+n\b", ("so",)),
    ],
)
def test_the_letters_of_a_pattern_are_those_that_must_stand_in_what_it_finds(
    pattern: str, letters: tuple[str, ...]
) -> None:
    assert needles.of(pattern) == letters


def test_most_clues_have_letters() -> None:
    assert sum(bool(needles.of(each)) for each in EVERY) > 0.9 * len(EVERY)
