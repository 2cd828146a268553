"""The order of lines: whatever a file does, no word is lost on the way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest import columns, running
from ingest.layout import Line, Sheet

_placed = st.builds(
    lambda words, left, base, size: Line(words, left, left + 5 * len(words), base, size),
    st.sampled_from(["12", "iv", "Peer work", "a longer line of words that reaches over", "The Network"]),
    st.integers(0, 560).map(float),
    st.integers(0, 800).map(float),
    st.sampled_from([8.0, 10.0, 18.0]),
)


def words(lines: list[Line]) -> list[str]:
    return sorted(word for line in lines for word in line.text.split())


@given(st.lists(_placed, max_size=60))
def test_putting_lines_in_order_loses_and_adds_no_word(lines: list[Line]) -> None:
    assert words(columns.in_order(lines, 595.0)) == words(lines)


@given(st.lists(st.lists(_placed, max_size=12), min_size=1, max_size=6))
def test_a_page_with_text_keeps_some_of_it(pages: list[list[Line]]) -> None:
    own = running.without([Sheet(tuple(lines), 842.0, 595.0) for lines in pages])
    assert [bool(lines) for lines in own] == [bool(lines) for lines in pages]
    assert all(set(kept) <= set(lines) for kept, lines in zip(own, pages, strict=True))


def line(said: str, left: float, row: int) -> Line:
    return Line(said, left, left + 5 * len(said), 700.0 - 12 * row, 10.0)


def test_three_columns_drawn_by_rows_are_read_one_by_one() -> None:
    rows = [line(f"{column} of the words in row {row}", left, row) for row in range(8) for column, left in _THREE]
    read = [one.text.split()[0] for one in columns.in_order(rows, 595.0)]
    assert read == ["first"] * 8 + ["second"] * 8 + ["third"] * 8


_THREE = (("first", 40.0), ("second", 230.0), ("third", 420.0))


def test_a_page_drawn_from_its_end_is_read_from_its_top() -> None:
    rows = [line(f"line {row}", 60.0, row) for row in range(20)]
    assert columns.in_order(rows[::-1], 595.0) == rows


def test_lines_in_the_order_of_reading_stay_as_they_are() -> None:
    left = [line(f"left column says {row} things", 60.0, row) for row in range(20)]
    right = [line(f"right column says {row} things", 320.0, row) for row in range(20)]
    assert columns.in_order([*left, *right], 595.0) == [*left, *right]


def test_a_row_of_numbers_at_the_edge_is_no_page_number() -> None:
    def page(number: int, *edge: str) -> Sheet:
        said = (line(f"what page {number} says in line {row}", 60.0, row) for row in range(5, 9))
        return Sheet((*(Line(each, 60.0, 90.0, 800.0, 10.0) for each in edge), *said), 842.0, 595.0)

    assert [len(lines) for lines in running.without([page(1, "1 17"), page(2, "2 31")])] == [5, 5]
    for said in ("1", "– 1 –", "Page 1", "p. 1", "[1]", "1 / 17", "1 of 17", "A-1"):
        assert [len(lines) for lines in running.without([page(1, said), page(2, said.replace("1", "2", 1))])] == [
            4,
            4,
        ]
