"""Text read in chunks has the words that reading it whole finds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import Run, raw_runs, run
from index.chunks import Chunk, Chunks
from index.remembered import Remembered


class Read(Chunk):
    runs: tuple[Run, ...]


def read(sign: str, tokens: bytes, runs: tuple[Run, ...]) -> Read:
    chunk = Read(sign, tokens)
    chunk.runs = runs
    return chunk


CHUNKS = Chunks(None, read)
PIECES = [
    "Cert",
    "certs.",
    "(part",
    "LEVEL",
    "Stage,",
    "IV",
    "iv.",
    "i",
    "I",
    "one",
    "ten-",
    "four’s",
    "played",
    "x",
]
SPACES = [" ", "  ", "\t\n", "    ", "\u00a0", "\u2003", "", "-", "/", ". "]


def found(text: str) -> list[Run]:
    return [each for chunk in CHUNKS.of(text) for each in chunk.runs]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.sampled_from(SPACES), max_size=12).map("".join) | st.text())
def test_chunks_have_the_runs_of_the_whole_text(text: str) -> None:
    assert found(text) == [run(raw) for raw in raw_runs(text)]


@pytest.mark.parametrize(
    "text", ["A Cert IV course", "Cert\u00a0IV", "(part\none)", "Part I", "the part I played"]
)
def test_what_is_one_word_over_white_space_is_read_as_one(text: str) -> None:
    assert found(text) == [run(raw) for raw in raw_runs(text)]


def test_chunks_that_say_the_same_are_one_object() -> None:
    one, *same, other = CHUNKS.of("hope hope Hope HOPE, (Hope) hopes")
    assert [each is one for each in same] == [True] * 4
    assert other is not one


def test_a_word_that_may_be_one_with_its_neighbour_is_kept_apart_from_one_that_may_not() -> None:
    at_the_end, inside = CHUNKS.of("Cert cert,")
    assert at_the_end is not inside


def test_what_is_remembered_is_bounded() -> None:
    made: list[str] = []

    def make(text: str) -> int:
        made.append(text)
        return len(text)

    remembered = Remembered(make, limit=3)
    assert [remembered[each] for each in ("a", "bb", "a", "bb", "ccc")] == [1, 2, 1, 2, 3]
    assert made == ["a", "bb", "ccc"]
    assert remembered["dddd"] == 4, "which is one too many, so the others are forgotten"
    assert len(remembered) == 1
    assert remembered["x" * 200] == 200
    assert "x" * 200 not in remembered
