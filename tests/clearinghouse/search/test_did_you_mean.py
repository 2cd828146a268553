"""Misspelt words of the field are mended, and words spelt right are left alone, over the sample library."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearinghouse.library import Library
from clearinghouse.search import discovery
from clearinghouse.words import avoided
from index.analysis import fold

LISTS = Path(__file__).parents[2] / "index"


def lines(name: str) -> list[str]:
    """The lines of one of the lists, without remarks."""
    return [line for line in (LISTS / name).read_text().splitlines() if line and not line.startswith("#")]


def suggestion(library: Library, words: str) -> str | None:
    return discovery.search(library, discovery.Question(words, size=1)).suggestion


def test_most_misspelt_words_are_mended_and_few_wrongly(
    sample_library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    pairs = [line.split() for line in lines("misspellings.txt")]
    assert len({typed for typed, _ in pairs}) == len(pairs) >= 300
    mended = [(typed, meant, suggestion(sample_library, typed)) for typed, meant in pairs]
    right = [each for each in mended if each[2] == each[1]]
    wrong = [each for each in mended if each[2] not in (each[1], None)]
    with capsys.disabled():
        print(f"\nMisspelt: {len(right)} of {len(pairs)} mended, {len(wrong)} wrongly")  # noqa: T201 - the measure
    assert len(right) / len(pairs) >= 0.96
    assert len(wrong) / len(pairs) <= 0.02


def test_no_word_spelt_right_is_corrected(sample_library: Library, capsys: pytest.CaptureFixture[str]) -> None:
    words = lines("correct_words.txt")
    assert len(set(words)) == len(words) >= 100
    asked = {word: suggestion(sample_library, word) for word in [*words, *map(fold, words)]}
    wrong = {word: better for word, better in asked.items() if better is not None}
    with capsys.disabled():
        print(f"\nSpelt right: {len(asked) - len(wrong)} of {len(asked)} left alone")  # noqa: T201 - the measure
    assert wrong == {}


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [
        ("addicton", "addiction"),
        ("mental pateint", "mental patient"),
        ("informd consent", "informed consent"),
        ("comit suicide", "commit suicide"),
    ],
)
def test_clinical_and_historical_words_are_never_suggested(
    sample_library: Library, typed: str, suggestion: str
) -> None:
    with sample_library.database.reading() as session:
        assert avoided.unless_avoided(session, typed, suggestion) is None


def test_what_was_typed_may_be_said_again(sample_library: Library) -> None:
    with sample_library.database.reading() as session:
        assert avoided.unless_avoided(session, "addiction recovry", "addiction recovery") == "addiction recovery"
        assert avoided.unless_avoided(session, "recovry", "recovery") == "recovery"
        assert avoided.unless_avoided(session, "recovery", None) is None


def test_suicide_is_suggested_though_clinical_words_begin_like_it(sample_library: Library) -> None:
    assert suggestion(sample_library, "sucide") == "suicide"
