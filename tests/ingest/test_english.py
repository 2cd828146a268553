"""The list of English words: asked for one word at a time, or for all."""

from __future__ import annotations

import random

from ingest import english


def test_every_word_of_the_list_is_known_and_nothing_else() -> None:
    words = sorted(english.words())
    some = [words[0], words[-1], *random.Random(1).sample(words, 500)]
    assert all(map(english.is_known, some))
    others = {each[:-1] + letter for each in some for letter in "qz"} - english.words()
    assert others
    assert not any(map(english.is_known, others))


def test_names_of_medicines_are_known_and_what_is_no_word_is_not() -> None:
    assert english.is_known("quetiapine")
    assert not any(map(english.is_known, ["", "recovry", "words\nmore", "\ud800", "#"]))
